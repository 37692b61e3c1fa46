/**
 * Taking away, in an inbox that a flush holds, what was read long ago. All of it goes under one version: whoever is
 * connected reads it as one page.
 */
import { type SqlBool, sql } from 'kysely'
import type { EngineTx } from './database/database.ts'
import type { LockedInbox } from './locked-inbox.ts'

/** So many of one inbox at once fit a page of those who follow it. */
export const CLEANED_AT_ONCE = 100

/** Nobody waits for its reader, and its reader has read it. In SQL, for every engine. */
const isDone = sql<SqlBool>`deleted_at is null and read_at is not null and (needs_action = 0 or resolved_at is not null)`

/**
 * @param ids those that were done with when they were looked for; what became unread since, or was deleted, stays as it is
 * @returns how many went
 */
export async function clean(tx: EngineTx, inbox: LockedInbox, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const gone = await tx.engine
    .updateTable('notifications')
    .set({ deleted_at: tx.now, version: inbox.version + 1 })
    .where('id', 'in', ids)
    .where('user_id', '=', inbox.userId)
    .where(isDone)
    .returning(['type', 'priority'])
    .execute()
  if (gone.length === 0) return 0
  const version = inbox.advance()
  for (const group of gone) inbox.count(group, -1, 0)
  tx.send({ kind: 'moved', user_id: inbox.userId, version })
  return gone.length
}
