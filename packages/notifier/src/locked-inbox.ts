/** An inbox held by a transaction: its version and counters move here, and are written once at the end. */
import type { Priority } from '@pms/protocol'
import type { Kysely } from 'kysely'
import { inBatches } from './batches.ts'
import type { EngineTx } from './database/database.ts'
import { prepared, preparedByEngine } from './database/prepared.ts'
import type { InboxCountTable, InboxTable, NotifierTables } from './database/tables.ts'

/** The group of the counters that a notification belongs to. */
interface Group {
  type: string
  priority: Priority
}

export class LockedInbox {
  readonly userId: string
  readonly #syncFloor: number
  #version: number
  #total: number
  #unread: number
  #isChanged = false
  readonly #groups = new Map<string, Group & { total: number; unread: number }>()

  constructor(row: InboxTable) {
    this.userId = row.user_id
    this.#syncFloor = row.sync_floor
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

  /** Its row as it is to be written, where that has changed. */
  row(): InboxTable[] {
    if (!this.#isChanged) return []
    return [
      {
        user_id: this.userId,
        version: this.#version,
        sync_floor: this.#syncFloor,
        unread_count: this.#unread,
        total_count: this.#total,
      },
    ]
  }

  /** What is to be added to its counts by type and priority. */
  counts(): InboxCountTable[] {
    return [...this.#groups.values()]
      .filter(group => group.total !== 0 || group.unread !== 0)
      .map(group => ({ user_id: this.userId, ...group }))
  }
}

const makeInboxes = prepared((db: Kysely<NotifierTables>, rows: InboxTable[]) =>
  db
    .insertInto('inboxes')
    .values(rows)
    .onConflict(conflict => conflict.column('user_id').doNothing()),
)

const emptyInbox = (user_id: string): InboxTable => ({
  user_id,
  version: 0,
  sync_floor: 0,
  unread_count: 0,
  total_count: 0,
})

/** They are there and locked: nothing is inserted. */
const saveRows = prepared((db: Kysely<NotifierTables>, rows: InboxTable[]) =>
  db
    .insertInto('inboxes')
    .values(rows)
    .onConflict(conflict =>
      conflict.column('user_id').doUpdateSet(({ ref }) => ({
        version: ref('excluded.version'),
        total_count: ref('excluded.total_count'),
        unread_count: ref('excluded.unread_count'),
      })),
    ),
)

const addCounts = prepared((db: Kysely<NotifierTables>, rows: InboxCountTable[]) =>
  db
    .insertInto('inbox_counts')
    .values(rows)
    .onConflict(conflict =>
      conflict.columns(['user_id', 'type', 'priority']).doUpdateSet(({ eb, ref }) => ({
        total: eb('inbox_counts.total', '+', ref('excluded.total')),
        unread: eb('inbox_counts.unread', '+', ref('excluded.unread')),
      })),
    ),
)

const selectLocked = preparedByEngine(
  ({ lockRows }) =>
    (db: Kysely<NotifierTables>, userIds: readonly string[]) =>
      lockRows(db.selectFrom('inboxes').selectAll().where('user_id', 'in', userIds).orderBy('user_id')),
)

/** Locks the inboxes of these users, in ascending order; an inbox that is not there yet is made. */
export async function lockInboxes(
  tx: EngineTx,
  userIds: readonly string[],
): Promise<Map<string, LockedInbox>> {
  if (userIds.length === 0) return new Map()
  let rows = await selectLocked(tx.capabilities, tx.engine, userIds)
  if (rows.length < userIds.length) {
    const known = new Set(rows.map(row => row.user_id))
    // Somebody else may be making the same ones: then theirs are locked, and should both wait for the other the
    // database takes one of the two back, which is done again.
    await makeInboxes(tx.engine, userIds.filter(id => !known.has(id)).map(emptyInbox))
    rows = await selectLocked(tx.capabilities, tx.engine, userIds)
  }
  return new Map(rows.map(row => [row.user_id, new LockedInbox(row)]))
}

/** Rows in one statement, so that what many are told of does not take a statement for each. */
const ROWS_AT_ONCE = 500

export async function saveInboxes(tx: EngineTx, inboxes: Iterable<LockedInbox>): Promise<void> {
  const all = [...inboxes]
  for (const rows of inBatches(
    all.flatMap(inbox => inbox.row()),
    ROWS_AT_ONCE,
  ))
    await saveRows(tx.engine, rows)
  for (const counts of inBatches(
    all.flatMap(inbox => inbox.counts()),
    ROWS_AT_ONCE,
  ))
    await addCounts(tx.engine, counts)
}
