/** People of the organisation. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, PersonRef } from './common.ts'

export const ROLES = ['staff', 'hr', 'admin', 'super_admin'] as const
export const Role = OneOf(ROLES)
export type Role = (typeof ROLES)[number]

export const USER_STATUSES = ['active', 'suspended', 'on_leave', 'archived'] as const
export const UserStatus = OneOf(USER_STATUSES)
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

/** `PUT /api/users/{id}/status` */
export const SetStatusBody = Type.Object({ status: OneOf(['active', 'suspended', 'on_leave']) })
export type SetStatusBody = Static<typeof SetStatusBody>

/** `PUT /api/users/{id}/role` */
export const SetRoleBody = Type.Object({ role: Role })
export type SetRoleBody = Static<typeof SetRoleBody>

/** `GET /api/users` */
export const UserQuery = Type.Object({
  scope: Type.Optional(
    OneOf(['all', 'team'], { description: 'team: everybody below the caller, at any depth' }),
  ),
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of a name, email or job title' })),
  skip: Type.Integer({ minimum: 0, maximum: 10_000, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
})
export type UserQuery = Static<typeof UserQuery>

export const UserPage = Page(User)
export type UserPage = Static<typeof UserPage>

/** From the whole organisation down. */
export const UNIT_KINDS = ['global', 'directorate', 'department', 'unit'] as const
export const UnitKind = OneOf(UNIT_KINDS)
export type UnitKind = (typeof UNIT_KINDS)[number]

export const Unit = Type.Object({
  id: Id,
  name: Type.String(),
  kind: UnitKind,
  parent_id: Nullable(Id),
})
export type Unit = Static<typeof Unit>

/** `GET /api/units`: all of them, by name. */
export const UnitPage = Page(Unit)
export type UnitPage = Static<typeof UnitPage>
