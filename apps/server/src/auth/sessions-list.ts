/** The sessions of one person: looking at them, and ending those elsewhere. */
import type { Session } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { AppDatabase, Tables, Tx } from '../database.ts'
import { notFound } from '../http/errors.ts'
import type { Caller } from './caller.ts'
import { endSession } from './sessions.ts'

/** Those that have not ended: the caller's own first, then the last used. */
export async function listSessions(db: Kysely<Tables>, caller: Caller, now: string): Promise<Session[]> {
  const rows = await openSessions(db, caller.id, now).orderBy('last_used_at', 'desc').orderBy('id').execute()
  return rows
    .map(({ id, user_agent, created_at, last_used_at }) => ({
      id,
      user_agent,
      created_at,
      last_used_at,
      current: id === caller.sessionId,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current))
}

/** Ends one session of the caller's. Its own it ends too: that is signing out. */
export function endOneSession(database: AppDatabase, caller: Caller, id: string): Promise<void> {
  return database.transaction(async tx => {
    const session = await openSessions(tx.db, caller.id, tx.now).where('id', '=', id).executeTakeFirst()
    if (!session) throw notFound('session')
    await endSession(tx, id, caller, 'session.ended')
  })
}

/** Ends all sessions of the caller's but the one that calls. @returns how many there were */
export async function endOtherSessions(
  tx: Tx,
  caller: Pick<Caller, 'id' | 'name' | 'sessionId'>,
): Promise<number> {
  const others = await openSessions(tx.db, caller.id, tx.now)
    .where('id', '!=', caller.sessionId)
    .orderBy('id')
    .execute()
  for (const { id } of others) await endSession(tx, id, caller, 'session.ended')
  return others.length
}

function openSessions(db: Kysely<Tables>, userId: string, now: string) {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
}
