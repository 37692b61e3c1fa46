/**
 * Which of the sign-ins that sockets were let in on have ended. Ending one tells its sockets at once; where the word of
 * it was lost on the way to another server, this finds it out.
 */
import type { Recheck, Revocation } from '@pms/notifier'
import { prepared } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import type { AppDatabase, Tables } from '../database.ts'
import { maySignIn } from './sessions.ts'

const selectSessions = prepared((db: Kysely<Tables>, ids: readonly string[]) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('sessions.id', 'in', ids)
    .select(['sessions.id', 'sessions.revoked_at', 'sessions.expires_at', 'users.status']),
)

export function createRecheck({ db }: AppDatabase, clock: () => Date): Recheck {
  return async signIns => {
    if (signIns.length === 0) return []
    const now = clock().toISOString()
    const rows = await selectSessions(db, [...new Set(signIns.map(({ session }) => session))])
    const sessions = new Map(rows.map(row => [row.id, row]))
    const ended: Revocation[] = []
    for (const { userId, session } of signIns) {
      const row = sessions.get(session)
      const end = (why: Revocation['why']) => ended.push({ kind: 'revoked', user_id: userId, session, why })
      if (row && !maySignIn(row.status)) end('forbidden')
      else if (!row || row.revoked_at !== null || row.expires_at <= now) end('unauthenticated')
    }
    return ended
  }
}
