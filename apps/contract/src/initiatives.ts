/** Initiatives: pieces of work with a day on which they are due, done by one person or a group. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Attachment, AttachmentIds } from './attachments.ts'
import { DateOnly, Id, Nullable, OneOf, Page, PersonRef, paging, Words } from './common.ts'

export const INITIATIVE_TYPES = ['INDIVIDUAL', 'GROUP'] as const
export const InitiativeType = OneOf(INITIATIVE_TYPES, {
  description: 'Of one person, or of several with a head',
})
export type InitiativeType = (typeof INITIATIVE_TYPES)[number]

export const URGENCIES = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const
export const Urgency = OneOf(URGENCIES, { description: 'How urgent it is' })
export type Urgency = (typeof URGENCIES)[number]

export const INITIATIVE_STATUSES = [
  'PENDING_APPROVAL',
  'ASSIGNED',
  'REJECTED',
  'STARTED',
  'COMPLETED',
  'APPROVED',
  'OVERDUE',
] as const
export const InitiativeStatus = OneOf(INITIATIVE_STATUSES, {
  description:
    'PENDING_APPROVAL: proposed; ASSIGNED: to be started; COMPLETED: submitted, to be reviewed; APPROVED: reviewed; OVERDUE: not submitted by the end of its day, and still to be',
})
export type InitiativeStatus = (typeof INITIATIVE_STATUSES)[number]

/** What a person can do with an initiative that exists; `allowed_actions` lists those open to the caller now. */
export const INITIATIVE_ACTIONS = [
  'approve',
  'reject',
  'edit',
  'resubmit',
  'start',
  'submit',
  'review',
  'return',
  'request_extension',
  'reassign',
] as const
export const InitiativeAction = OneOf(INITIATIVE_ACTIONS)
export type InitiativeAction = (typeof INITIATIVE_ACTIONS)[number]

/** Withdrawn: what it was asked for was submitted, or given to others, before anybody decided. */
export const EXTENSION_STATUSES = ['PENDING', 'APPROVED', 'DENIED', 'WITHDRAWN'] as const
export const ExtensionStatus = OneOf(EXTENSION_STATUSES)
export type ExtensionStatus = (typeof EXTENSION_STATUSES)[number]

export const EXTENSION_ACTIONS = ['approve', 'deny'] as const
export const ExtensionAction = OneOf(EXTENSION_ACTIONS)
export type ExtensionAction = (typeof EXTENSION_ACTIONS)[number]

const MAX_PEOPLE = 50
const People = Type.Array(Id, { minItems: 1, maxItems: MAX_PEOPLE, uniqueItems: true })
const DueDate = Type.String({
  format: 'date',
  description: 'Late from the end of this day on; not in the past',
})

const details = {
  title: Words(200),
  description: Type.Optional(Nullable(Type.String({ maxLength: 5000 }))),
  urgency: Urgency,
  due_date: DueDate,
  goal_id: Type.Optional(Nullable(Id, { description: 'The goal that it serves' })),
}

const team = {
  assignee_ids: People,
  head_id: Type.Optional(Nullable(Type.String({ format: 'uuid', description: 'GROUP: one of them' }))),
}

/** `POST /api/initiatives`: an individual one is the proposer's own; of a group the proposer is part. */
export const ProposeInitiativeBody = Type.Object({
  ...details,
  ...Type.Partial(Type.Object(team)).properties,
  type: InitiativeType,
})
export type ProposeInitiativeBody = Static<typeof ProposeInitiativeBody>

/** `POST /api/initiatives/assign`: to people below the caller. */
export const AssignInitiativeBody = Type.Object({ ...details, ...team, type: InitiativeType })
export type AssignInitiativeBody = Static<typeof AssignInitiativeBody>

/** `PATCH /api/initiatives/{id}`: what is left out stays as it is. */
export const EditInitiativeBody = Type.Partial(Type.Object({ ...details, ...team }), { minProperties: 1 })
export type EditInitiativeBody = Static<typeof EditInitiativeBody>

/** `PUT …/resubmit`: the last edits may come with it. */
export const ResubmitInitiativeBody = Type.Partial(Type.Object({ ...details, ...team }))
export type ResubmitInitiativeBody = Static<typeof ResubmitInitiativeBody>

const revision = Type.Optional(
  Type.Integer({ minimum: 1, description: 'The revision you read: 409 if it was edited since' }),
)

export const ApproveInitiativeBody = Type.Object({ revision })
export type ApproveInitiativeBody = Static<typeof ApproveInitiativeBody>

export const RejectInitiativeBody = Type.Object({ reason: Words(1000), revision })
export type RejectInitiativeBody = Static<typeof RejectInitiativeBody>

export const SubmitInitiativeBody = Type.Object({
  report: Type.String({ ...Words(10_000), description: 'What was done, and what came of it' }),
  attachment_ids: Type.Optional(AttachmentIds),
})
export type SubmitInitiativeBody = Static<typeof SubmitInitiativeBody>

export const ReviewInitiativeBody = Type.Object({
  score: Type.Integer({ minimum: 1, maximum: 10, description: '10 is the best' }),
  feedback: Type.Optional(Nullable(Type.String({ maxLength: 5000 }))),
})
export type ReviewInitiativeBody = Static<typeof ReviewInitiativeBody>

export const ReturnInitiativeBody = Type.Object({ feedback: Words(1000) })
export type ReturnInitiativeBody = Static<typeof ReturnInitiativeBody>

/** `PUT …/reassign`: these people instead. The head of a group stays if left out and still among them. */
export const ReassignInitiativeBody = Type.Object(team)
export type ReassignInitiativeBody = Static<typeof ReassignInitiativeBody>

