/** Reading initiatives: one query for each thing a page shows. Keys begin with `initiative`, as live news names it. */
import type { GoalPage, Initiative, InitiativeDetail, InitiativePage, InitiativeStatus } from '@pms/contract'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { type PageOf, pagedQuery } from '../../api/paged.ts'
import { type InitiativeFilters, toQuery } from './filters.ts'

const PATH = '/api/initiatives'
/** Rows of the list, and cards of a column of the board, that come at a time. */
const PAGE = 30
const COLUMN_PAGE = 20
/** As many as the server gives at once. */
const MONTH_PAGE = 100

/** Which there are goes by who is in the team. */
const meta = { follows: ['team'] }

/** The part of the filters that says which, not how they are shown: the key of what all views share. */
const which = ({ view, month, ...rest }: InitiativeFilters) => rest

export const initiativeListQuery = (filters: InitiativeFilters) => ({
  ...pagedQuery<Initiative>(['initiative', 'list', which(filters)], PATH, toQuery(filters), PAGE),
  meta,
})

export const columnQuery = (filters: InitiativeFilters, status: InitiativeStatus) => ({
  ...pagedQuery<Initiative>(
    ['initiative', 'column', which(filters), status],
    PATH,
    { ...toQuery(filters), status },
    COLUMN_PAGE,
  ),
  meta,
})

/** What is due from one day to another, both included. */
export const dueQuery = (filters: InitiativeFilters, from: string, to: string) => ({
  ...pagedQuery<Initiative>(
    ['initiative', 'due', which(filters), from, to],
    PATH,
    { ...toQuery(filters), due_after: from, due_before: to },
    MONTH_PAGE,
  ),
  meta,
})

/** What a person works on, as their page lists it. */
export const initiativesOfQuery = (personId: string) => ({
  ...pagedQuery<Initiative>(['initiative', 'of', personId], PATH, { assignee_id: personId }, 5),
  meta,
})

/** How many initiatives wait on the signed-in person. */
export const waitingCountQuery = queryOptions({
  queryKey: ['initiative', 'waiting-count'],
  queryFn: ({ signal }) => get<InitiativePage>(PATH, { query: { scope: 'waiting', limit: 1 }, signal }),
  select: page => page.total,
})

export const initiativeDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ['initiative', 'detail', id],
    queryFn: ({ signal }) => get<InitiativeDetail>(`${PATH}/${encodeURIComponent(id)}`, { signal }),
  })

/** What a list already knows of an initiative, to show at once while the rest of it is fetched. */
export function knownInitiative(client: QueryClient, id: string): InitiativeDetail | undefined {
  const lists = client.getQueriesData<{ pages: PageOf<Initiative>[] }>({
    predicate: ({ queryKey: [kind, part] }) =>
      kind === 'initiative' && ['list', 'column', 'due'].includes(String(part)),
  })
  for (const [, list] of lists)
    for (const page of list?.pages ?? []) {
      const known = page.items.find(item => item.id === id)
      if (known) return { ...known, goal: null, report: null, attachments: [], extensions: [], history: [] }
    }
  return undefined
}

/** Goals that an initiative can be a means to. */
export const goalChoicesQuery = (search: string) =>
  queryOptions({
    queryKey: ['goal', 'choices', search],
    queryFn: async ({ signal }) => {
      const query = { status: 'ACTIVE', search, limit: 20 }
      const { items } = await get<GoalPage>('/api/goals', { query, signal })
      return items.map(({ id, title }) => ({ id, title }))
    },
  })
