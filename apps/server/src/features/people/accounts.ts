/** Opening an account for an action: the guards that all verbs share. */
import type { Role, UserAction } from '@pms/contract'
import type { Caller } from '../../auth/caller.ts'
import type { Tx } from '../../database.ts'
import { conflict, forbidden, notFound, unprocessable } from '../../http/errors.ts'
import { isPowerful, relationTo, USER_RULES } from './policy.ts'
import { isAbove } from './reporting-lines.ts'
import type { UserTable } from './tables.ts'
import { STATUS_WORDS } from './words.ts'

/** Holds an account for the caller to act on: 404 when it is not there, 403 not theirs to do, 409 not now. */
export async function openAccount(
  tx: Tx,
  caller: Caller,
  id: string,
  action: UserAction,
): Promise<UserTable> {
  const account = await tx.capabilities
    .lockRows(tx.db.selectFrom('users').selectAll().where('id', '=', id))
    .executeTakeFirst()
  if (!account) throw notFound('user')
  const rule = USER_RULES[action]
  if (!rule.who(relationTo(caller, account))) throw forbidden(whyForbidden(caller, account))
  if (!rule.from.includes(account.status))
    throw conflict(await whyNot(tx, account), { currentStatus: account.status })
  if (rule.unlessErased && account.erased_at !== null)
    throw conflict('This account was erased', { currentStatus: account.status })
  return account
}

/** Somebody must be left who may do everything. Holds them all: two who put each other out at once are not both done. */
export async function assertNotLast(tx: Tx, account: UserTable): Promise<void> {
  if (account.role !== 'super_admin' || account.status !== 'active') return
  const holders = tx.db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'super_admin')
    .where('status', '=', 'active')
    .orderBy('id')
  const ids = await tx.capabilities.lockRows(holders).execute()
  if (ids.some(({ id }) => id !== account.id)) return
  throw conflict('This is the last super admin who is active', {
    code: 'last_super_admin',
    currentStatus: account.status,
  })
}

export function assertMayGive(caller: Caller, role: Role): void {
  if (caller.role !== 'super_admin' && isPowerful(role))
    throw forbidden(`Only a super admin makes somebody ${role}`)
}

export async function assertUnit(tx: Tx, id: string): Promise<void> {
  const unit = await tx.db.selectFrom('org_units').select('id').where('id', '=', id).executeTakeFirst()
  if (!unit) throw unprocessable('unit_id', 'There is no such unit')
}

/**
 * Somebody active, to be named in a field; held, so that they are still active when it is done.
 * @returns who it is
 */
export async function assertActive(tx: Tx, field: string, id: string, what: string) {
  const person = await tx.capabilities
    .lockRows(tx.db.selectFrom('users').select(['id', 'name', 'status']).where('id', '=', id))
    .executeTakeFirst()
  if (!person) throw unprocessable(field, `There is no such ${what}`)
  if (person.status !== 'active') throw unprocessable(field, `The ${what} must be an active user`)
  return { id: person.id, name: person.name }
}

/** Nobody stands above themselves. */
export async function assertNoLoop(tx: Tx, userId: string, supervisorId: string): Promise<void> {
  if (userId === supervisorId)
    throw unprocessable('supervisor_id', 'Nobody is their own supervisor', 'supervisor_loop')
  if (await isAbove(tx.db, userId, supervisorId))
    throw unprocessable(
      'supervisor_id',
      'The supervisor must not be somebody who reports to this person, however far below',
      'supervisor_loop',
    )
}

function whyForbidden(caller: Caller, account: UserTable): string {
  if (!caller.permissions.has('users.manage')) return 'You are not allowed to do this'
  if (account.id === caller.id) return 'Nobody does this to their own account'
  if (isPowerful(account.role))
    return `Only a super admin changes the account of somebody who is ${account.role}`
  return 'Only they themselves can do this'
}

/** Says what the account is, and by whose hand. */
async function whyNot(tx: Tx, account: UserTable): Promise<string> {
  const last = await tx.db
    .selectFrom('audit')
    .select('actor_name')
    .where('object_type', '=', 'user')
    .where('object_id', '=', account.id)
    .where('action', '=', 'user.status_changed')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  const status = STATUS_WORDS[account.status]
  return last
    ? `The status of this account was set by ${last.actor_name} and is ${status} now`
    : `This account is ${status}`
}
