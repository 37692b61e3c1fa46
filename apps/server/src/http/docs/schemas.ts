/**
 * Schemas as the description says them: each that has a name in code by that name, once, and by reference wherever
 * else it stands.
 */
import * as contract from '@pms/contract'
import * as wire from '@pms/protocol'
import { refTo, type Schema } from './document.ts'
import { mapSubschemas } from './subschemas.ts'

/** Every schema of an object, or of a closed list of words, that the apps share; those of parameters stand in place. */
const NAMED = Object.entries<unknown>({ ...wire, ...contract })
  .filter((entry): entry is [string, Schema] => isSchema(entry[1]))
  .filter(([name, schema]) => !name.endsWith('Query') && Boolean(schema.properties ?? schema.enum))

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && '~kind' in value
}

/** @returns writes schemas, and knows which of the named ones they stand on */
export function schemaWriter() {
  const byIdentity = new Map(NAMED.map(([name, schema]) => [schema, name]))
  // What was made optional, or is part of another, is a copy.
  const byText = new Map(NAMED.map(([name, schema]) => [JSON.stringify(schema), name]))
  // Every refusal stands on it.
  const used = new Set(['Problem'])

  function write(schema: Schema): Schema {
    const name = byIdentity.get(schema) ?? byText.get(JSON.stringify(schema))
    if (name === undefined) return inFull(schema)
    used.add(name)
    return refTo('schemas', name)
  }
  const inFull = (schema: Schema) => plain(mapSubschemas(schema, write))

  return {
    write,
    /** The name under which it stands once, if it has one. */
    nameOf: (schema: Schema) => byIdentity.get(schema) ?? byText.get(JSON.stringify(schema)),
    /** Those that were referred to so far, by name. */
    components(): Record<string, Schema> {
      const schemas = new Map(NAMED)
      const written: Record<string, Schema> = {}
      // The set grows while it is gone through: by what stands within.
      for (const name of used) written[name] = inFull(schemas.get(name) ?? {})
      return Object.fromEntries(Object.entries(written).sort(([one], [other]) => (one < other ? -1 : 1)))
    },
  }
}

const ANY_NAME = '^.*$'

/** What has a usual value need not be sent; and a map is said as generators of clients know it. */
function plain({ patternProperties, ...schema }: Schema): Schema {
  const required = mandatory(schema)
  if (required.length > 0) schema.required = required
  else delete schema.required
  const [map] = Object.entries((patternProperties ?? {}) as Record<string, Schema>)
  if (!map) return schema
  const [pattern, value] = map
  return {
    ...schema,
    ...(pattern === ANY_NAME ? {} : { propertyNames: { pattern } }),
    additionalProperties: value,
  }
}

/** The fields that must be sent. */
export function mandatory({ required = [], properties = {} }: Schema): string[] {
  return required.filter(name => !('default' in (properties[name] ?? {})))
}
