/**
 * Which of the sign-ins that sockets were let in on have ended. Ending one tells its sockets at once; where the word of
 * it was lost on the way to another server, this finds it out.
 */
import type { Recheck, Revocation } from '@pms/notifier'
import type { AppDatabase } from '../database.ts'
import { maySignIn } from './sessions.ts'

export function createRecheck({ db }: AppDatabase, clock: () => Date): Recheck {
  return async signIns => {
    if (signIns.length === 0) return []
    const now = clock().toISOString()
    const rows = await db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .where('sessions.id', 'in', [...new Set(signIns.map(({ session }) => session))])
      .select(['sessions.id', 'sessions.revoked_at', 'sessions.expires_at', 'users.status'])
      .execute()
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
