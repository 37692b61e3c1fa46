/** Reading people and units. Whom a reader may see is decided by who calls. */
import type { User, UserPage, UserProfile, UserQuery } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Day } from '../../calendar.ts'
import { contains } from '../../contains.ts'
import type { Tables } from '../../database.ts'
import { pageOf } from '../../paging.ts'
import { allowedActions } from './policy.ts'
import { approversOf, standInsOn, teamIds } from './reporting-lines.ts'
import { unitIds } from './units/queries.ts'

export async function findUser(db: Kysely<Tables>, id: string): Promise<User | undefined> {
  const row = await userRows(db).where('users.id', '=', id).executeTakeFirst()
  return row && toUser(row)
}

export async function userByEmail(db: Kysely<Tables>, email: string): Promise<User | undefined> {
  const row = await userRows(db).where('users.email', '=', normalEmail(email)).executeTakeFirst()
  return row && toUser(row)
}

/** The one spelling under which an address is kept and looked for. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** People by name. Those who left are shown to whoever keeps the accounts. */
export async function listUsers(
  db: Kysely<Tables>,
  today: Day,
  caller: Caller,
  filter: UserQuery,
): Promise<UserPage> {
  let selected = db.selectFrom('users')
  if (!caller.permissions.has('users.manage')) selected = selected.where('users.status', '!=', 'archived')
  const { scope, status, role, unit_id, search } = filter
  if (scope === 'team') selected = selected.where('users.id', 'in', teamIds(db, caller.id))
  if (status) selected = selected.where('users.status', '=', status)
  if (role) selected = selected.where('users.role', '=', role)
  if (unit_id) selected = selected.where('users.unit_id', 'in', unitIds(db, unit_id))
  if (search) {
    selected = selected.where(({ or, ref }) =>
      or([
        contains(ref('users.name'), search),
        contains(ref('users.email'), search),
        contains(ref('users.job_title'), search),
      ]),
    )
  }
  const { total } = await selected
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await userRows(db)
    .where('users.id', 'in', selected.select('users.id'))
    .orderBy('users.name')
    .orderBy('users.id')
    .limit(filter.limit)
    .offset(filter.skip)
    .execute()
  const lastId = await lastSuperAdmin(db)
  const standIns = await standInsOn(
    db,
    today,
    rows.map(row => row.id),
  )
  const items = rows.map(row => ({
    ...toUser(row),
    allowed_actions: actionsOn(caller, row, lastId),
    absence: toAbsence(standIns.find(({ user_id }) => user_id === row.id)),
  }))
  return pageOf(items, total, filter.skip)
}

/** One person, as this caller may know them. */
export async function userProfile(
  db: Kysely<Tables>,
  today: Day,
  caller: Caller,
  id: string,
): Promise<UserProfile | undefined> {
  const row = await userRows(db).where('users.id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const { reports } = await db
    .selectFrom('users')
    .where('supervisor_id', '=', id)
    .where('id', '!=', id)
    .where('status', '!=', 'archived')
    .select(({ fn }) => fn.countAll<number>().as('reports'))
    .executeTakeFirstOrThrow()
  const [standIn] = await standInsOn(db, today, [id])
  return {
    ...toUser(row),
    allowed_actions: actionsOn(caller, row, await lastSuperAdmin(db)),
    approvers: await approversOf(db, today, id),
    reports: Number(reports),
    absence: toAbsence(standIn),
    onboarded: caller.permissions.has('users.manage') ? row.password_hash !== null : null,
  }
}

function toAbsence(standIn: Awaited<ReturnType<typeof standInsOn>>[number] | undefined) {
  if (!standIn) return null
  const { id, name, from_day, to_day } = standIn
  return { delegate: { id, name }, from: from_day, to: to_day }
}

/** The one super admin who is active, if there is only one: whatever happens, they stay. */
async function lastSuperAdmin(db: Kysely<Tables>): Promise<string | null> {
  const [one, another] = await db
    .selectFrom('users')
    .where('role', '=', 'super_admin')
    .where('status', '=', 'active')
    .select('id')
    .limit(2)
    .execute()
  return one && !another ? one.id : null
}

function actionsOn(caller: Caller, row: UserRow, lastId: string | null) {
  return allowedActions(caller, { ...row, isLast: row.id === lastId, isErased: row.erased_at !== null })
}

/** Whether somebody reports to this person. */
export async function hasTeam(db: Kysely<Tables>, userId: string): Promise<boolean> {
  const report = await db
    .selectFrom('users')
    .where('supervisor_id', '=', userId)
    .where('id', '!=', userId)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return report !== undefined
}

function userRows(db: Kysely<Tables>) {
  return db
    .selectFrom('users')
    .leftJoin('org_units as unit', 'unit.id', 'users.unit_id')
    .leftJoin('users as supervisor', 'supervisor.id', 'users.supervisor_id')
    .select([
      'users.id',
      'users.name',
      'users.email',
      'users.job_title',
      'users.role',
      'users.status',
      'users.created_at',
      'users.password_hash',
      'users.erased_at',
      'unit.id as unit_id',
      'unit.name as unit_name',
      'supervisor.id as supervisor_id',
      'supervisor.name as supervisor_name',
    ])
}

type UserRow = Awaited<ReturnType<ReturnType<typeof userRows>['execute']>>[number]

function toUser({
  unit_id,
  unit_name,
  supervisor_id,
  supervisor_name,
  password_hash: _hash,
  erased_at: _erased,
  ...user
}: UserRow): User {
  return { ...user, unit: ref(unit_id, unit_name), supervisor: ref(supervisor_id, supervisor_name) }
}

function ref(id: string | null, name: string | null): { id: string; name: string } | null {
  return id !== null && name !== null ? { id, name } : null
}
