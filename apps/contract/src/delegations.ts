/** Delegations: who decides in the place of somebody who is away, on which days. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { DateOnly, Id, Nullable, OneOf, Page, PersonRef, paging } from './common.ts'

/** planned: its first day is still to come; over: its last day has passed. */
export const DELEGATION_STATES = ['planned', 'running', 'over'] as const
export const DelegationState = OneOf(DELEGATION_STATES, {
  description: 'planned: its first day is still to come; over: its last day has passed',
})
export type DelegationState = (typeof DELEGATION_STATES)[number]

export const DELEGATION_ACTIONS = ['cancel'] as const
export const DelegationAction = OneOf(DELEGATION_ACTIONS)
export type DelegationAction = (typeof DELEGATION_ACTIONS)[number]

/** `POST /api/delegations` */
export const CreateDelegationBody = Type.Object({
  user_id: Type.Optional(
    Type.String({ format: 'uuid', description: 'Who is away; the caller, if left out' }),
  ),
  delegate_id: Type.String({ format: 'uuid', description: 'Who decides instead' }),
  from: Type.String({ format: 'date', description: 'The first day' }),
  to: Type.String({ format: 'date', description: 'The last day, inclusive' }),
  reason: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
})
export type CreateDelegationBody = Static<typeof CreateDelegationBody>

export const Delegation = Type.Object({
  id: Id,
  /** Who is away. */
  user: PersonRef,
  delegate: PersonRef,
  from: DateOnly,
  to: DateOnly,
  reason: Nullable(Type.String()),
  state: DelegationState,
  created_at: Timestamp,
  allowed_actions: Type.Array(DelegationAction),
})
export type Delegation = Static<typeof Delegation>

/** `GET /api/delegations`: those of the caller, from either side; all of them for holders of `users.manage`. */
export const DelegationQuery = Type.Object({
  user_id: Type.Optional(Type.String({ format: 'uuid', description: 'Of this person, from either side' })),
  state: Type.Optional(DelegationState),
  ...paging(20),
})
export type DelegationQuery = Static<typeof DelegationQuery>

export const DelegationPage = Page(Delegation)
export type DelegationPage = Static<typeof DelegationPage>
