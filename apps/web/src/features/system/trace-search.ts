/** Whose notifications are looked at, and up to when, as kept in the address of the page. */
export interface TraceSearch {
  person?: string
  /** As a box for day and time writes it, in the reader's zone. */
  until?: string
}

/** Reads it from an address that anybody may have typed. */
export function parseTraces(raw: Record<string, unknown>): TraceSearch {
  const search: TraceSearch = {}
  if (typeof raw.person === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(raw.person))
    search.person = raw.person
  if (typeof raw.until === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(raw.until))
    if (!Number.isNaN(Date.parse(raw.until))) search.until = raw.until
  return search
}
