/** A description of the API with each reference replaced by what it refers to, for tests that look at all of a call. */

export function dereference<Document extends object>(document: Document): Document {
  const replace = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(replace)
    if ('$ref' in value && typeof value.$ref === 'string') return replace(at(document, value.$ref))
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replace(part)]))
  }
  return replace(document) as Document
}

/** What `#/components/schemas/Goal` leads to. */
function at(document: object, pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
}
