/** What can be done to people. Each action runs in the caller's transaction, which holds its audit row too. */
import type { Role, User, UserStatus } from '@pms/contract'
import type { Actor } from '@pms/notifier'
import { v7 as uuid } from 'uuid'
import { recordAudit } from '../../audit/record.ts'
import type { Tx } from '../../database.ts'
import { conflict, unprocessable } from '../../http/errors.ts'
import { findUser, normalEmail } from './queries.ts'

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
