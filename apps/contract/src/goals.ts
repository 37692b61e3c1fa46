/** Goals: what a person, a unit or the organisation sets out to reach. */
import { Problem, Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { DateOnly, Id, Nullable, OneOf, Page, PersonRef, paging, Words } from './common.ts'

export const GOAL_TYPES = ['YEARLY', 'QUARTERLY', 'INDIVIDUAL'] as const
export const GoalType = OneOf(GOAL_TYPES, {
  description: 'INDIVIDUAL: of one person; QUARTERLY and YEARLY: of the organisation or a unit',
})
export type GoalType = (typeof GOAL_TYPES)[number]

export const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4'] as const
export const Quarter = OneOf(QUARTERS, { description: 'Quarter of the year' })
export type Quarter = (typeof QUARTERS)[number]

export const GOAL_STATUSES = [
  'PENDING_APPROVAL',
  'PENDING_ACCEPTANCE',
  'ACTIVE',
  'REJECTED',
  'DECLINED',
  'ACHIEVED',
  'DISCARDED',
] as const
export const GoalStatus = OneOf(GOAL_STATUSES, {
  description:
    'PENDING_APPROVAL: the supervisor must decide; PENDING_ACCEPTANCE: the assignee must; REJECTED and DECLINED: sent back, to be sent again or discarded; ACHIEVED and DISCARDED: closed',
})
export type GoalStatus = (typeof GOAL_STATUSES)[number]

/** What a person can do with a goal that exists; `allowed_actions` lists those open to the caller now. */
export const GOAL_ACTIONS = [
  'approve',
  'reject',
  'accept',
  'decline',
  'edit',
  'resubmit',
  'progress',
  'achieve',
  'discard',
] as const
export const GoalAction = OneOf(GOAL_ACTIONS)
export type GoalAction = (typeof GOAL_ACTIONS)[number]

const Title = Words(200)
const Description = Type.String({ maxLength: 5000 })
const Year = Type.Integer({ minimum: 2000, maximum: 2100, description: 'Year of the goal' })

const details = {
  title: Title,
  description: Type.Optional(Nullable(Description)),
  quarter: Type.Optional(Nullable(Quarter, { description: 'Needed but for YEARLY goals, which have none' })),
  year: Year,
  start_date: Type.Optional(Nullable(DateOnly)),
  end_date: Type.Optional(Nullable(DateOnly, { description: 'Not before `start_date`' })),
  parent_goal_id: Type.Optional(Nullable(Id, { description: 'The goal that it is part of' })),
}

/** `POST /api/goals`. INDIVIDUAL and QUARTERLY need a quarter. */
export const CreateGoalBody = Type.Object({
  ...details,
  type: GoalType,
  unit_id: Type.Optional(
    Nullable(Id, { description: 'Of a goal of the organisation: the unit that it is for' }),
  ),
})
export type CreateGoalBody = Static<typeof CreateGoalBody>

/** `POST /api/goals/assign` */
export const AssignGoalBody = Type.Object({
  ...details,
  assigned_to_user_id: Type.String({ format: 'uuid', description: 'Somebody below the caller' }),
  type: OneOf(['INDIVIDUAL']),
})
export type AssignGoalBody = Static<typeof AssignGoalBody>

/** `POST /api/goals/bulk-assign`: the same goal for each of them, every one on its own. */
export const BulkAssignGoalBody = Type.Object({
  ...details,
  user_ids: Type.Array(Id, {
    minItems: 1,
    maxItems: 200,
    uniqueItems: true,
    description: 'People below the caller',
  }),
  type: OneOf(['INDIVIDUAL']),
})
export type BulkAssignGoalBody = Static<typeof BulkAssignGoalBody>

/** A result for each person, in the order they were named. */
export const BulkAssignGoalResult = Type.Object({
  results: Type.Array(
    Type.Object({
      user_id: Id,
      ok: Type.Boolean(),
      goal_id: Type.Optional(Type.String({ format: 'uuid', description: 'Where it was assigned' })),
      problem: Type.Optional(Problem),
    }),
  ),
})
export type BulkAssignGoalResult = Static<typeof BulkAssignGoalResult>

/** `PATCH /api/goals/{id}`: what is left out stays as it is. */
export const EditGoalBody = Type.Partial(Type.Object(details), { minProperties: 1 })
export type EditGoalBody = Static<typeof EditGoalBody>

/** `PUT …/resubmit`: the last edits may come with it. */
export const ResubmitGoalBody = Type.Partial(Type.Object(details))
export type ResubmitGoalBody = Static<typeof ResubmitGoalBody>

const revision = Type.Optional(
  Type.Integer({ minimum: 1, description: 'The revision you read: 409 if it was edited since' }),
)
const reason = Words(1000)

/** `PUT …/approve`, `…/accept` */
export const ApproveGoalBody = Type.Object({ revision })
export type ApproveGoalBody = Static<typeof ApproveGoalBody>

/** `PUT …/reject`, `…/decline` */
export const RejectGoalBody = Type.Object({ reason, revision })
export type RejectGoalBody = Static<typeof RejectGoalBody>

export const ReasonBody = Type.Object({ reason })
export type ReasonBody = Static<typeof ReasonBody>

export const ProgressBody = Type.Object({
  percent: Type.Integer({ minimum: 0, maximum: 100, description: 'How far it is now, in all' }),
  note: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
})
export type ProgressBody = Static<typeof ProgressBody>

export const Goal = Type.Object({
  id: Id,
  type: GoalType,
  title: Type.String(),
  description: Nullable(Type.String()),
  status: GoalStatus,
  quarter: Nullable(Quarter),
  year: Type.Integer(),
  start_date: Nullable(DateOnly),
  end_date: Nullable(DateOnly),
  progress: Type.Integer({ minimum: 0, maximum: 100 }),
  revision: Type.Integer({ description: 'One more with every edit; to be sent with a decision' }),
  owner: PersonRef,
  assigned_by: Nullable(PersonRef),
  unit: Nullable(Type.Object({ id: Id, name: Type.String() })),
  parent_goal_id: Nullable(Id),
  waiting_on: Type.Array(PersonRef, { description: 'Who must act now' }),
  waiting_since: Nullable(Timestamp),
  reason: Nullable(Type.String({ description: 'Of the rejection, decline or discard it is in' })),
  created_at: Timestamp,
  updated_at: Timestamp,
  allowed_actions: Type.Array(GoalAction, { description: 'Open to the caller now' }),
})
export type Goal = Static<typeof Goal>

export const GOAL_EVENTS = [
  'created',
  'assigned',
  'approved',
  'rejected',
  'accepted',
  'declined',
  'edited',
  'resubmitted',
  'progressed',
  'achieved',
  'discarded',
  'handed_over',
] as const

export const GoalEvent = Type.Object({
  id: Id,
  event: OneOf(GOAL_EVENTS),
  actor: PersonRef,
  from_status: Nullable(GoalStatus),
  to_status: GoalStatus,
  note: Nullable(Type.String({ description: 'Reason, or note on progress' })),
  percent: Nullable(Type.Integer()),
  changed_fields: Type.Array(Type.String()),
  created_at: Timestamp,
})
export type GoalEvent = Static<typeof GoalEvent>

/** `GET /api/goals/{id}`: the goal, what happened to it (oldest first), and the goal it serves. */
export const GoalDetail = Type.Object({
  ...Goal.properties,
  parent_goal: Nullable(Type.Object({ id: Id, title: Type.String() })),
  history: Type.Array(GoalEvent),
})
export type GoalDetail = Static<typeof GoalDetail>

const narrowing = {
  status: Type.Optional(GoalStatus),
  year: Type.Optional(Year),
  quarter: Type.Optional(Quarter),
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the title' })),
}

/** `GET /api/goals` */
export const GoalQuery = Type.Object({
  scope: Type.Optional(
    OneOf(['mine', 'team', 'organisation', 'waiting'], {
      description:
        'mine: I own it; team: people below me own it; organisation: yearly and quarterly; waiting: I must act',
    }),
  ),
  owner_id: Type.Optional(Type.String({ format: 'uuid', description: 'Whose goals' })),
  type: Type.Optional(GoalType),
  ...narrowing,
  ...paging(20),
})
export type GoalQuery = Static<typeof GoalQuery>

export const GoalPage = Page(Goal)
export type GoalPage = Static<typeof GoalPage>

/**
 * `GET /api/goals/tree`: goals that are part of this one; without it, yearly and quarterly goals that are part of none
 * that is selected. What the tree is narrowed by holds on every level.
 */
export const GoalTreeQuery = Type.Object({
  parent_goal_id: Type.Optional(
    Type.String({ format: 'uuid', description: 'What is part of this goal; the top, if left out' }),
  ),
  ...narrowing,
  ...paging(20),
})
export type GoalTreeQuery = Static<typeof GoalTreeQuery>

/** A goal in the tree. */
export const GoalBranch = Type.Object({
  ...Goal.properties,
  children: Type.Integer({ description: 'How many goals are part of it, of those selected and seen' }),
})
export type GoalBranch = Static<typeof GoalBranch>

export const GoalBranchPage = Page(GoalBranch)
export type GoalBranchPage = Static<typeof GoalBranchPage>
