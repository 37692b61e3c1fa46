/** Quarters whose goals are frozen: they are neither edited nor moved on until HR lifts it. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, PersonRef, paging } from './common.ts'
import { Quarter } from './goals.ts'

export const GOAL_FREEZE_ACTIONS = ['unfreeze'] as const

export const GoalFreeze = Type.Object({
  id: Id,
  year: Type.Integer(),
  quarter: Quarter,
  reason: Nullable(Type.String()),
  frozen_by: PersonRef,
  frozen_at: Timestamp,
  allowed_actions: Type.Array(OneOf(GOAL_FREEZE_ACTIONS)),
})
export type GoalFreeze = Static<typeof GoalFreeze>

/** `POST /api/goal-freezes` */
export const FreezeQuarterBody = Type.Object({
  year: Type.Integer({ minimum: 2000, maximum: 2100 }),
  quarter: Quarter,
  reason: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
})
export type FreezeQuarterBody = Static<typeof FreezeQuarterBody>

/** `GET /api/goal-freezes`: those in force, the newest first. `DELETE /api/goal-freezes/{id}` lifts one. */
export const GoalFreezeQuery = Type.Object({
  year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2100, description: 'Of this year' })),
  quarter: Type.Optional(Quarter),
  ...paging(20),
})
export type GoalFreezeQuery = Static<typeof GoalFreezeQuery>

export const GoalFreezePage = Page(GoalFreeze)
export type GoalFreezePage = Static<typeof GoalFreezePage>
