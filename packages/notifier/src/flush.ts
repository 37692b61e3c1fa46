/**
 * The one place where inboxes change. A flush locks the inboxes it touches in ascending order of user id, carries out
 * the intents in theirs, and writes versions and counters by the rows that really changed: one row change, one
 * version, one message. An intent that changes nothing takes no version and says nothing.
 *
 * Lock order everywhere: row of the application, inbox, notification.
 */
import { type Kysely, sql } from 'kysely'
import type { InboxChange } from './bus/bus.ts'
import { clean } from './cleaning.ts'
import type { EngineTx } from './database/database.ts'
import { prepared } from './database/prepared.ts'
import type { NotificationTable, NotifierTables } from './database/tables.ts'
import { empty, reword } from './erasing.ts'
import type { Draft, Intent, SingleChange } from './intents.ts'
import { toItem } from './item.ts'
import { type LockedInbox, lockInboxes, saveInboxes } from './locked-inbox.ts'
import { newId } from './new-id.ts'
import { insertNotifications, type Place, UNTOUCHED } from './new-notifications.ts'
import { withoutUnwanted } from './unwanted.ts'

/** How many of the ids that a mark-all read go with it, for clients that know only single reads. */
const MAX_IDS_IN_READ_ALL = 100

/** A transaction carrying out intents. */
interface Flush {
  tx: EngineTx
  inboxes: ReadonlyMap<string, LockedInbox>
}

/** A change before it is known whose inbox and version it belongs to. */
type Told = InboxChange extends infer C
  ? C extends InboxChange
    ? Omit<C, 'user_id' | 'version' | 'unread_count'>
    : never
  : never

/**
 * Carries out what a transaction wants done to inboxes.
 * @returns how many notifications each intent changed
 */
export async function flush(tx: EngineTx, recorded: readonly Intent[]): Promise<number[]> {
  const intents = await withoutUnwanted(tx, recorded)
  const inboxes = await lockInboxes(tx, await affectedUsers(tx, intents))
  const context = { tx, inboxes }
  const changed: number[] = []
  for (const intent of intents) changed.push(await carryOut(context, intent))
  await saveInboxes(tx, inboxes.values())
  return changed
}

function carryOut(context: Flush, intent: Intent): Promise<number> {
  switch (intent.kind) {
    case 'create':
      return create(context, intent.userIds, intent.draft)
    case 'resolve':
      return resolveAll(context, intent)
    case 'read_all':
      return readAll(context, intent.userId, intent.throughSeq)
    case 'unread_all':
      return unreadAll(context, intent.userId, intent.version)
    case 'read':
    case 'unread':
    case 'delete':
    case 'restore':
      return changeOne(context, intent.kind, intent.userId, intent.id)
    case 'clean':
      return clean(context.tx, inboxOf(context.inboxes, intent.userId), intent.ids)
    case 'empty':
      return empty(context.tx, inboxOf(context.inboxes, intent.userId))
    case 'reword':
      return reword(context.tx, inboxOf(context.inboxes, intent.userId), intent.rows)
  }
}

async function affectedUsers(tx: EngineTx, intents: readonly Intent[]): Promise<string[]> {
  const users = new Set<string>()
  for (const intent of intents) {
    if (intent.kind === 'create') for (const userId of intent.userIds) users.add(userId)
    else if (intent.kind === 'resolve') {
      // No new request about the object can appear meanwhile: the caller holds the object's row.
      for (const row of await openRequests(tx, intent)) users.add(row.user_id)
    } else users.add(intent.userId)
  }
  return [...users].sort()
}

type Resolve = Extract<Intent, { kind: 'resolve' }>

function openRequests(tx: EngineTx, { object, of }: Resolve): Promise<NotificationTable[]> {
  return tx.engine
    .selectFrom('notifications')
    .selectAll()
    .where('object_type', '=', object.type)
    .where('object_id', '=', object.id)
    .where('needs_action', '=', 1)
    .where('resolved_at', 'is', null)
    .$if(of !== null, query => query.where('user_id', 'in', of ?? []))
    .orderBy('user_id')
    .orderBy('seq')
    .execute()
}

async function create({ tx, inboxes }: Flush, userIds: readonly string[], draft: Draft): Promise<number> {
  if (userIds.length === 0) return 0
  const dedupe_key = draft.dedupe_key
  const already = new Set(
    dedupe_key === null ? [] : (await whoHas(tx.engine, { userIds, dedupe_key })).map(row => row.user_id),
  )
  const common = { ...draft, created_at: tx.now }
  const item = toItem({ ...common, ...UNTOUCHED, id: '', user_id: '', seq: 0, version: 0 })
  const places: Place[] = []
  for (const userId of userIds) {
    if (already.has(userId)) continue
    const inbox = inboxOf(inboxes, userId)
    const seq = inbox.advance()
    inbox.count(draft, 1, 1)
    const id = newId()
    places.push({ id, user_id: userId, seq })
    tell(tx, inbox, { kind: 'created', item: { ...item, id, seq } })
  }
  if (places.length > 0) await insertNotifications(tx.capabilities, tx.engine, { common, places })
  return places.length
}

const whoHas = prepared(
  (db: Kysely<NotifierTables>, { userIds, dedupe_key }: { userIds: readonly string[]; dedupe_key: string }) =>
    db
      .selectFrom('notifications')
      .select('user_id')
      .where('user_id', 'in', userIds)
      .where('dedupe_key', '=', dedupe_key),
)

