/** Quarters that HR has frozen: which they are, which of them a page must tell of, and freezing and lifting. */
import type { FreezeQuarterBody, Goal, GoalFreeze, Quarter } from '@pms/contract'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { post, remove } from '../../api/client.ts'
import { everyPage } from '../../api/paged.ts'
import { listsChanged } from '../../api/query-client.ts'
import type { GoalFilters } from './filters.ts'

const PATH = '/api/goal-freezes'

export const freezesQuery = queryOptions({
  queryKey: ['goal_freeze', 'list'],
  queryFn: ({ signal }) => everyPage<GoalFreeze>(PATH, {}, signal),
})

/** Goals of the year have no quarter, and no freeze touches them. */
type OfQuarter = { year: number; quarter: Quarter | null }

const isOf = (freeze: GoalFreeze, { year, quarter }: OfQuarter) =>
  freeze.year === year && freeze.quarter === quarter

/** The freeze that this quarter is under. */
export function useFreezeOf(of: OfQuarter): GoalFreeze | undefined {
  return useQuery(freezesQuery).data?.find(freeze => isOf(freeze, of))
}

/**
 * What a list of goals must tell of: the freezes of goals that are in it, and those it was asked for. Whoever can
 * lift one sees all that the filters let through.
 */
export function freezesOver(
  freezes: readonly GoalFreeze[],
  { year, quarter }: Pick<GoalFilters, 'year' | 'quarter'>,
  goals: readonly Pick<Goal, 'year' | 'quarter'>[],
): GoalFreeze[] {
  return freezes
    .filter(freeze => (year ?? freeze.year) === freeze.year && (quarter ?? freeze.quarter) === freeze.quarter)
    .filter(
      freeze =>
        quarter !== undefined ||
        freeze.allowed_actions.includes('unfreeze') ||
        goals.some(goal => isOf(freeze, goal)),
    )
}

/** What can be done with goals goes by the quarters that are frozen: their lists and pages follow. */
export function useFreezeDeeds() {
  const client = useQueryClient()
  const onSettled = () => void listsChanged(client, 'goal_freeze')
  const freeze = useMutation({
    mutationFn: (body: FreezeQuarterBody) => post<GoalFreeze>(PATH, body),
    onSettled,
  })
  const unfreeze = useMutation({
    mutationFn: (id: string) => remove<unknown>(`${PATH}/${encodeURIComponent(id)}`),
    onSettled,
  })
  return { freeze: freeze.mutateAsync, unfreeze: unfreeze.mutateAsync }
}
