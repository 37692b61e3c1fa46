/** Schemas in the words that docs/protocol.md has for them. */
import { InboxItem, Notification } from '../../packages/protocol/src/index.ts'

/** As much of JSON Schema as the wire is made of. */
export interface Schema {
  type?: string
  format?: string
  const?: string
  default?: unknown
  enum?: readonly string[]
  'x-extensible-enum'?: readonly string[]
  anyOf?: readonly Schema[]
  items?: Schema
  properties?: Readonly<Record<string, Schema>>
  patternProperties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
}

const NAMED: readonly (readonly [string, object])[] = [
  ['inbox item', InboxItem],
  ['notification', Notification],
]

/** More words than these are listed in a place of their own. */
const MANY = 10

/** The fields of an object, each with the words for its type; `type` of a message, which is its name, is left out. */
export function wordsFor(schema: object): Record<string, string> {
  const { properties = {}, required = [] } = schema as Schema
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name, { const: value }]) => name !== 'type' || value === undefined)
      .map(([name, property]) => [name, wordFor(property) + (required.includes(name) ? '' : ', optional')]),
  )
}

/** The words for a type. */
function wordFor(schema: Schema): string {
  const [name] = NAMED.find(([, named]) => JSON.stringify(schema) === JSON.stringify(named)) ?? []
  if (name !== undefined) return name
  if (schema.const !== undefined) return schema.const
  if (schema.anyOf) return schema.anyOf.map(wordFor).join(' or ')
  if (schema.enum && schema.enum.length <= MANY) return schema.enum.join(', ')
  switch (schema.type) {
    case 'string':
      return { uuid: 'uuid', 'date-time': 'time' }[schema.format ?? ''] ?? 'string'
    case 'array':
      return `list of ${wordFor(schema.items ?? {})}`
    case 'object': {
      const { patternProperties: pattern } = schema
      if (pattern) return `map of ${wordFor(Object.values(pattern)[0] ?? {})}`
      const fields = Object.entries(wordsFor(schema)).map(([field, word]) => `${field}: ${word}`)
      return `{${fields.join(', ')}}`
    }
    default:
      return schema.type ?? 'anything'
  }
}
