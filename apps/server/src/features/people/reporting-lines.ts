/**
 * Who is above and below whom. Reporting lines are data that people enter, so they may run in a loop: every walk
 * here ends, and nobody is ever above or below themselves.
 */
import type { Permission, PersonRef, UserStatus } from '@pms/contract'
import { type Expression, type Kysely, sql } from 'kysely'
import type { Day } from '../../calendar.ts'
import type { Tables } from '../../database.ts'
import { rolesWith } from './permissions.ts'

export interface Supervisor extends PersonRef {
  status: UserStatus
}

/** The supervisors of a person, the nearest first. */
export async function supervisorChain(db: Kysely<Tables>, userId: string): Promise<Supervisor[]> {
  return db
    .withRecursive('chain(id, depth, path)', chain =>
      chain
        .selectFrom('users')
        .where('users.id', '=', userId)
        .select(['users.id', sql<number>`0`.as('depth'), sql<string>`'/' || users.id`.as('path')])
        .unionAll(
          chain
            .selectFrom('chain')
            .innerJoin('users as below', 'below.id', 'chain.id')
            .innerJoin('users as above', 'above.id', 'below.supervisor_id')
            .where(sql<boolean>`chain.path not like '%/' || above.id || '%'`)
            .select([
              'above.id',
              sql<number>`chain.depth + 1`.as('depth'),
              sql<string>`chain.path || '/' || above.id`.as('path'),
            ]),
        ),
    )
    .selectFrom('chain')
    .innerJoin('users', 'users.id', 'chain.id')
    .where('chain.depth', '>', 0)
    .orderBy('chain.depth')
    .select(['users.id', 'users.name', 'users.status'])
    .execute()
}

export async function isAbove(db: Kysely<Tables>, bossId: string, userId: string): Promise<boolean> {
  const chain = await supervisorChain(db, userId)
  return chain.some(supervisor => supervisor.id === bossId)
}

/** The ids of everybody above one of these people, at any height; of somebody above another one of them, too. */
export async function aboveIds(
  db: Kysely<Tables>,
  userIds: readonly string[] | Expression<string>,
): Promise<string[]> {
  const rows = await db
    .withRecursive('above(id)', above =>
      above
        .selectFrom('users')
        .where('users.id', 'in', userIds as Expression<string>)
        .where('users.supervisor_id', 'is not', null)
        .select('users.supervisor_id as id')
        .$narrowType<{ id: string }>()
        // Not `union all`: that each person comes up once is what ends a loop.
        .union(
          above
            .selectFrom('above')
            .innerJoin('users', 'users.id', 'above.id')
            .where('users.supervisor_id', 'is not', null)
            .select('users.supervisor_id as id')
            .$narrowType<{ id: string }>(),
        ),
    )
    .selectFrom('above')
    .select('above.id')
    .execute()
  return rows.map(row => row.id)
}

/** The ids of those who hold a permission and may sign in. */
export async function holdersOf(db: Kysely<Tables>, permission: Permission): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .where('role', 'in', rolesWith(permission))
    .where('status', 'in', ['active', 'on_leave'])
    .select('id')
    .execute()
  return rows.map(row => row.id)
}

/** The ids of everybody below a person, at any depth, for use inside another query: `where('id', 'in', teamIds(…))`. */
export function teamIds(db: Kysely<Tables>, bossId: string) {
  return db
    .withRecursive('team(id)', team =>
      team
        .selectFrom('users')
        .where('users.supervisor_id', '=', bossId)
        .select('users.id')
        // Not `union all`: that each person comes up once is what ends a loop.
        .union(
          team.selectFrom('team').innerJoin('users', 'users.supervisor_id', 'team.id').select('users.id'),
        ),
    )
    .selectFrom('team')
    .where('team.id', '!=', bossId)
    .select('team.id')
}

/**
 * The ids of these people and of everybody below them, at any depth, for use inside another query: all whose approver
 * may be another one when something changes about these.
 */
