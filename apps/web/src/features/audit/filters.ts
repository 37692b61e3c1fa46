/** What the audit log shows, as kept in the address of the page. */
export interface AuditFilters {
  /** How the action begins. */
  action?: string
  actor_id?: string
  object_id?: string
  from?: string
  to?: string
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const DAY = /^\d{4}-\d{2}-\d{2}$/
const ACTION = /^[a-z_.]{1,60}$/

const FORMS: Readonly<Record<keyof AuditFilters, RegExp>> = {
  action: ACTION,
  actor_id: ID,
  object_id: /^[\w-]{1,100}$/,
  from: DAY,
  to: DAY,
}

/** Reads filters from an address that anybody may have typed: what makes no sense is left out. */
export function parseFilters(raw: Record<string, unknown>): AuditFilters {
  const filters: AuditFilters = {}
  for (const [name, form] of Object.entries(FORMS) as [keyof AuditFilters, RegExp][]) {
    const value = raw[name]
    if (typeof value !== 'string' || !form.test(value)) continue
    if (form === DAY && Number.isNaN(Date.parse(value))) continue
    filters[name] = value
  }
  return filters
}
