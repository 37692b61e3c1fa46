/** What people do with accounts. Each verb is one transaction: the change, its audit row and what others hear of it. */
import type {
  ArchiveUserBody,
  CreateUserBody,
  EditOwnBody,
  EditUserBody,
  OnboardingLink,
  OpenWork,
  Role,
  SetRoleBody,
  SetStatusBody,
  User,
  UserStatus,
} from '@pms/contract'
import { type Actor, notify } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import { assertMay, type Caller } from '../../auth/caller.ts'
import { issueOnboardingLink } from '../../auth/onboarding.ts'
import type { AppDatabase, Tables, Tx } from '../../database.ts'
import type { Handover } from '../../handover.ts'
import { conflict, unprocessable } from '../../http/errors.ts'
import {
  assertActive,
  assertMayGive,
  assertNoLoop,
  assertNotLast,
  assertUnit,
  openAccount,
} from './accounts.ts'
import { eraser } from './actions/erasing.ts'
import { letGo, openWorkOf } from './actions/leaving.ts'
import { renewLink } from './actions/onboarding.ts'
import { about, changeStatus } from './actions/status.ts'
import { type Follow, followLines, followStatus } from './following.ts'
import { roleChanged, teamMemberJoined, userWelcomed } from './notifications.ts'
import { decidesForAll } from './permissions.ts'
import { findUser, normalEmail } from './queries.ts'
import type { UserTable } from './tables.ts'
import { tellOfPerson, tellOfTeams } from './telling.ts'
import { ROLE_WORDS } from './words.ts'

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
  await assertFreeEmail(tx, email)
  if (name === '') throw unprocessable('name', 'name must not be blank')
  if (person.unit_id) await assertUnit(tx, person.unit_id)
  if (person.supervisor_id) await assertActive(tx, 'supervisor_id', person.supervisor_id, 'supervisor')

  const id = newId()
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
      erased_at: null,
    })
    .execute()
  await recordAudit(tx, { actor, action: 'user.created', object: { type: 'user', id }, detail: { email } })

  const user = await findUser(tx.db, id)
  if (!user) throw new Error(`The user ${id} is gone right after it was made`)
  return user
}

export type PeopleActions = ReturnType<typeof peopleActions>

export interface PeopleActionsOptions {
  database: AppDatabase
  follow: Follow
  /** What goes to somebody else when a person leaves, the reports among it. */
  handovers: readonly Handover[]
  /** Somebody was erased: there is something for the job to do. */
  carryOn(): void
}