export function linesOf(db: Kysely<Tables>, userIds: readonly string[]) {
  return db
    .withRecursive('line(id)', line =>
      line
        .selectFrom('users')
        .where('users.id', 'in', userIds)
        .select('users.id')
        .union(
          line.selectFrom('line').innerJoin('users', 'users.supervisor_id', 'line.id').select('users.id'),
        ),
    )
    .selectFrom('line')
    .select('line.id')
}

/**
 * Who decides on what a person asks for: the nearest supervisor who is active, or who is away and has a delegate
 * today; else everybody who may approve for all. Never the person, nor those who share their work (`except`), nor
 * anybody in the place of those. Nobody at all is an answer too.
 */
export async function approversOf(
  db: Kysely<Tables>,
  today: Day,
  userId: string,
  except: readonly string[] = [],
): Promise<PersonRef[]> {
  for (const { id, name, status } of await supervisorChain(db, userId)) {
    if (except.includes(id)) continue
    if (status === 'active') return [{ id, name }]
    const [delegate] = await standInsOn(db, today, [id])
    if (delegate?.status !== 'active' || delegate.id === userId || except.includes(delegate.id)) continue
    return [{ id: delegate.id, name: delegate.name }]
  }
  return db
    .selectFrom('users')
    .where('role', 'in', rolesWith('approvals.all'))
    .where('status', '=', 'active')
    .where('id', 'not in', [userId, ...except])
    .orderBy('name')
    .orderBy('id')
    .select(['id', 'name'])
    .execute()
}

/** Who stands in for each of these people on a day, and on which days, whatever the state of either. */
export async function standInsOn(db: Kysely<Tables>, day: Day, userIds: readonly string[]) {
  if (userIds.length === 0) return []
  return db
    .selectFrom('delegations')
    .innerJoin('users', 'users.id', 'delegations.delegate_id')
    .where('delegations.user_id', 'in', userIds)
    .where('delegations.from_day', '<=', day)
    .where('delegations.to_day', '>=', day)
    .select(['delegations.user_id', 'users.id', 'users.name', 'users.status'])
    .select(['delegations.from_day', 'delegations.to_day'])
    .execute()
}

/**
 * The ids of those for whom a person decides in the place of a supervisor who is away, for use inside another query.
 * The same as `approversOf`, the other way round: down from those who are away, through all who are away as well and
 * have nobody in their place.
 */
export function standInIds(db: Kysely<Tables>, today: Day, delegateId: string) {
  const inPlace = db
    .selectFrom('delegations')
    .innerJoin('users as stand_in', 'stand_in.id', 'delegations.delegate_id')
    .where('stand_in.status', '=', 'active')
    .where('delegations.from_day', '<=', today)
    .where('delegations.to_day', '>=', today)
  return db
    .withRecursive('line(id, root)', line =>
      inPlace
        .innerJoin('users as away', 'away.id', 'delegations.user_id')
        .innerJoin('users as report', 'report.supervisor_id', 'away.id')
        .where('delegations.delegate_id', '=', delegateId)
        .where('away.status', '!=', 'active')
        .select(['report.id', 'away.id as root'])
        .union(
          line
            .selectFrom('line')
            .innerJoin('users as away', 'away.id', 'line.id')
            .innerJoin('users as report', 'report.supervisor_id', 'away.id')
            .where('away.status', '!=', 'active')
            .where(({ exists, not }) =>
              not(
                exists(
                  inPlace
                    .whereRef('delegations.user_id', '=', sql.ref<string>('away.id'))
                    .whereRef('delegations.delegate_id', '!=', sql.ref<string>('report.id'))
                    .select('delegations.id'),
                ),
              ),
            )
            .select(['report.id', 'line.root']),
        ),
    )
    .selectFrom('line')
    .where('line.id', '!=', delegateId)
    .whereRef('line.id', '!=', 'line.root')
    .select('line.id')
}
