/** Doing things to goals. */
import type {
  AssignGoalBody,
  CreateGoalBody,
  EditGoalBody,
  Goal,
  GoalDetail,
  ProgressBody,
} from '@pms/contract'
import { patch, post, put } from '../../api/client.ts'
import { useDeeds, useMake } from '../../api/deed.ts'

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

export const useGoalDeed = (id: string) =>
  useDeeds({ resource: 'goal', id, send: (deed: GoalDeed) => send(id, deed), foreseen })

export type NewGoal = ({ assign: true } & AssignGoalBody) | ({ assign: false } & CreateGoalBody)

export const useCreateGoal = () =>
  useMake('goal', ({ assign, ...body }: NewGoal) =>
    post<GoalDetail>(assign ? '/api/goals/assign' : '/api/goals', body),
  )

export const can = (goal: Pick<Goal, 'allowed_actions'>, action: Goal['allowed_actions'][number]) =>
  goal.allowed_actions.includes(action)
