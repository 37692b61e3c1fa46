/** What the pages of reviews show, as kept in their addresses. */
import type { ReviewKind, ReviewQuery, ReviewStatus } from '@pms/contract'
import { KINDS, STATUSES } from './words.ts'

export const SCOPES = ['mine', 'about_me', 'team'] as const
export type Scope = (typeof SCOPES)[number]

/** What is not there is not filtered by; without a scope it is what one writes. */
export interface ReviewFilters {
  scope?: Exclude<Scope, 'mine'>
  status?: ReviewStatus
  kind?: ReviewKind
}

const narrowing = (raw: Record<string, unknown>): Pick<ReviewFilters, 'status' | 'kind'> => {
  const status = STATUSES.find(known => known === raw.status)
  const kind = KINDS.find(known => known === raw.kind)
  return { ...(status ? { status } : {}), ...(kind ? { kind } : {}) }
}

/** Reads filters from an address that anybody may have typed: what makes no sense is left out. */
export function parseFilters(raw: Record<string, unknown>): ReviewFilters {
  const scope = SCOPES.find(known => known === raw.scope)
  const filters: ReviewFilters = narrowing(raw)
  if (scope && scope !== 'mine') filters.scope = scope
  return filters
}

export const isFiltered = ({ status, kind }: ReviewFilters) => Boolean(status || kind)

/** The filters as the server takes them. */
export const toQuery = ({ scope, ...rest }: ReviewFilters): Partial<ReviewQuery> => ({
  scope: scope ?? 'mine',
  ...rest,
})

export const CYCLE_VIEWS = ['progress', 'reviews', 'people', 'questions'] as const
export type CycleView = (typeof CYCLE_VIEWS)[number]

/** What the page of a cycle shows; without a view the first that there is. */
export interface CycleSearch {
  view?: CycleView
  status?: ReviewStatus
  kind?: ReviewKind
  /** Part of a name. */
  search?: string
}

export function parseCycle(raw: Record<string, unknown>): CycleSearch {
  const view = CYCLE_VIEWS.find(known => known === raw.view)
  const search = typeof raw.search === 'string' || typeof raw.search === 'number' ? String(raw.search) : ''
  return {
    ...(view ? { view } : {}),
    ...narrowing(raw),
    ...(search.trim() ? { search: search.slice(0, 100) } : {}),
  }
}
