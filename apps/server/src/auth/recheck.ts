/**
 * Which of the sign-ins that sockets were let in on have ended. Ending one tells its sockets at once; where the word of
 * it was lost on the way to another server, this finds it out.
 */
import type { Recheck, Revocation, SignIn } from '@pms/notifier'
import { prepared } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import type { AppDatabase, Tables } from '../database.ts'
import { FOREIGN_SESSION, selectAccounts } from './foreign-people.ts'
import { maySignIn } from './sessions.ts'

const selectSessions = prepared((db: Kysely<Tables>, ids: readonly string[]) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('sessions.id', 'in', ids)
    .select(['sessions.id', 'sessions.revoked_at', 'sessions.expires_at', 'users.status']),
)

export function createRecheck({ db }: AppDatabase, clock: () => Date): Recheck {
  async function sessionsOf(signIns: readonly SignIn[]) {
    const ids = new Set(signIns.map(({ session }) => session))
    ids.delete(FOREIGN_SESSION)
    const rows = ids.size === 0 ? [] : await selectSessions(db, [...ids])
    return new Map(rows.map(row => [row.id, row]))
  }

  /** Of those who signed in elsewhere the account alone can end it, or the token when it ends. */
  async function accountsOf(signIns: readonly SignIn[]) {
    const foreign = signIns.filter(({ session }) => session === FOREIGN_SESSION)
    const ids = new Set(foreign.map(({ userId }) => userId))
    const rows = ids.size === 0 ? [] : await selectAccounts(db, [...ids])
    return new Map(rows.map(({ id, status }) => [id, { status, revoked_at: null, expires_at: null }]))
  }

  return async signIns => {
    const now = clock().toISOString()
    const sessions = await sessionsOf(signIns)
    const accounts = await accountsOf(signIns)
    const ended: Revocation[] = []
    for (const { userId, session } of signIns) {
      const row = session === FOREIGN_SESSION ? accounts.get(userId) : sessions.get(session)
      const end = (why: Revocation['why']) => ended.push({ kind: 'revoked', user_id: userId, session, why })
      if (row && !maySignIn(row.status)) end('forbidden')
      else if (!row || row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= now))
        end('unauthenticated')
    }
    return ended
  }
}
