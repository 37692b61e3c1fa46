/**
 * Ids are UUIDs, which are the same in capitals; some languages write them so. Ours are kept in lower case, so what comes
 * in is brought to that before anything compares it.
 */
import Type, { type TSchema } from 'typebox'

type Lower = (value: unknown) => unknown

/** Puts the ids of a value into lower case, wherever this schema has one; null: it has none. Anything else stays. */
export function lowerIdsOf(schema: TSchema): Lower | null {
  if (Type.IsString(schema)) return 'format' in schema && schema.format === 'uuid' ? lowerText : null
  if (Type.IsUnion(schema)) return schema.anyOf.map(lowerIdsOf).find(lower => lower !== null) ?? null
  if (Type.IsArray(schema)) {
    const lower = lowerIdsOf(schema.items)
    return lower && (value => (Array.isArray(value) ? value.map(lower) : value))
  }
  if (!Type.IsObject(schema)) return null
  const within = Object.entries(schema.properties).flatMap(([name, property]) => {
    const lower = lowerIdsOf(property)
    return lower ? [[name, lower] as const] : []
  })
  if (within.length === 0) return null
  return value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const given = value as Record<string, unknown>
    const lowered = { ...given }
    for (const [name, lower] of within) if (Object.hasOwn(given, name)) lowered[name] = lower(given[name])
    return lowered
  }
}

const lowerText: Lower = value => (typeof value === 'string' ? value.toLowerCase() : value)
