/** What the directory shows, as kept in the address of the page. */
import type { Role, UserStatus } from '@pms/contract'
import { ROLES, STATUSES } from './words.ts'

export interface PeopleFilters {
  search?: string
  unit?: string
  role?: Role
  status?: UserStatus
}

/** Reads filters from an address that anybody may have typed: what makes no sense is left out. */
export function parsePeople(raw: Record<string, unknown>): PeopleFilters {
  const filters: PeopleFilters = {}
  const search = typeof raw.search === 'string' || typeof raw.search === 'number' ? String(raw.search) : ''
  if (search.trim()) filters.search = search.slice(0, 100)
  if (typeof raw.unit === 'string' && /^[0-9a-f-]{36}$/.test(raw.unit)) filters.unit = raw.unit
  const role = ROLES.find(known => known === raw.role)
  if (role) filters.role = role
  const status = STATUSES.find(known => known === raw.status)
  if (status) filters.status = status
  return filters
}

export const isFiltered = ({ search, unit, role, status }: PeopleFilters) =>
  Boolean(search?.trim() || unit || role || status)

/** The filters as the server takes them. */
export const toQuery = ({ search, unit, role, status }: PeopleFilters) => ({
  search: search?.trim(),
  unit_id: unit,
  role,
  status,
})
