/** The fields of a schema as a table of a page says them: name, type in words, meaning. */
import type { Schema } from './document.ts'

export interface Field {
  name: string
  type: string
  isOptional: boolean
  meaning: string
}

export function fieldsOf({ properties = {}, required = [] }: Schema): Field[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: typeWords(schema),
    isOptional: !required.includes(name),
    meaning: schema.description ?? '',
  }))
}

function typeWords(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? ''
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.join(' | ')
  if (Array.isArray(schema.anyOf)) return (schema.anyOf as Schema[]).map(typeWords).join(' or ')
  if (schema.type === 'array') return `list of ${typeWords((schema.items ?? {}) as Schema)}`
  if (schema.patternProperties) return 'map of anything'
  if (schema.properties) return `{${Object.keys(schema.properties).join(', ')}}`
  return typeof schema.format === 'string' ? schema.format : String(schema.type ?? 'anything')
}
