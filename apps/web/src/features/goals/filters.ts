/** What the goals list shows, as kept in the address of the page. */
import type { GoalQuery, GoalStatus, Quarter } from '@pms/contract'
import { QUARTERS, STATUSES } from './words.ts'

export const SCOPES = ['mine', 'team', 'organisation', 'waiting'] as const
export type Scope = (typeof SCOPES)[number]

/** What is not there is not filtered by; without a scope it is one's own goals. */
export interface GoalFilters {
  scope?: Exclude<Scope, 'mine'>
  status?: GoalStatus
  year?: number
  quarter?: Quarter
  search?: string
}

/** Reads filters from an address that anybody may have typed: what makes no sense is left out. */
export function parseFilters(raw: Record<string, unknown>): GoalFilters {
  const filters: GoalFilters = {}
  const scope = SCOPES.find(known => known === raw.scope)
  if (scope && scope !== 'mine') filters.scope = scope
  const status = STATUSES.find(known => known === raw.status)
  if (status) filters.status = status
  const year = Number(raw.year)
  if (Number.isInteger(year) && year >= 2000 && year <= 2100) filters.year = year
  const quarter = QUARTERS.find(known => known === raw.quarter)
  if (quarter) filters.quarter = quarter
  const search = typeof raw.search === 'string' || typeof raw.search === 'number' ? String(raw.search) : ''
  if (search.trim()) filters.search = search.slice(0, 100)
  return filters
}

/** Whether anything but the scope narrows the list. */
export const isFiltered = ({ status, year, quarter, search }: GoalFilters) =>
  Boolean(status || year || quarter || search?.trim())

/** The filters as the server takes them. */
export function toQuery(filters: GoalFilters): Omit<GoalQuery, 'skip' | 'limit'> {
  const search = filters.search?.trim()
  return { ...filters, scope: filters.scope ?? 'mine', ...(search ? { search } : {}) }
}

/** The years worth offering: last year to the year after next, and the one chosen. */
export function yearsAround(thisYear: number, ...chosen: (number | undefined)[]): number[] {
  const years = new Set([thisYear - 1, thisYear, thisYear + 1])
  for (const year of chosen) if (year) years.add(year)
  return [...years].sort((a, b) => a - b)
}
