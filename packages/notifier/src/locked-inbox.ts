/** An inbox held by a transaction: its version and counters move here, and are written once at the end. */
import type { Priority } from '@pms/protocol'
import type { EngineTx } from './database/database.ts'
import type { InboxTable } from './database/tables.ts'

/** The group of the counters that a notification belongs to. */
interface Group {
  type: string
  priority: Priority
}

export class LockedInbox {
  readonly userId: string
  #version: number
  #total: number
  #unread: number
  #isChanged = false
  readonly #groups = new Map<string, Group & { total: number; unread: number }>()

  constructor(row: InboxTable) {
    this.userId = row.user_id
    this.#version = row.version
    this.#total = row.total_count
    this.#unread = row.unread_count
  }

  get version(): number {
    return this.#version
  }

  get unreadCount(): number {
    return this.#unread
  }

  /** Takes the next version, or the next few, for changes that are going to happen. @returns the last of them */
  advance(by = 1): number {
    this.#isChanged = true
    this.#version += by
    return this.#version
  }

  /** Counts a change of the notifications of one type and priority. */
  count({ type, priority }: Group, total: number, unread: number): void {
    this.#total += total
    this.#unread += unread
    const key = `${type} ${priority}`
    const group = this.#groups.get(key) ?? { type, priority, total: 0, unread: 0 }
    this.#groups.set(key, { ...group, total: group.total + total, unread: group.unread + unread })
  }

  async save(tx: EngineTx): Promise<void> {
    if (!this.#isChanged) return
    await tx.engine
      .updateTable('inboxes')
      .set({ version: this.#version, total_count: this.#total, unread_count: this.#unread })
      .where('user_id', '=', this.userId)
      .execute()
    const groups = [...this.#groups.values()].filter(group => group.total !== 0 || group.unread !== 0)
    if (groups.length === 0) return
    await tx.engine
      .insertInto('inbox_counts')
      .values(groups.map(group => ({ user_id: this.userId, ...group })))
      .onConflict(conflict =>
        conflict.columns(['user_id', 'type', 'priority']).doUpdateSet(({ eb, ref }) => ({
          total: eb('inbox_counts.total', '+', ref('excluded.total')),
          unread: eb('inbox_counts.unread', '+', ref('excluded.unread')),
        })),
      )
      .execute()
  }
}

/** Locks the inboxes of these users, in this order; an inbox that is not there yet is made. */
export async function lockInboxes(
  tx: EngineTx,
  userIds: readonly string[],
): Promise<Map<string, LockedInbox>> {
  if (userIds.length === 0) return new Map()
  await tx.engine
    .insertInto('inboxes')
    .values(userIds.map(user_id => ({ user_id, version: 0, sync_floor: 0, unread_count: 0, total_count: 0 })))
    .onConflict(conflict => conflict.column('user_id').doNothing())
    .execute()
  const rows = await tx.capabilities
    .lockRows(tx.engine.selectFrom('inboxes').selectAll().where('user_id', 'in', userIds).orderBy('user_id'))
    .execute()
  return new Map(rows.map(row => [row.user_id, new LockedInbox(row)]))
}

export async function saveInboxes(tx: EngineTx, inboxes: Iterable<LockedInbox>): Promise<void> {
  for (const inbox of inboxes) await inbox.save(tx)
}
