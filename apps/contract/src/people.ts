/** People of the organisation: their accounts, and what may be done to them. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { DateOnly, Id, Nullable, OneOf, Page, PersonRef, paging, Words } from './common.ts'

export const ROLES = ['staff', 'hr', 'admin', 'super_admin'] as const
export const Role = OneOf(ROLES, { description: 'What somebody may do follows from it' })
export type Role = (typeof ROLES)[number]

export const USER_STATUSES = ['active', 'suspended', 'on_leave', 'archived'] as const
export const UserStatus = OneOf(USER_STATUSES, {
  description: 'suspended and archived: cannot sign in; on_leave: others decide in their place',
})
export type UserStatus = (typeof USER_STATUSES)[number]

export const PERMISSIONS = [
  'users.manage',
  'goals.organisation',
  'goals.view_all',
  'reviews.manage',
  'announcements.publish',
  'approvals.all',
  'audit.read',
  'keys.manage',
  'system.observe',
] as const
export const Permission = OneOf(PERMISSIONS)
export type Permission = (typeof PERMISSIONS)[number]

export const User = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  job_title: Type.String(),
  role: Role,
  status: UserStatus,
  unit: Nullable(Type.Object({ id: Id, name: Type.String() })),
  supervisor: Nullable(PersonRef),
  created_at: Timestamp,
})
export type User = Static<typeof User>

/** What can be done with an account; `allowed_actions` lists those open to the caller now. */
export const USER_ACTIONS = [
  'edit',
  'edit_own',
  'set_status',
  'set_role',
  'archive',
  'renew_onboarding',
  'delegate',
  'read_history',
  'export_data',
  'erase',
] as const
export const UserAction = OneOf(USER_ACTIONS)
export type UserAction = (typeof USER_ACTIONS)[number]

/** A person as the directory shows them. */
export const UserEntry = Type.Object({
  ...User.properties,
  allowed_actions: Type.Array(UserAction),
  /** Who stands in for this person today. */
  absence: Nullable(Type.Object({ delegate: PersonRef, from: DateOnly, to: DateOnly })),
})
export type UserEntry = Static<typeof UserEntry>

/** `GET /api/users/{id}` */
export const UserProfile = Type.Object({
  ...UserEntry.properties,
  approvers: Type.Array(PersonRef, { description: 'Who decides about this person’s work now' }),
  reports: Type.Integer({ description: 'How many people report to this person, without those who left' }),
  /** Whether a password was set; null: not the caller's to know. */
  onboarded: Nullable(Type.Boolean()),
})
export type UserProfile = Static<typeof UserProfile>

const Name = Words(100)
const Email = Type.String({ minLength: 3, maxLength: 254 })
const JobTitle = Type.String({ maxLength: 100 })

/** `POST /api/users` */
export const CreateUserBody = Type.Object({
  name: Name,
  email: Email,
  job_title: Type.Optional(JobTitle),
  unit_id: Type.Optional(Nullable(Id)),
  supervisor_id: Type.Optional(Nullable(Id)),
  role: Type.Optional(Role),
})
export type CreateUserBody = Static<typeof CreateUserBody>

/** `PATCH /api/users/{id}`: what is left out stays as it is. */
export const EditUserBody = Type.Partial(
  Type.Object({
    name: Name,
    email: Email,
    job_title: JobTitle,
    unit_id: Nullable(Id),
    supervisor_id: Nullable(Id),
  }),
  { minProperties: 1 },
)
export type EditUserBody = Static<typeof EditUserBody>

/** `PATCH /api/users/me`: what people change of themselves. The rest is their employer's to say. */
export const EditOwnBody = Type.Object({ name: Name })
export type EditOwnBody = Static<typeof EditOwnBody>

/** `PUT /api/users/{id}/status` */
export const SetStatusBody = Type.Object({ status: OneOf(['active', 'suspended', 'on_leave']) })
export type SetStatusBody = Static<typeof SetStatusBody>

/** `PUT /api/users/{id}/role` */
export const SetRoleBody = Type.Object({ role: Role })
export type SetRoleBody = Static<typeof SetRoleBody>

/** `PUT /api/users/{id}/archive` */
export const ArchiveUserBody = Type.Object({
  handover_to: Type.Optional(
    Type.String({ format: 'uuid', description: 'Who takes over; needed where there is open work' }),
  ),
})
export type ArchiveUserBody = Static<typeof ArchiveUserBody>

/** `PUT /api/users/{id}/erase` */
export const EraseUserBody = Type.Object({
  email: Type.String({
    maxLength: 254,
    description: 'Their address, typed by whoever means it: it cannot be undone',
  }),
})
export type EraseUserBody = Static<typeof EraseUserBody>

/** `GET /api/users/{id}/open-work`: what would go to somebody else. Kinds without any are left out. */
export const OpenWork = Type.Object({
  items: Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer() })),
  total: Type.Integer(),
})
export type OpenWork = Static<typeof OpenWork>

/** `GET /api/users` */
export const UserQuery = Type.Object({
  scope: Type.Optional(
    OneOf(['all', 'team'], { description: 'team: everybody below the caller, at any depth' }),
  ),
  status: Type.Optional(UserStatus),
  role: Type.Optional(Role),
  unit_id: Type.Optional(Type.String({ format: 'uuid', description: 'That unit and all below it' })),
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of a name, email or job title' })),
  ...paging(50),
})
export type UserQuery = Static<typeof UserQuery>

export const UserPage = Page(UserEntry)
export type UserPage = Static<typeof UserPage>
