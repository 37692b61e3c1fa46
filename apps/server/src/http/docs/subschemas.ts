/** The schemas directly within a schema, as JSON Schema has them; what else stands in it is data. */
import type { Schema } from './document.ts'

const ONE = ['items', 'additionalProperties', 'contains', 'not', 'propertyNames']
const LISTS = ['anyOf', 'allOf', 'oneOf', 'prefixItems']
const BY_NAME = ['properties', 'patternProperties']

/** The same schema with each of them replaced. */
export function mapSubschemas(schema: Schema, change: (part: Schema) => Schema): Schema {
  const changed: Schema = { ...schema }
  for (const [keyword, value] of Object.entries(schema)) {
    if (typeof value !== 'object' || value === null) continue
    if (ONE.includes(keyword)) changed[keyword] = change(value as Schema)
    if (LISTS.includes(keyword)) changed[keyword] = (value as Schema[]).map(change)
    if (BY_NAME.includes(keyword))
      changed[keyword] = Object.fromEntries(
        Object.entries(value as Record<string, Schema>).map(([name, part]) => [name, change(part)]),
      )
  }
  return changed
}
