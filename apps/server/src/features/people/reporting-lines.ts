/**
 * Who is above and below whom. Reporting lines are data that people enter, so they may run in a loop: every walk
 * here ends, and nobody is ever above or below themselves.
 */
import type { PersonRef, UserStatus } from '@pms/contract'
import { type Kysely, sql } from 'kysely'
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
 * Who decides on what a person asks for: the nearest supervisor who is active, else everybody who may approve for
 * all. Never the person, nor those who share their work (`except`). Nobody at all is an answer too.
 */
export async function approversOf(
  db: Kysely<Tables>,
  userId: string,
  except: readonly string[] = [],
): Promise<PersonRef[]> {
  const chain = await supervisorChain(db, userId)
  const nearest = chain.find(({ id, status }) => status === 'active' && !except.includes(id))
  if (nearest) return [{ id: nearest.id, name: nearest.name }]
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
