/** Roles and statuses as they stand in a sentence. */
import type { Role, UserStatus } from '@pms/contract'

export const STATUS_WORDS: Readonly<Record<UserStatus, string>> = {
  active: 'active',
  suspended: 'suspended',
  on_leave: 'on leave',
  archived: 'archived',
}

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  staff: 'staff',
  hr: 'HR',
  admin: 'admin',
  super_admin: 'super admin',
}
