/** The audit trail: who did what, when. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, Page, paging } from './common.ts'

export const AuditEntry = Type.Object({
  id: Id,
  at: Timestamp,
  /** `id` is null when nobody signed in did it: time, or the command line. */
  actor: Type.Object({ id: Nullable(Id), name: Type.String({ description: 'As it was then' }) }),
  action: Type.String({ description: 'In the form thing.happened, such as user.status_changed' }),
  object: Type.Object({ type: Type.String(), id: Type.String() }),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export type AuditEntry = Static<typeof AuditEntry>

/** `GET /api/audit` */
export const AuditQuery = Type.Object({
  actor_id: Type.Optional(Type.String({ format: 'uuid', description: 'Who did it' })),
  action: Type.Optional(
    Type.String({ maxLength: 100, description: 'How the action begins: user, user.role' }),
  ),
  object_type: Type.Optional(
    Type.String({ maxLength: 100, description: 'To what kind of thing, such as user' }),
  ),
  object_id: Type.Optional(Type.String({ maxLength: 100, description: 'To which of them' })),
  from: Type.Optional(Type.String({ format: 'date', description: 'From the beginning of this day' })),
  to: Type.Optional(Type.String({ format: 'date', description: 'To the end of this day' })),
  ...paging(50),
})
export type AuditQuery = Static<typeof AuditQuery>

/** `GET /api/users/{id}/history`: what was done to one account. */
export const HistoryQuery = Type.Object({
  ...paging(50),
})
export type HistoryQuery = Static<typeof HistoryQuery>

export const AuditPage = Page(AuditEntry)
export type AuditPage = Static<typeof AuditPage>
