/** What each role may do, beyond what everybody may. */
import { PERMISSIONS, type Permission, ROLES, type Role } from '@pms/contract'

const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  staff: [],
  hr: [
    'users.manage',
    'goals.organisation',
    'goals.view_all',
    'reviews.manage',
    'announcements.publish',
    'approvals.all',
    'audit.read',
  ],
  admin: ['users.manage', 'keys.manage', 'audit.read', 'system.observe', 'announcements.publish'],
  super_admin: PERMISSIONS,
}

/** The permissions of a role, in the order in which they are declared. */
export function permissionsOf(role: Role): readonly Permission[] {
  return GRANTS[role]
}

export function rolesWith(permission: Permission): Role[] {
  return ROLES.filter(role => GRANTS[role].includes(permission))
}

/** Whoever has this role is asked where nobody else can decide. */
export function decidesForAll(role: Role): boolean {
  return permissionsOf(role).includes('approvals.all')
}
