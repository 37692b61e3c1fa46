/** Which roles somebody can give; the server has the last word. */
import type { Role } from '@pms/contract'
import { ROLES } from './words.ts'

/** Admins are named by a super admin only. @param current shown whoever looks: it is what the person has */
export const givableRoles = (mine: Role, current: Role): Role[] =>
  ROLES.filter(role => mine === 'super_admin' || role === 'staff' || role === 'hr' || role === current)
