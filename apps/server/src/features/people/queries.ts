/** Reading people and units. Whom a reader may see is decided by who calls. */
import type { Unit, User, UserPage, UserQuery } from '@pms/contract'
import type { Kysely } from 'kysely'
import { contains } from '../../contains.ts'
import type { Tables } from '../../database.ts'
import { teamIds } from './reporting-lines.ts'

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

export interface UserFilter extends UserQuery {
  /** Below whom, with the scope `team`. */
  callerId: string
  withArchived: boolean
}

/** People by name. */
export async function listUsers(db: Kysely<Tables>, filter: UserFilter): Promise<UserPage> {
  let selected = db.selectFrom('users')
  if (filter.scope === 'team') selected = selected.where('users.id', 'in', teamIds(db, filter.callerId))
  if (!filter.withArchived) selected = selected.where('users.status', '!=', 'archived')
  const { search } = filter
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
  const next = filter.skip + rows.length
  return { items: rows.map(toUser), total, next_cursor: next < total ? String(next) : null }
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

export function listUnits(db: Kysely<Tables>): Promise<Unit[]> {
  return db.selectFrom('org_units').selectAll().orderBy('name').orderBy('id').execute()
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
      'unit.id as unit_id',
      'unit.name as unit_name',
      'supervisor.id as supervisor_id',
      'supervisor.name as supervisor_name',
    ])
}

type UserRow = Awaited<ReturnType<ReturnType<typeof userRows>['execute']>>[number]

function toUser({ unit_id, unit_name, supervisor_id, supervisor_name, ...user }: UserRow): User {
  return { ...user, unit: ref(unit_id, unit_name), supervisor: ref(supervisor_id, supervisor_name) }
}

function ref(id: string | null, name: string | null): { id: string; name: string } | null {
  return id !== null && name !== null ? { id, name } : null
}