async function resolveAll({ tx, inboxes }: Flush, intent: Resolve): Promise<number> {
  const requests = await openRequests(tx, intent)
  for (const row of requests) {
    const settled = { resolved_at: tx.now, resolved_by_name: intent.byName, read_at: row.read_at ?? tx.now }
    if (row.deleted_at !== null) {
      // Nobody sees a tombstone, so there is nothing to tell; restored, it shows as settled.
      await write(tx, row.id, settled)
      continue
    }
    const inbox = inboxOf(inboxes, row.user_id)
    const version = inbox.advance()
    const wasUnread = row.read_at === null
    if (wasUnread) inbox.count(row, 0, -1)
    const changed = { ...settled, version, read_version: wasUnread ? version : row.read_version }
    await write(tx, row.id, changed)
    tell(tx, inbox, { kind: 'updated', item: toItem({ ...row, ...changed }) })
  }
  return requests.length
}

async function readAll({ tx, inboxes }: Flush, userId: string, throughSeq: number | null): Promise<number> {
  const inbox = inboxOf(inboxes, userId)
  const through = Math.min(throughSeq ?? inbox.version, inbox.version)
  const unread = tx.engine
    .selectFrom('notifications')
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .where('read_at', 'is', null)
    .where('seq', '<=', through)
  // What is unread in the whole inbox is known; only up to a place in it has to be counted.
  const groups =
    through === inbox.version
      ? await tx.engine
          .selectFrom('inbox_counts')
          .select(['type', 'priority', 'unread as count'])
          .where('user_id', '=', userId)
          .where('unread', '>', 0)
          .execute()
      : await unread
          .select(['type', 'priority', ({ fn }) => fn.countAll<number>().as('count')])
          .groupBy(['type', 'priority'])
          .execute()
  if (groups.length === 0) return 0
  const newest = await unread.select('id').orderBy('seq', 'desc').limit(MAX_IDS_IN_READ_ALL).execute()

  const version = inbox.advance()
  let count = 0
  for (const group of groups) {
    inbox.count(group, 0, -Number(group.count))
    count += Number(group.count)
  }
  await tx.engine
    .updateTable('notifications')
    .set({ read_at: tx.now, read_version: version, version })
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .where('read_at', 'is', null)
    .where('seq', '<=', through)
    .execute()
  tell(tx, inbox, { kind: 'all_read', through_seq: through, count, ids: newest.map(row => row.id) })
  return count
}

/**
 * Takes back what was read by one version, but for what was settled since. Each row has a version of its own again, so
 * that clients can be told of them in pages.
 */
async function unreadAll({ tx, inboxes }: Flush, userId: string, byVersion: number): Promise<number> {
  const inbox = inboxOf(inboxes, userId)
  const read = tx.engine
    .selectFrom('notifications')
    .where('user_id', '=', userId)
    .where('read_version', '=', byVersion)
    .where('resolved_at', 'is', null)
    .where('deleted_at', 'is', null)
  const groups = await read
    .select(['type', 'priority', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy(['type', 'priority'])
    .execute()
  let count = 0
  for (const group of groups) {
    inbox.count(group, 0, Number(group.count))
    count += Number(group.count)
  }
  if (count === 0) return 0

  const before = inbox.version
  const version = inbox.advance(count)
  await tx.engine
    .updateTable('notifications')
    .from(read.select(['id', sql<number>`row_number() over (order by seq)`.as('place')]).as('undone'))
    .set({ read_at: null, read_version: null, version: sql`${before} + undone.place` })
    .whereRef('notifications.id', '=', 'undone.id')
    .execute()
  tx.send({ kind: 'moved', user_id: userId, version })
  return count
}

async function changeOne(
  { tx, inboxes }: Flush,
  kind: SingleChange,
  userId: string,
  id: string,
): Promise<number> {
  const row = await tx.engine
    .selectFrom('notifications')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (!row) return 0
  const isUnread = row.read_at === null
  const isDeleted = row.deleted_at !== null
  const isNoChange = {
    read: isDeleted || !isUnread,
    unread: isDeleted || isUnread,
    delete: isDeleted,
    restore: !isDeleted,
  }[kind]
  if (isNoChange) return 0

  const inbox = inboxOf(inboxes, userId)
  const version = inbox.advance()
  const unread = isUnread ? 1 : 0
  switch (kind) {
    case 'read':
      inbox.count(row, 0, -1)
      await write(tx, id, { version, read_at: tx.now, read_version: version })
      tell(tx, inbox, { kind, id })
      break
    case 'unread':
      inbox.count(row, 0, 1)
      await write(tx, id, { version, read_at: null, read_version: null })
      tell(tx, inbox, { kind: 'updated', item: toItem({ ...row, read_at: null }) })
      break
    case 'delete':
      inbox.count(row, -1, -unread)
      await write(tx, id, { version, deleted_at: tx.now })
      tell(tx, inbox, { kind: 'deleted', id })
      break
    case 'restore':
      inbox.count(row, 1, unread)
      await write(tx, id, { version, deleted_at: null })
      tell(tx, inbox, { kind: 'updated', item: toItem(row) })
      break
  }
  return 1
}

async function write(tx: EngineTx, id: string, changes: Partial<NotificationTable>): Promise<void> {
  await tx.engine.updateTable('notifications').set(changes).where('id', '=', id).execute()
}

function tell(tx: EngineTx, inbox: LockedInbox, told: Told): void {
  tx.send({ ...told, user_id: inbox.userId, version: inbox.version, unread_count: inbox.unreadCount })
}

function inboxOf(inboxes: ReadonlyMap<string, LockedInbox>, userId: string): LockedInbox {
  const inbox = inboxes.get(userId)
  if (!inbox) throw new Error(`The inbox of ${userId} was not locked before it was changed`)
  return inbox
}