/** The verbs. Refusals are thrown as problems. */
export function peopleActions({ database, follow, handovers, carryOn }: PeopleActionsOptions) {
  return {
    /** Adds a person, who is welcomed and gets in by the link. */
    hire: (caller: Caller, body: CreateUserBody): Promise<{ id: string; onboarding: OnboardingLink }> =>
      database.transaction(async tx => {
        assertMay(caller, 'users.manage')
        assertMayGive(caller, body.role ?? 'staff')
        const user = await createUser(tx, caller, { ...body, password_hash: null })
        const onboarding = await issueOnboardingLink(tx, user.id)
        const [firstName = user.name] = user.name.split(/\s+/)
        notify(tx, userWelcomed, { to: user.id, ...about(caller, user.id), words: { firstName } })
        notify(tx, teamMemberJoined, {
          to: user.supervisor?.id ?? [],
          ...about(caller, user.id),
          words: { name: user.name },
        })
        tellOfPerson(tx, user.id, [caller.id, user.supervisor?.id])
        await tellOfTeams(tx, user.id, [user.supervisor?.id])
        return { id: user.id, onboarding }
      }),

    renewOnboarding: (caller: Caller, id: string): Promise<OnboardingLink> =>
      database.transaction(async tx => {
        await openAccount(tx, caller, id, 'renew_onboarding')
        return renewLink(tx, caller, id)
      }),

    edit: (caller: Caller, id: string, body: EditUserBody): Promise<void> =>
      database.transaction(async tx => {
        const person = await openAccount(tx, caller, id, 'edit')
        const set = { ...body }
        if (body.name !== undefined) set.name = body.name.trim()
        if (body.email !== undefined) {
          set.email = normalEmail(body.email)
          if (set.email !== person.email) await assertFreeEmail(tx, set.email)
        }
        if (body.unit_id) await assertUnit(tx, body.unit_id)
        const { supervisor_id } = body
        if (supervisor_id && supervisor_id !== person.supervisor_id) {
          await assertActive(tx, 'supervisor_id', supervisor_id, 'supervisor')
          await assertNoLoop(tx, id, supervisor_id)
        }
        await write(tx, caller, person, set)
      }),

    /** What people change of themselves. */
    editOwn: (caller: Caller, { name }: EditOwnBody): Promise<void> =>
      database.transaction(async tx => {
        const person = await openAccount(tx, caller, caller.id, 'edit_own')
        await write(tx, caller, person, { name: name.trim() })
      }),

    /** Lets somebody work, go on leave, or keeps them out: that ends their sessions and sockets at once. */
    setStatus: (caller: Caller, id: string, { status }: SetStatusBody): Promise<void> =>
      database.transaction(async tx => {
        const person = await openAccount(tx, caller, id, 'set_status')
        if (person.status === status) return
        if (status !== 'active') await assertNotLast(tx, person)
        await changeStatus(tx, caller, person, status)
        await followStatus(tx, follow, person)
      }),

    /** Gives somebody another role. What they may do is read with each call, so it holds from the next one on. */
    setRole: (caller: Caller, id: string, { role }: SetRoleBody): Promise<void> =>
      database.transaction(async tx => {
        const person = await openAccount(tx, caller, id, 'set_role')
        if (person.role === role) return
        assertMayGive(caller, role)
        await assertNotLast(tx, person)
        await tx.db.updateTable('users').set({ role, updated_at: tx.now }).where('id', '=', id).execute()
        await recordAudit(tx, {
          actor: caller,
          action: 'user.role_changed',
          object: { type: 'user', id },
          detail: { from: person.role, to: role },
        })
        notify(tx, roleChanged, {
          to: id,
          ...about(caller, id),
          words: { from: ROLE_WORDS[person.role], to: ROLE_WORDS[role] },
        })
        tellOfPerson(tx, id, [caller.id, person.supervisor_id])
        if (decidesForAll(person.role) !== decidesForAll(role)) await follow(tx, null)
      }),

    /** Lets somebody go. Their open work goes to another person, who has to be named where there is any. */
    archive: (caller: Caller, id: string, { handover_to }: ArchiveUserBody): Promise<void> =>
      database.transaction(async tx => {
        const person = await openAccount(tx, caller, id, 'archive')
        await letGo(tx, caller, person, { to: handover_to ?? null, follow, handovers })
      }),

    erase: eraser(database, carryOn),

    openWork: (db: Kysely<Tables>, id: string): Promise<OpenWork> => openWorkOf(db, id, handovers),
  }

  /** Writes what differs, and tells of it. */
  async function write(tx: Tx, caller: Caller, person: UserTable, set: EditUserBody): Promise<void> {
    const fields = (Object.keys(set) as (keyof EditUserBody)[]).filter(field => set[field] !== person[field])
    if (fields.length === 0) return
    await tx.db
      .updateTable('users')
      .set({ ...set, updated_at: tx.now })
      .where('id', '=', person.id)
      .execute()
    const changed = Object.fromEntries(
      fields.map(field => [field, { from: person[field], to: set[field] ?? null }]),
    )
    await recordAudit(tx, {
      actor: caller,
      action: 'user.edited',
      object: { type: 'user', id: person.id },
      detail: { changed },
    })
    const supervisors = [person.supervisor_id, set.supervisor_id]
    tellOfPerson(tx, person.id, [caller.id, ...supervisors])
    if (!fields.includes('supervisor_id')) return
    await tellOfTeams(tx, person.id, supervisors)
    await followLines(tx, follow, [person.id])
  }
}

async function assertFreeEmail(tx: Tx, email: string): Promise<void> {
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw unprocessable('email', 'email must be an address like name@example.org')
  const namesake = await tx.db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()
  if (namesake) throw conflict(`There is a user with the email ${email} already`, { code: 'email_taken' })
}
