/**
 * Taking away, in an inbox that a flush holds, what was read long ago. All of it goes under one version: whoever is
 * connected reads it as one page.
 */
import type { EngineTx } from './database/database.ts'
import type { NotificationTable } from './database/tables.ts'
import type { LockedInbox } from './locked-inbox.ts'

/** So many of one inbox at once fit a page of those who follow it. */
export const CLEANED_AT_ONCE = 100

/** Nobody waits for its reader, and its reader has read it. */
export const isDone = ({
  read_at,
  needs_action,
  resolved_at,
}: Pick<NotificationTable, 'read_at' | 'needs_action' | 'resolved_at'>): boolean =>
  read_at !== null && (needs_action === 0 || resolved_at !== null)

/**
 * @param ids those that were done with when they were looked for; what became unread since, or was deleted, stays as it is
 * @returns how many went
 */
export async function clean(tx: EngineTx, inbox: LockedInbox, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  // By id and nothing else, here and below: asked for anything besides, SQLite goes through the whole inbox instead.
  const rows = await tx.engine
    .selectFrom('notifications')
    .select(['id', 'user_id', 'type', 'priority', 'read_at', 'needs_action', 'resolved_at', 'deleted_at'])
    .where('id', 'in', ids)
    .execute()
  const gone = rows.filter(row => row.user_id === inbox.userId && row.deleted_at === null && isDone(row))
  if (gone.length === 0) return 0
  const version = inbox.advance()
  await tx.engine
    .updateTable('notifications')
    .set({ deleted_at: tx.now, version })
    .where(
      'id',
      'in',
      gone.map(({ id }) => id),
    )
    .execute()
  for (const group of gone) inbox.count(group, -1, 0)
  tx.send({ kind: 'moved', user_id: inbox.userId, version })
  return gone.length
}
