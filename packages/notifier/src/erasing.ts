/** What is done, in inboxes that a flush holds, when a person is forgotten: theirs is emptied, others name them no more. */
import type { EngineTx } from './database/database.ts'
import type { NotificationTable } from './database/tables.ts'
import type { LockedInbox } from './locked-inbox.ts'

/** So many of one inbox at once fit a page of those who follow it. */
export const ERASED_AT_ONCE = 100

/** The words of a notification, and who stands in it. */
export type Worded = Pick<
  NotificationTable,
  'id' | 'user_id' | 'title' | 'message' | 'data' | 'actor_name' | 'resolved_by_name'
>

/** Removes the oldest without a trace. @returns how many; 0: it is empty */
export async function empty(tx: EngineTx, inbox: LockedInbox): Promise<number> {
  const rows = await tx.engine
    .selectFrom('notifications')
    .select(['id', 'type', 'priority', 'read_at', 'deleted_at'])
    .where('user_id', '=', inbox.userId)
    .orderBy('version')
    .limit(ERASED_AT_ONCE)
    .execute()
  if (rows.length === 0) return 0
  const ids = rows.map(({ id }) => id)
  await tx.engine.deleteFrom('notifications').where('id', 'in', ids).execute()
  const version = inbox.advance()
  for (const row of rows) if (row.deleted_at === null) inbox.count(row, -1, row.read_at === null ? -1 : 0)
  // Whoever should still follow it begins anew.
  await tx.engine
    .updateTable('inboxes')
    .set({ sync_floor: version })
    .where('user_id', '=', inbox.userId)
    .execute()
  tx.send({ kind: 'moved', user_id: inbox.userId, version })
  return rows.length
}

/** Gives notifications other words, all under one version. @returns how many are still there */
export async function reword(tx: EngineTx, inbox: LockedInbox, rows: readonly Worded[]): Promise<number> {
  const version = inbox.version + 1
  let count = 0
  for (const { id, user_id: _, ...words } of rows) {
    const { numUpdatedRows } = await tx.engine
      .updateTable('notifications')
      .set({ ...words, version })
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    count += Number(numUpdatedRows)
  }
  if (count === 0) return 0
  inbox.advance()
  tx.send({ kind: 'moved', user_id: inbox.userId, version })
  return count
}
