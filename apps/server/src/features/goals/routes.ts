/** `/api/goals` */
import {
  ApproveGoalBody,
  AssignGoalBody,
  BulkAssignGoalBody,
  BulkAssignGoalResult,
  CreateGoalBody,
  EditGoalBody,
  GoalBranchPage,
  GoalDetail,
  GoalPage,
  GoalQuery,
  GoalTreeQuery,
  Id,
  ProgressBody,
  ReasonBody,
  RejectGoalBody,
  ResubmitGoalBody,
} from '@pms/contract'
import Type, { type Static, type TSchema } from 'typebox'
import { type Caller, callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import { notFound } from '../../http/errors.ts'
import type { ProblemCode } from '../../http/problem-codes.ts'
import { inRows } from '../../http/rows.ts'
import type { Http } from '../../http/server.ts'
import type { Organisation } from '../../organisation.ts'
import type { GoalActions } from './actions.ts'
import { checkDetails, mergeDetails } from './details.ts'
import { goalDetail, listGoals } from './queries.ts'
import { goalBranches } from './tree.ts'

const Params = Type.Object({ id: Id })
const NoBody = Type.Object({})
const tags = ['goals']
const shown = { tags, response: { 200: GoalDetail } }

export interface GoalRoutesOptions {
  database: AppDatabase
  people: Organisation
  actions: GoalActions
}

export function goalRoutes(http: Http, { database, people, actions }: GoalRoutesOptions): void {
  /** What a verb answers: the goal as it is after it. */
  async function show(caller: Caller, id: string): Promise<GoalDetail> {
    const goal = await database.snapshot(db => goalDetail(db, people, caller, id))
    if (!goal) throw notFound('goal')
    return goal
  }

  http.get(
    '/api/goals',
    {
      schema: {
        tags,
        summary: 'Goals that the caller may see, newest first',
        querystring: GoalQuery,
        response: { 200: GoalPage },
      },
    },
    request => database.snapshot(db => listGoals(db, people, callerOf(request), request.query)),
  )

  http.get(
    '/api/goals/tree',
    {
      config: { refuses: ['not_found'] },
      schema: {
        tags,
        summary: 'One level of the tree of the organisation’s goals: its top, or what is part of a goal',
        querystring: GoalTreeQuery,
        response: { 200: GoalBranchPage },
      },
    },
    request => database.snapshot(db => goalBranches(db, people, callerOf(request), request.query)),
  )

  http.get(
    '/api/goals/:id',
    { schema: { summary: 'One goal with its history', params: Params, ...shown } },
    request => show(callerOf(request), request.params.id),
  )

  http.post(
    '/api/goals',
    {
      config: { idempotent: true, refuses: ['forbidden', 'quarter_frozen', 'no_approver'] },
      schema: { tags, summary: 'Set a goal', body: CreateGoalBody, response: { 201: GoalDetail } },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const id = await actions.createGoal(caller, request.body)
      reply.code(201)
      return show(caller, id)
    },
  )

  http.post(
    '/api/goals/assign',
    {
      config: { idempotent: true, refuses: ['forbidden', 'quarter_frozen', 'assignee_not_active'] },
      schema: {
        tags,
        summary: 'Assign a goal to somebody below',
        body: AssignGoalBody,
        response: { 201: GoalDetail },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const id = await actions.assignGoal(caller, request.body)
      reply.code(201)
      return show(caller, id)
    },
  )

  http.post(
    '/api/goals/bulk-assign',
    {
      config: { idempotent: true, refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Assign the same goal to several people below, with a result for each',
        body: BulkAssignGoalBody,
        response: { 200: BulkAssignGoalResult },
      },
    },
    async request => {
      const caller = callerOf(request)
      const { user_ids, ...goal } = request.body
      // What is wrong for all is said once.
      await database.snapshot(db =>
        checkDetails(db, people, caller, { ...mergeDetails(goal), type: goal.type }),
      )
      const results = await inRows(user_ids, request.log, async user_id => ({
        goal_id: await actions.assignGoal(caller, { ...goal, assigned_to_user_id: user_id }),
      }))
      return { results: results.map((result, row) => ({ user_id: user_ids[row] ?? '', ...result })) }
    },
  )

  http.patch(
    '/api/goals/:id',
    {
      config: { refuses: ['forbidden', 'wrong_state', 'quarter_frozen'] },
      schema: {
        summary: 'Edit it; what is left out stays as it is',
        params: Params,
        body: EditGoalBody,
        ...shown,
      },
    },
    async request => {
      const caller = callerOf(request)
      return show(caller, await actions.editGoal(caller, request.params.id, request.body))
    },
  )

  const verb = <Body extends TSchema>(
    name: string,
    summary: string,
    body: Body,
    act: (caller: Caller, id: string, body: Static<Body>) => Promise<string>,
    refuses: readonly ProblemCode[] = [],
  ) =>
    http.put(
      `/api/goals/:id/${name}`,
      {
        config: { refuses: ['forbidden', 'wrong_state', ...refuses] },
        schema: { summary, params: Params, body, ...shown },
      },
      async request => {
        const caller = callerOf(request)
        return show(caller, await act(caller, request.params.id, request.body as Static<Body>))
      },
    )

  verb('approve', 'Approve it', ApproveGoalBody, actions.approveGoal)
  verb('reject', 'Reject it, with a reason', RejectGoalBody, actions.rejectGoal)
  verb('accept', 'Accept what was assigned', ApproveGoalBody, actions.acceptGoal)
  verb('decline', 'Decline what was assigned, with a reason', RejectGoalBody, actions.declineGoal)
  verb('resubmit', 'Send it again, with the last edits', ResubmitGoalBody, actions.resubmitGoal, [
    'quarter_frozen',
    'no_approver',
  ])
  verb('progress', 'Report progress', ProgressBody, actions.reportProgress, ['quarter_frozen'])
  verb('achieve', 'Close it as achieved', NoBody, actions.achieveGoal)
  verb('discard', 'Discard it, with a reason', ReasonBody, actions.discardGoal)
}
