/** What can be done to people. Each action runs in the caller's transaction, which holds its audit row too. */
import type { Role, User, UserStatus } from '@pms/contract'
import { type Actor, resourceChanged } from '@pms/notifier'
import { v7 as uuid } from 'uuid'
import { recordAudit } from '../../audit/record.ts'
import { assertMay, type Caller } from '../../auth/caller.ts'
import { maySignIn, shutOut } from '../../auth/sessions.ts'
import type { Tx } from '../../database.ts'
import { conflict, forbidden, notFound, unprocessable } from '../../http/errors.ts'
import { findUser, normalEmail } from './queries.ts'
import type { UserTable } from './tables.ts'

export interface NewUser {
  name: string
  email: string
  job_title?: string
  unit_id?: string | null
  supervisor_id?: string | null
  role?: Role
  status?: UserStatus
  /** null: they cannot sign in until they have set a password. */
  password_hash: string | null
}

/**
 * Adds a person. Nobody reports to somebody new, so no loop of reporting lines can come of it.
 * @param actor null: from the command line
 */
export async function createUser(tx: Tx, actor: Actor | null, person: NewUser): Promise<User> {
  const email = normalEmail(person.email)
  const name = person.name.trim()
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw unprocessable('email', 'email must be an address like name@example.org')
  if (name === '') throw unprocessable('name', 'name must not be blank')
  const namesake = await tx.db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()
  if (namesake) throw conflict(`There is a user with the email ${email} already`, { code: 'email_taken' })
  if (person.unit_id) await assertUnit(tx, person.unit_id)
  if (person.supervisor_id) await assertActive(tx, person.supervisor_id)

  const id = uuid()
  await tx.db
    .insertInto('users')
    .values({
      id,
      name,
      email,
      job_title: person.job_title ?? '',
      unit_id: person.unit_id ?? null,
      supervisor_id: person.supervisor_id ?? null,
      role: person.role ?? 'staff',
      status: person.status ?? 'active',
      password_hash: person.password_hash,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .execute()
  await recordAudit(tx, { actor, action: 'user.created', object: { type: 'user', id }, detail: { email } })

  const user = await findUser(tx.db, id)
  if (!user) throw new Error(`The user ${id} is gone right after it was made`)
  return user
}

/**
 * Lets somebody work, go on leave, or keeps them out: that ends their sessions and sockets at once.
 * @throws 404; 403 for oneself and for those above the caller; 409 for the last super admin
 */
export async function setStatus(tx: Tx, caller: Caller, id: string, status: UserStatus): Promise<void> {
  const person = await openAccount(tx, caller, id)
  if (person.status === status) return
  if (status !== 'active') await assertNotLast(tx, person)
  await tx.db.updateTable('users').set({ status, updated_at: tx.now }).where('id', '=', id).execute()
  await recordAudit(tx, {
    actor: caller,
    action: 'user.status_changed',
    object: { type: 'user', id },
    detail: { from: person.status, to: status },
  })
  if (!maySignIn(status)) await shutOut(tx, id)
  resourceChanged(tx, 'user', id, [id, caller.id])
}

/**
 * Gives somebody another role. What they may do is read with each call, so it holds from the next one on.
 * @throws 404; 403 for oneself, for those above the caller, and for roles that only a super admin gives; 409 for the
 *   last super admin
 */
export async function setRole(tx: Tx, caller: Caller, id: string, role: Role): Promise<void> {
  const person = await openAccount(tx, caller, id)
  if (person.role === role) return
  if (caller.role !== 'super_admin' && isPowerful(role))
    throw forbidden(`Only a super admin makes somebody ${role}`)
  await assertNotLast(tx, person)
  await tx.db.updateTable('users').set({ role, updated_at: tx.now }).where('id', '=', id).execute()
  await recordAudit(tx, {
    actor: caller,
    action: 'user.role_changed',
    object: { type: 'user', id },
    detail: { from: person.role, to: role },
  })
  resourceChanged(tx, 'user', id, [id, caller.id])
}

/** Holds an account for the caller to change. */
async function openAccount(tx: Tx, caller: Caller, id: string) {
  assertMay(caller, 'users.manage')
  const person = await tx.capabilities
    .lockRows(tx.db.selectFrom('users').selectAll().where('id', '=', id))
    .executeTakeFirst()
  if (!person) throw notFound('user')
  if (person.id === caller.id) throw forbidden('Nobody changes their own status or role')
  if (caller.role !== 'super_admin' && isPowerful(person.role))
    throw forbidden(`Only a super admin changes the account of somebody who is ${person.role}`)
  return person
}

function isPowerful(role: Role): boolean {
  return role === 'admin' || role === 'super_admin'
}

async function assertNotLast(tx: Tx, person: UserTable): Promise<void> {
  if (person.role !== 'super_admin' || person.status !== 'active') return
  const other = await tx.db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'super_admin')
    .where('status', '=', 'active')
    .where('id', '!=', person.id)
    .executeTakeFirst()
  if (!other)
    throw conflict('This is the last super admin who is active', {
      code: 'last_super_admin',
      currentStatus: person.status,
    })
}

async function assertUnit(tx: Tx, id: string): Promise<void> {
  const unit = await tx.db.selectFrom('org_units').select('id').where('id', '=', id).executeTakeFirst()
  if (!unit) throw unprocessable('unit_id', 'There is no such unit')
}

async function assertActive(tx: Tx, supervisorId: string): Promise<void> {
  const supervisor = await tx.db
    .selectFrom('users')
    .select('status')
    .where('id', '=', supervisorId)
    .executeTakeFirst()
  if (!supervisor) throw unprocessable('supervisor_id', 'There is no such supervisor')
  if (supervisor.status !== 'active')
    throw unprocessable('supervisor_id', 'The supervisor must be an active user')
}