/** `POST …/extensions` */
export const RequestExtensionBody = Type.Object({ new_due_date: DueDate, reason: Words(1000) })
export type RequestExtensionBody = Static<typeof RequestExtensionBody>

/** `PUT …/extensions/{extension_id}/approve`: to the day asked for, or another. */
export const ApproveExtensionBody = Type.Object({ due_date: Type.Optional(DueDate) })
export type ApproveExtensionBody = Static<typeof ApproveExtensionBody>

/** `PUT …/extensions/{extension_id}/deny` */
export const DenyExtensionBody = Type.Object({ reason: Words(1000) })
export type DenyExtensionBody = Static<typeof DenyExtensionBody>

export const InitiativeExtension = Type.Object({
  id: Id,
  status: ExtensionStatus,
  requested_by: PersonRef,
  due_date: Type.String({ format: 'date', description: 'As it was when more time was asked for' }),
  new_due_date: Type.String({ format: 'date', description: 'Asked for; once approved: granted' }),
  reason: Type.String(),
  decided_by: Nullable(PersonRef),
  decided_at: Nullable(Timestamp),
  denial_reason: Nullable(Type.String()),
  waiting_on: Type.Array(PersonRef, { description: 'Who must decide now' }),
  created_at: Timestamp,
  allowed_actions: Type.Array(ExtensionAction),
})
export type InitiativeExtension = Static<typeof InitiativeExtension>

export const Initiative = Type.Object({
  id: Id,
  type: InitiativeType,
  title: Type.String(),
  description: Nullable(Type.String()),
  status: InitiativeStatus,
  urgency: Urgency,
  due_date: DateOnly,
  goal_id: Nullable(Id),
  revision: Type.Integer({ description: 'One more with every edit; to be sent with a decision' }),
  created_by: PersonRef,
  assignees: Type.Array(PersonRef),
  head: Type.Unsafe<PersonRef>({ ...PersonRef, description: 'Who answers for it: starts and submits it' }),
  waiting_on: Type.Array(PersonRef, { description: 'Who must act now' }),
  waiting_since: Nullable(Timestamp),
  reason: Nullable(Type.String({ description: 'Of the rejection it is in' })),
  submitted_at: Nullable(Timestamp),
  score: Nullable(Type.Integer({ minimum: 1, maximum: 10 })),
  feedback: Nullable(Type.String({ description: 'Of the review, or of the return it is worked on after' })),
  reviewed_by: Nullable(PersonRef),
  reviewed_at: Nullable(Timestamp),
  open_extension: Nullable(InitiativeExtension),
  created_at: Timestamp,
  updated_at: Timestamp,
  allowed_actions: Type.Array(InitiativeAction, { description: 'Open to the caller now' }),
})
export type Initiative = Static<typeof Initiative>

export const INITIATIVE_EVENTS = [
  'proposed',
  'assigned',
  'approved',
  'rejected',
  'edited',
  'resubmitted',
  'started',
  'submitted',
  'reviewed',
  'returned',
  'reassigned',
  'overdue',
  'extension_requested',
  'extension_approved',
  'extension_denied',
  'extension_withdrawn',
] as const

export const InitiativeEvent = Type.Object({
  id: Id,
  event: OneOf(INITIATIVE_EVENTS),
  actor: Type.Union([PersonRef, Type.Null()], { description: 'null: time did it' }),
  from_status: Nullable(InitiativeStatus),
  to_status: InitiativeStatus,
  note: Nullable(Type.String({ description: 'Reason, feedback, or to whom it was reassigned' })),
  due_date: Nullable(
    Type.String({ format: 'date', description: 'The day it was overdue after, or an extension is about' }),
  ),
  changed_fields: Type.Array(Type.String()),
  created_at: Timestamp,
})
export type InitiativeEvent = Static<typeof InitiativeEvent>

/** `GET /api/initiatives/{id}`: with what happened to it and every extension asked for, oldest first. */
export const InitiativeDetail = Type.Object({
  ...Initiative.properties,
  goal: Type.Union([Type.Object({ id: Id, title: Type.String() }), Type.Null()], {
    description: 'null also where the caller cannot see the goal',
  }),
  report: Nullable(Type.String()),
  attachments: Type.Array(Attachment, { description: 'Of the report' }),
  extensions: Type.Array(InitiativeExtension),
  history: Type.Array(InitiativeEvent),
})
export type InitiativeDetail = Static<typeof InitiativeDetail>

/** `GET /api/initiatives` */
export const InitiativeQuery = Type.Object({
  scope: Type.Optional(
    OneOf(['mine', 'team', 'waiting'], {
      description:
        'mine: I am assigned to it; team: somebody below me is; waiting: I must act. All, if left out',
    }),
  ),
  status: Type.Optional(InitiativeStatus),
  urgency: Type.Optional(Urgency),
  type: Type.Optional(InitiativeType),
  due_after: Type.Optional(Type.String({ format: 'date', description: 'Due on this day or later' })),
  due_before: Type.Optional(Type.String({ format: 'date', description: 'Due on this day or earlier' })),
  goal_id: Type.Optional(Type.String({ format: 'uuid', description: 'Of this goal' })),
  assignee_id: Type.Optional(Type.String({ format: 'uuid', description: 'One of those who work on it' })),
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the title' })),
  ...paging(20),
})
export type InitiativeQuery = Static<typeof InitiativeQuery>

export const InitiativePage = Page(Initiative)
export type InitiativePage = Static<typeof InitiativePage>
