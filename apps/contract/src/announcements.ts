/** Announcements: what everybody, a part of the organisation or a role should know. */
import { PRIORITIES, Priority, Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, PersonRef, paging, Words } from './common.ts'
import { Role } from './people.ts'

export const ANNOUNCEMENT_STATUSES = ['DRAFT', 'PUBLISHED'] as const
export const AnnouncementStatus = OneOf(ANNOUNCEMENT_STATUSES, {
  description: 'Drafts are seen by those who may publish, and by nobody else',
})
export type AnnouncementStatus = (typeof ANNOUNCEMENT_STATUSES)[number]

/** What a person can do with one; `allowed_actions` lists those open to the caller now. */
export const ANNOUNCEMENT_ACTIONS = ['edit', 'delete', 'publish', 'acknowledge'] as const
export const AnnouncementAction = OneOf(ANNOUNCEMENT_ACTIONS)
export type AnnouncementAction = (typeof ANNOUNCEMENT_ACTIONS)[number]

export const AUDIENCES = ['everyone', 'unit', 'role'] as const
export const Audience = OneOf(AUDIENCES, {
  description: 'unit: those of `unit_id` and of every unit below it; role: those who have `role`',
})
export type Audience = (typeof AUDIENCES)[number]

const content = {
  title: Words(200),
  body: Words(2000),
  priority: Priority,
  audience: Audience,
  unit_id: Type.Optional(Nullable(Id, { description: 'With the audience `unit`' })),
  role: Type.Optional(Nullable(Role, { description: 'With the audience `role`' })),
  requires_acknowledgement: Type.Boolean({ description: 'Readers are asked to say that they have read it' }),
}

/** `POST /api/announcements` */
export const CreateAnnouncementBody = Type.Object({
  ...content,
  priority: OneOf(PRIORITIES, { default: 'medium' }),
  requires_acknowledgement: Type.Boolean({ default: false }),
  publish: Type.Boolean({ default: false, description: 'At once; else it is a draft' }),
})
export type CreateAnnouncementBody = Static<typeof CreateAnnouncementBody>

/** `PATCH /api/announcements/{id}`: what is left out stays as it is. */
export const EditAnnouncementBody = Type.Partial(Type.Object(content), { minProperties: 1 })
export type EditAnnouncementBody = Static<typeof EditAnnouncementBody>

/** How far it has come; for those who may publish. */
export const AnnouncementProgress = Type.Object({
  recipients: Type.Integer({ description: 'Who it was published to' }),
  delivered: Type.Integer({ description: 'Who has it in their inbox' }),
  acknowledged: Type.Integer(),
})
export type AnnouncementProgress = Static<typeof AnnouncementProgress>

export const Announcement = Type.Object({
  id: Id,
  title: Type.String(),
  body: Type.String(),
  priority: Priority,
  status: AnnouncementStatus,
  audience: Audience,
  unit: Nullable(Type.Object({ id: Id, name: Type.String() })),
  role: Nullable(Role),
  requires_acknowledgement: Type.Boolean(),
  author: PersonRef,
  published_by: Nullable(PersonRef),
  published_at: Nullable(Timestamp),
  progress: Nullable(AnnouncementProgress),
  acknowledged_at: Nullable(Type.String({ format: 'date-time', description: 'By the caller' })),
  created_at: Timestamp,
  updated_at: Timestamp,
  allowed_actions: Type.Array(AnnouncementAction, { description: 'Open to the caller now' }),
})
export type Announcement = Static<typeof Announcement>

/** `GET /api/announcements` */
export const AnnouncementQuery = Type.Object({
  scope: Type.Optional(
    OneOf(['mine', 'waiting'], {
      description: 'mine: meant for me; waiting: I am asked to acknowledge it and have not',
    }),
  ),
  status: Type.Optional(AnnouncementStatus),
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the title' })),
  ...paging(20),
})
export type AnnouncementQuery = Static<typeof AnnouncementQuery>

export const AnnouncementPage = Page(Announcement)
export type AnnouncementPage = Static<typeof AnnouncementPage>

/** `GET /api/announcements/{id}/acknowledgements` */
export const AcknowledgementQuery = Type.Object({
  status: Type.Optional(
    OneOf(['acknowledged', 'waiting'], { description: 'Those who have, or those who have not' }),
  ),
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of a name' })),
  ...paging(50),
})
export type AcknowledgementQuery = Static<typeof AcknowledgementQuery>

/** Who was asked: the last to acknowledge first, then by name those who have not. */
export const AcknowledgementPage = Type.Object({
  ...Page(Type.Object({ person: PersonRef, acknowledged_at: Nullable(Timestamp) })).properties,
  asked: Type.Integer({ description: 'How many were asked, whatever is listed here' }),
  acknowledged: Type.Integer(),
})
export type AcknowledgementPage = Static<typeof AcknowledgementPage>
