/** Reading goals: one query for each thing a page shows. Keys begin with `goal`, as live news names it. */
import type { Goal, GoalBranch, GoalBranchPage, GoalDetail, GoalPage } from '@pms/contract'
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

const TREE_PATH = '/api/goals/tree'
const LEVEL_PAGE = 50

/** Part of one level of the organisation's tree: of what is part of a goal; null: of the top. */
export const levelQuery = (filters: GoalFilters, parentId: string | null, page: number) => {
  const { scope: _, ...narrowing } = toQuery(filters)
  const parent = parentId === null ? {} : { parent_goal_id: parentId }
  const query = { ...narrowing, ...parent, skip: page * LEVEL_PAGE, limit: LEVEL_PAGE }
  return queryOptions({
    queryKey: ['goal', 'tree', filters, parentId, page],
    queryFn: ({ signal }) => get<GoalBranchPage>(TREE_PATH, { query, signal }),
    meta,
  })
}

/** What is part of a goal, as its own page lists it. */
export const partsQuery = (id: string) => ({
  ...pagedQuery<GoalBranch>(['goal', 'parts', id], TREE_PATH, { parent_goal_id: id }, 10),
  meta,
})

/** Goals of a person, as their page lists them. */
export const goalsOfQuery = (personId: string) => ({
  ...pagedQuery<Goal>(['goal', 'of', personId], '/api/goals', { owner_id: personId }, 5),
  meta,
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
  const pages = ['list', 'parts'].flatMap(part =>
    client
      .getQueriesData<{ pages: GoalPage[] }>({ queryKey: ['goal', part] })
      .flatMap(([, list]) => list?.pages ?? []),
  )
  const levels = client.getQueriesData<GoalPage>({ queryKey: ['goal', 'tree'] })
  const known = [...pages, ...levels.flatMap(([, level]) => level ?? [])].flatMap(({ items }) => items)
  const goal = known.find(item => item.id === id)
  return goal && { ...goal, parent_goal: null, history: [] }
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
