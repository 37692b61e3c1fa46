/** What awaits somebody's decision, of every kind, in one list; and deciding about several at once. */
import { Problem, Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { DateOnly, Id, Nullable, OneOf, Page, PersonRef, paging } from './common.ts'

export const DECISIONS = ['approve', 'reject', 'accept', 'decline', 'deny', 'acknowledge'] as const
export const Decision = OneOf(DECISIONS)
export type Decision = (typeof DECISIONS)[number]

export const APPROVAL_KINDS = [
  'goal_approval',
  'goal_acceptance',
  'initiative_approval',
  'initiative_review',
  'initiative_extension',
  'review',
  'announcement_acknowledgement',
] as const
export const ApprovalKind = OneOf(APPROVAL_KINDS, { description: 'What is asked for' })
export type ApprovalKind = (typeof APPROVAL_KINDS)[number]

/** What can be decided from the list. Where there is nothing more is asked than a word: its page asks it. */
export const DECISIONS_OF = {
  goal_approval: ['approve', 'reject'],
  goal_acceptance: ['accept', 'decline'],
  initiative_approval: ['approve', 'reject'],
  initiative_review: [],
  initiative_extension: ['approve', 'deny'],
  review: [],
  announcement_acknowledgement: ['acknowledge'],
} as const satisfies Record<ApprovalKind, readonly Decision[]>

/** Bad news is given with its reason. */
export const DECISIONS_WITH_REASON: readonly Decision[] = ['reject', 'decline', 'deny']

export const ApprovalItem = Type.Object({
  kind: ApprovalKind,
  id: Type.String({
    description: 'What is decided about: of an extension the extension, not its initiative',
  }),
  object_id: Type.String({ description: 'What its page shows' }),
  title: Type.String(),
  detail: Type.String({ description: 'One short line: Q1 2027' }),
  requested_by: Nullable(PersonRef),
  subject: Type.Object(PersonRef.properties, { description: 'Whose work it is' }),
  waiting_since: Timestamp,
  waiting_on: Type.Array(PersonRef),
  due_on: Nullable(DateOnly),
  action_url: Type.String(),
  decisions: Type.Array(Decision, {
    description: 'What POST /api/approvals/decide takes for it; empty: open the page',
  }),
  revision: Nullable(
    Type.Integer({ description: 'To be sent with the decision: 409 if it was edited since' }),
  ),
})
export type ApprovalItem = Static<typeof ApprovalItem>

/** `GET /api/approvals` */
export const ApprovalQuery = Type.Object({
  scope: OneOf(['mine', 'sent'], {
    default: 'mine',
    description: 'mine: awaits the caller; sent: what the caller waits for',
  }),
  kind: Type.Optional(ApprovalKind),
  ...paging(50),
})
export type ApprovalQuery = Static<typeof ApprovalQuery>

/** Unlike other lists the oldest first: who has waited longest comes first. */
export const ApprovalPage = Page(ApprovalItem)
export type ApprovalPage = Static<typeof ApprovalPage>

/** `POST /api/approvals/decide`: each on its own; what becomes of one does not touch the others. */
export const DecideBody = Type.Object({
  decisions: Type.Array(
    Type.Object({
      kind: ApprovalKind,
      id: Id,
      decision: Decision,
      reason: Type.Optional(
        Type.String({ maxLength: 1000, description: 'Needed to reject, decline or deny' }),
      ),
      revision: Type.Optional(
        Type.Integer({ minimum: 1, description: 'The revision you read: 409 if it was edited since' }),
      ),
    }),
    { minItems: 1, maxItems: 100 },
  ),
})
export type DecideBody = Static<typeof DecideBody>

/** A result for each decision, in the order they came. */
export const DecideResult = Type.Object({
  results: Type.Array(
    Type.Object({
      kind: ApprovalKind,
      id: Id,
      ok: Type.Boolean(),
      status: Type.Optional(Type.String({ description: 'What it is now, where it was done' })),
      problem: Type.Optional(Problem),
    }),
  ),
})
export type DecideResult = Static<typeof DecideResult>
