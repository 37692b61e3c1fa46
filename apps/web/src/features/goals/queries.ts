/** Reading goals: one query for each thing a page shows. Keys begin with `goal`, as live news names it. */
import type { Goal, GoalDetail, GoalPage } from '@pms/contract'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { pagedQuery } from '../../api/paged.ts'
import { type GoalFilters, toQuery } from './filters.ts'

const PAGE = 30

/** What can be done with goals goes by the quarters that are frozen; which there are, by the team and the organisation. */
const meta = { follows: ['goal_freeze', 'team', 'organisation_goal'] }
/** Of one goal, news by its own id says the rest. */
const ofOne = { follows: ['goal_freeze'] }

export const goalListQuery = (filters: GoalFilters) => ({
  ...pagedQuery<Goal>(['goal', 'list', filters], '/api/goals', toQuery(filters), PAGE),
  meta: filters.scope === 'organisation' || filters.scope === 'team' ? meta : ofOne,
})

/** How many goals wait on the signed-in person. */
export const waitingCountQuery = queryOptions({
  queryKey: ['goal', 'waiting-count'],
  queryFn: ({ signal }) => get<GoalPage>('/api/goals', { query: { scope: 'waiting', limit: 1 }, signal }),
  select: page => page.total,
})

export const goalDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ['goal', 'detail', id],
    meta: ofOne,
    queryFn: ({ signal }) => get<GoalDetail>(`/api/goals/${encodeURIComponent(id)}`, { signal }),
  })

/** What a list already knows of a goal, to show at once while the rest of it is fetched. */
export function knownGoal(client: QueryClient, id: string): GoalDetail | undefined {
  const lists = client.getQueriesData<{ pages: GoalPage[] }>({ queryKey: ['goal', 'list'] })
  for (const [, list] of lists)
    for (const page of list?.pages ?? []) {
      const goal = page.items.find((item: Goal) => item.id === id)
      if (goal) return { ...goal, parent_goal: null, history: [] }
    }
  return undefined
}

/** Goals that another goal can be part of. */
export const parentGoalsQuery = (search: string) =>
  queryOptions({
    queryKey: ['goal', 'parents', search],
    meta,
    queryFn: async ({ signal }) => {
      const query = { scope: 'organisation', status: 'ACTIVE', search, limit: 20 }
      return (await get<GoalPage>('/api/goals', { query, signal })).items
    },
  })
