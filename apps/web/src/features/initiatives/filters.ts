/** What the initiatives page shows and how, as kept in the address of the page. */
import type { InitiativeQuery, InitiativeStatus, InitiativeType, Urgency } from '@pms/contract'
import { STATUSES, TYPES, URGENCIES } from './words.ts'

export const SCOPES = ['mine', 'team', 'waiting', 'all'] as const
export type Scope = (typeof SCOPES)[number]

export const VIEWS = ['list', 'board', 'calendar'] as const
export type View = (typeof VIEWS)[number]

/** What is not there is not filtered by; without a scope it is one's own, without a view a list. */
export interface InitiativeFilters {
  scope?: Exclude<Scope, 'mine'>
  view?: Exclude<View, 'list'>
  status?: InitiativeStatus
  urgency?: Urgency
  type?: InitiativeType
  search?: string
  /** Of the calendar; this month if there is none: `2027-03`. */
  month?: string
}

/** Reads filters from an address that anybody may have typed: what makes no sense is left out. */
export function parseFilters(raw: Record<string, unknown>): InitiativeFilters {
  const filters: InitiativeFilters = {}
  const scope = SCOPES.find(known => known === raw.scope)
  if (scope && scope !== 'mine') filters.scope = scope
  const view = VIEWS.find(known => known === raw.view)
  if (view && view !== 'list') filters.view = view
  const status = STATUSES.find(known => known === raw.status)
  if (status) filters.status = status
  const urgency = URGENCIES.find(known => known === raw.urgency)
  if (urgency) filters.urgency = urgency
  const type = TYPES.find(known => known === raw.type)
  if (type) filters.type = type
  const search = typeof raw.search === 'string' || typeof raw.search === 'number' ? String(raw.search) : ''
  if (search.trim()) filters.search = search.slice(0, 100)
  if (view === 'calendar' && typeof raw.month === 'string' && /^2\d{3}-(0[1-9]|1[0-2])$/.test(raw.month))
    filters.month = raw.month
  return filters
}

/** Whether anything but the scope narrows what is shown. */
export const isFiltered = ({ status, urgency, type, search }: InitiativeFilters) =>
  Boolean(status || urgency || type || search?.trim())

type Query = Omit<InitiativeQuery, 'skip' | 'limit'>

/** The filters as the server takes them. */
export function toQuery({ status, urgency, type, search, ...filters }: InitiativeFilters): Query {
  const scope: Scope = filters.scope ?? 'mine'
  const text = search?.trim()
  return {
    ...(scope === 'all' ? {} : { scope }),
    ...(status ? { status } : {}),
    ...(urgency ? { urgency } : {}),
    ...(type ? { type } : {}),
    ...(text ? { search: text } : {}),
  }
}
