/**
 * Doing things to goals. What is certain enough is shown at once and taken back if the server disagrees; after a
 * conflict the goal is fetched again, so that the page shows what really happened.
 */
import type {
  AssignGoalBody,
  CreateGoalBody,
  EditGoalBody,
  Goal,
  GoalDetail,
  ProgressBody,
} from '@pms/contract'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { patch, post, put } from '../../api/client.ts'
import { ApiError } from '../../api/problem.ts'
import { resourceChanged } from '../../api/query-client.ts'
import { goalDetailQuery } from './queries.ts'

export type GoalDeed =
  | { action: 'approve'; revision: number }
  | { action: 'accept' }
  | { action: 'achieve' }
  | { action: 'reject' | 'decline' | 'discard'; reason: string }
  | ({ action: 'progress' } & ProgressBody)
  | { action: 'edit'; changes: EditGoalBody }
  | { action: 'resubmit'; changes: EditGoalBody | null }

function send(id: string, deed: GoalDeed): Promise<GoalDetail> {
  const path = `/api/goals/${encodeURIComponent(id)}`
  if (deed.action === 'edit') return patch(path, deed.changes)
  if (deed.action === 'resubmit') return put(`${path}/resubmit`, deed.changes ?? {})
  const { action, ...body } = deed
  return put(`${path}/${action}`, body)
}

/** How the goal will look if the server agrees; undefined where that is better awaited. */
function foreseen(goal: GoalDetail, deed: GoalDeed): GoalDetail | undefined {
  const decided = { waiting_on: [], waiting_since: null, allowed_actions: [] }
  switch (deed.action) {
    case 'approve':
    case 'accept':
      return { ...goal, ...decided, status: 'ACTIVE' }
    case 'progress':
      return { ...goal, progress: deed.percent }
    default:
      return undefined
  }
}

/** One mutation for all that can be done to a goal. */
export function useGoalDeed(id: string) {
  const client = useQueryClient()
  const { queryKey } = goalDetailQuery(id)
  return useMutation({
    mutationFn: (deed: GoalDeed) => send(id, deed),
    async onMutate(deed) {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      const after = before && foreseen(before, deed)
      if (after) client.setQueryData(queryKey, after)
      return { before }
    },
    onError(error, _deed, context) {
      if (context?.before) client.setQueryData(queryKey, context.before)
      if (error instanceof ApiError && [403, 404, 409].includes(error.status)) void refetch(client, id)
    },
    onSuccess(goal) {
      client.setQueryData(queryKey, goal)
      void client.invalidateQueries({
        predicate: ({ queryKey: [kind, part] }) => kind === 'goal' && part !== 'detail',
      })
    },
  })
}

const refetch = (client: QueryClient, id: string) => resourceChanged(client, 'goal', id)

export type NewGoal = ({ assign: true } & AssignGoalBody) | ({ assign: false } & CreateGoalBody)

export function useCreateGoal() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ assign, ...body }: NewGoal) =>
      post<GoalDetail>(assign ? '/api/goals/assign' : '/api/goals', body),
    onSuccess(goal) {
      client.setQueryData(goalDetailQuery(goal.id).queryKey, goal)
      void client.invalidateQueries({
        predicate: ({ queryKey: [kind, part] }) => kind === 'goal' && part !== 'detail',
      })
    },
  })
}

export const can = (goal: Pick<Goal, 'allowed_actions'>, action: Goal['allowed_actions'][number]) =>
  goal.allowed_actions.includes(action)
