/** Who may do what with an account, and in which state: the one table that refusals and `allowed_actions` come from. */
import { type Role, USER_ACTIONS, type UserAction, type UserStatus } from '@pms/contract'
import type { Caller } from '../../auth/caller.ts'
import type { UserTable } from './tables.ts'

/** What of an account its rules go by. */
export type Account = Pick<UserTable, 'id' | 'role' | 'status'> & {
  /** The last super admin who is active: without them nobody could make another. */
  isLast: boolean
  /** It is nobody's any more. */
  isErased: boolean
}

/** What a caller is to an account. */
interface Relation {
  isSelf: boolean
  /** Keeps the accounts of others, this one among them. Never their own. */
  isManager: boolean
  /** May read what was done, by whom. */
  isAuditor: boolean
}

interface Rule {
  from: readonly UserStatus[]
  who(relation: Relation): boolean
  /** It would leave nobody who may do everything. */
  unlessLast?: true
  /** It would bring back somebody who is not there any more, or do it twice. */
  unlessErased?: true
}

const ALL = ['active', 'suspended', 'on_leave', 'archived'] as const
const THERE = ['active', 'suspended', 'on_leave'] as const
const LET_IN = ['active', 'on_leave'] as const

export const USER_RULES: Record<UserAction, Rule> = {
  edit: { from: THERE, who: is => is.isManager },
  edit_own: { from: LET_IN, who: is => is.isSelf },
  set_status: { from: ALL, who: is => is.isManager, unlessLast: true, unlessErased: true },
  set_role: { from: THERE, who: is => is.isManager, unlessLast: true },
  archive: { from: THERE, who: is => is.isManager, unlessLast: true },
  renew_onboarding: { from: LET_IN, who: is => is.isManager },
  delegate: { from: LET_IN, who: is => is.isSelf || is.isManager },
  read_history: { from: ALL, who: is => is.isSelf || is.isManager || is.isAuditor },
  export_data: { from: ALL, who: is => is.isSelf || is.isManager, unlessErased: true },
  erase: { from: ['archived'], who: is => is.isManager, unlessErased: true },
}

type Knower = Pick<Caller, 'id' | 'role' | 'permissions'>

export function relationTo(caller: Knower, account: Pick<Account, 'id' | 'role'>): Relation {
  const isSelf = caller.id === account.id
  const outranks = caller.role === 'super_admin' || !isPowerful(account.role)
  return {
    isSelf,
    isManager: !isSelf && outranks && caller.permissions.has('users.manage'),
    isAuditor: caller.permissions.has('audit.read'),
  }
}

/** What this caller can do with this account as it stands. */
export function allowedActions(caller: Knower, account: Account): UserAction[] {
  const relation = relationTo(caller, account)
  return USER_ACTIONS.filter(action => {
    const rule = USER_RULES[action]
    return (
      rule.who(relation) &&
      rule.from.includes(account.status) &&
      !(rule.unlessLast && account.isLast) &&
      !(rule.unlessErased && account.isErased)
    )
  })
}

/** Roles that only a super admin gives, and whose holders only a super admin keeps. */
export function isPowerful(role: Role): boolean {
  return role === 'admin' || role === 'super_admin'
}
