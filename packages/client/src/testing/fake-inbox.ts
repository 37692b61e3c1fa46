/**
 * One person's inbox as a server keeps it, small and in memory: every change is one version and one message. Serves
 * a fake server's REST calls and sockets, so that a test or a demo has something that behaves.
 */
import type { InboxItem, NotificationPage, ServerMessage, Sync } from '@pms/protocol'
import { matches } from '../listing/matches.ts'
import type { PageFilters } from '../types.ts'
import { answerRest } from './fake-rest.ts'
import type { FakeConnection, FakeScript } from './fake-server.ts'

interface Row {
  item: InboxItem
  /** Of its last change. */
  version: number
  deleted: boolean
}

export interface FakeInbox {
  readonly version: number
  /** Every change message there was, in order: `log[n]` led to version `n + 1`. */
  readonly log: readonly ServerMessage[]
  create(fields?: Partial<InboxItem>): InboxItem
  /** Each answers false where there was nothing to change. */
  setRead(id: string, read: boolean): boolean
  setDeleted(id: string, deleted: boolean): boolean
  /** Both answer how many they changed. */
  readAll(throughSeq?: number): number
  /** Marks unread again what was marked read by that version; tells it as a page. */
  undoReadAll(version: number): number
  page(limit: number, cursor?: string | null, filters?: PageFilters, skip?: number): NotificationPage
  /** What a client that has `from` is missing. `to`: only up to that version, as the first of two pages. */
  syncPage(from: number, to?: number): Sync
  /** Answers REST, greets sockets, brings them up to date and sends each change to all of them. */
  readonly script: FakeScript
}

export function createFakeInbox(options: { epoch?: string; now?: () => number } = {}): FakeInbox {
  const { epoch = 'epoch-1', now = Date.now } = options
  const rows = new Map<string, Row>()
  const log: ServerMessage[] = []
  const connections = new Set<FakeConnection>()
  /** Which rows a mark-all changed, by its version. */
  const readTogether = new Map<number, Row[]>()

  const alive = () => [...rows.values()].filter(row => !row.deleted)
  const unread = () => alive().filter(row => !row.item.is_read).length
  const newestFirst = (a: InboxItem, b: InboxItem) => b.seq - a.seq

  /** Takes the next version and tells it. The rows have been changed before. */
  function commit(message: ServerMessage): void {
    log.push(message)
    for (const connection of connections) connection.send(message)
  }

  const envelope = () => ({ version: log.length + 1, unread_count: unread() })

  function change(
    id: string,
    apply: (row: Row) => boolean,
    tell: (item: InboxItem) => ServerMessage,
  ): boolean {
    const row = rows.get(id)
    if (row === undefined || !apply(row)) return false
    row.version = log.length + 1
    commit(tell(row.item))
    return true
  }

  const inbox: FakeInbox = {
    get version() {
      return log.length
    },
    log,
    create(fields = {}) {
      const seq = log.length + 1
      const item: InboxItem = {
        id: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
        type: 'note',
        priority: 'medium',
        title: `Note ${seq}`,
        message: `Something happened, number ${seq}.`,
        action_url: `/things/${seq}`,
        data: {},
        triggered_by_name: 'Ada Example',
        created_at: new Date(now()).toISOString(),
        is_read: false,
        needs_action: false,
        resolved_at: null,
        resolved_by_name: null,
        object: null,
        ...fields,
        seq,
      }
      rows.set(item.id, { item, version: seq, deleted: false })
      commit({ type: 'new_notification', notification: item, ...envelope() })
      return item
    },
    setRead(id, read) {
      return change(
        id,
        row => {
          if (row.deleted || row.item.is_read === read) return false
          row.item = { ...row.item, is_read: read }
          return true
        },
        item =>
          read
            ? { type: 'marked_read', notification_id: id, ...envelope() }
            : { type: 'notification_updated', notification: item, ...envelope() },
      )
    },
    readAll(throughSeq = log.length) {
      const affected = alive().filter(({ item }) => !item.is_read && item.seq <= throughSeq)
      if (affected.length === 0) return 0
      for (const row of affected) {
        row.item = { ...row.item, is_read: true }
        row.version = log.length + 1
      }
      readTogether.set(log.length + 1, affected)
      commit({ type: 'all_marked_read', through_seq: throughSeq, count: affected.length, ...envelope() })
      return affected.length
    },
    undoReadAll(version) {
      const affected = (readTogether.get(version) ?? []).filter(
        row => row.version === version && !row.deleted,
      )
      if (affected.length === 0) return 0
      const before = log.length
      for (const row of affected) {
        row.item = { ...row.item, is_read: false }
        row.version = before + 1
      }
      commit(inbox.syncPage(before, before + 1))
      return affected.length
    },
    setDeleted(id, deleted) {
      return change(
        id,
        row => {
          if (row.deleted === deleted) return false
          row.deleted = deleted
          return true
        },
        item =>
          deleted
            ? { type: 'notification_deleted', notification_id: id, ...envelope() }
            : { type: 'notification_updated', notification: item, ...envelope() },
      )
    },
    page(limit, cursor = null, filters = {}, skip = 0) {
      const all = alive()
        .map(({ item }) => item)
        .filter(item => matches(item, filters))
        .sort(newestFirst)
      const below = cursor === null ? all : all.filter(item => item.seq < Number(cursor))
      const notifications = below.slice(skip, skip + limit)
      return {
        notifications,
        total: all.length,
        unread_count: unread(),
        page: 1,
        per_page: limit,
        next_cursor: below.length > skip + limit ? String(notifications.at(-1)?.seq) : null,
        version: log.length,
        epoch,
      }
    },
    syncPage(from, to = log.length) {
      const changed = [...rows.values()].filter(row => row.version > from && row.version <= to)
      return {
        type: 'sync',
        from,
        version: to,
        unread_count: unread(),
        total_count: alive().length,
        notifications: changed.filter(row => !row.deleted).map(row => row.item),
        deleted: changed.filter(row => row.deleted).map(row => row.item.id),
        more: to < log.length,
      }
    },
    script: {
      request: request => answerRest(inbox, request),
      connected(connection) {
        for (const other of connections) if (!other.open) connections.delete(other)
        connections.add(connection)
        connection.send({
          type: 'connection_established',
          message: 'Connected to notification service',
          user_id: 'user-1',
          epoch,
          version: log.length,
          unread_count: unread(),
        })
        const since = Number(connection.url.searchParams.get('since'))
        const known = connection.url.searchParams.get('epoch') ?? epoch
        if (known === epoch && since <= log.length) connection.send(inbox.syncPage(since))
        else connection.send({ type: 'sync_reset', version: log.length, reason: 'epoch_changed' })
      },
      said(connection, text) {
        if (text === 'ping') connection.send('pong')
        // Tokens of the fake are good for ever, so what is renewed stays good for an hour.
        if (text.startsWith('auth:'))
          connection.send({ type: 'auth_refreshed', expires_at: new Date(now() + 3_600_000).toISOString() })
        if (text.startsWith('sync:')) connection.send(inbox.syncPage(Number(text.slice('sync:'.length))))
      },
    },
  }
  return inbox
}
