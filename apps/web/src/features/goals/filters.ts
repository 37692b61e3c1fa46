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

/** All that the address of the page keeps: the filters, and how the organisation's goals are shown. */
export interface GoalSearch extends GoalFilters {
  /** Without it, the organisation's goals are a tree. */
  view?: 'list'
  /** Ids of the goals that are open in the tree, each after a dot but the first. */
  open?: string
}

/** So many levels are fetched again with every change: more than anybody looks at. */
const MOST_OPEN = 40

/** Reads an address that anybody may have typed: what makes no sense is left out. */
export function parseFilters(raw: Record<string, unknown>): GoalSearch {
  const filters: GoalSearch = {}
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
  if (filters.scope !== 'organisation') return filters
  if (raw.view === 'list') return { ...filters, view: 'list' }
  const open = toOpen(typeof raw.open === 'string' ? idsIn(raw.open) : [])
  return open ? { ...filters, open } : filters
}

/** What is opened last is kept. */
export const toOpen = (ids: readonly string[]) => ids.slice(-MOST_OPEN).join('.') || undefined

export const idsIn = (open: string | undefined) =>
  [...new Set(open?.split('.'))].filter(id => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))

export const filtersOf = ({ view: _, open: __, ...filters }: GoalSearch): GoalFilters => filters

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
