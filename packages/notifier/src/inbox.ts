/**
 * One person's inbox: reading it, and what its owner does to it. Every answer that carries a version was read in one
 * snapshot; every change goes through the flush.
 */
import type { InboxItem, NotificationPage, NotificationStats, Priority, SyncResetReason } from '@pms/protocol'
import { type Kysely, type SqlBool, sql } from 'kysely'
import { type Database, engineTables } from './database/database.ts'
import { prepared } from './database/prepared.ts'
import type { NotificationTable, NotifierTables } from './database/tables.ts'
import { flush } from './flush.ts'
import type { SingleChange } from './intents.ts'
import { toItem } from './item.ts'

export interface InboxFilter {
  unreadOnly?: boolean
  type?: string
  priority?: Priority
  /** Only what asks its reader to decide something, and nobody has dealt with yet. */
  needsAction?: boolean
}

export interface InboxQuery extends InboxFilter {
  /** How many to take, 1–100. */
  limit: number
  /** How many of the newest to leave out. Deep pages go by `beforeSeq`, whose cost does not grow. */
  skip: number
  /** Only what is older than this place in the inbox. */
  beforeSeq?: number
}

/** Where an inbox stands. An inbox that nothing was ever put into stands at 0. */
export interface InboxHead {
  version: number
  syncFloor: number
  unreadCount: number
  totalCount: number
  epoch: string
}

/** What happened since a version, at most a page of it. */
export interface SyncPage {
  from: number
  version: number
  unreadCount: number
  totalCount: number
  changed: InboxItem[]
  deleted: string[]
  more: boolean
}

export interface BulkResult {
  changed: number
  /** Those that are not there: deleted, unknown or somebody else's. */
  notFound: string[]
}

/** How an inbox command ended: it is done, there was nothing to do, or there is no such notification here. */
export type Outcome = 'done' | 'unchanged' | 'not_found'

const selectVersions = prepared((db: Kysely<NotifierTables>, userIds: readonly string[]) =>
  db.selectFrom('inboxes').select(['user_id', 'version']).where('user_id', 'in', userIds),
)

export type Inboxes = ReturnType<typeof createInboxes>

type Db = Kysely<NotifierTables>

/** The inboxes kept in this database. */
export function createInboxes<Tables extends NotifierTables>(database: Database<Tables>) {
  const snapshot = <R>(read: (db: Db) => Promise<R>) => database.snapshot(db => read(engineTables(db)))

  /** Changes one notification of one person, and says what became of it. */
  function change(kind: SingleChange, userId: string, id: string): Promise<Outcome> {
    return database.transaction(async tx => {
      const [changed] = await flush(tx, [{ kind, userId, id }])
      if (changed) return 'done'
      return (await findVisible(tx.engine, userId, id)) ? 'unchanged' : 'not_found'
    })
  }

  return {
    head: (userId: string): Promise<InboxHead> => snapshot(db => readHead(db, userId)),

    /** Versions of these inboxes; those that nothing was ever put into are left out. One query. */
    async versions(userIds: readonly string[]): Promise<Map<string, number>> {
      if (userIds.length === 0) return new Map()
      const rows = await selectVersions(engineTables(database.db), userIds)
      return new Map(rows.map(row => [row.user_id, row.version]))
    },

    /** A page of the inbox, newest first; `total` is how many the filter selects. */
    list(userId: string, query: InboxQuery): Promise<NotificationPage> {
      return snapshot(async db => {
        const head = await readHead(db, userId)
        const rows = await selectItems(db, userId, query)
          .selectAll()
          .orderBy('seq', 'desc')
          .offset(query.skip)
          .limit(query.limit + 1)
          .execute()
        const page = rows.slice(0, query.limit)
        return {
          notifications: page.map(toItem),
          total: await countOf(db, userId, query),
          unread_count: head.unreadCount,
          page: Math.floor(query.skip / query.limit) + 1,
          per_page: query.limit,
          next_cursor: rows.length > page.length ? String(page.at(-1)?.seq) : null,
          version: head.version,
          epoch: head.epoch,
        }
      })
    },

    /** How many there are, in all, unread, by type and by priority; groups without any are left out. */
    stats(userId: string): Promise<NotificationStats> {
      return snapshot(async db => {
        const head = await readHead(db, userId)
        const counts = await db
          .selectFrom('inbox_counts')
          .select(['type', 'priority', 'total'])
          .where('user_id', '=', userId)
          .where('total', '>', 0)
          .orderBy('type')
          .execute()
        const stats: NotificationStats = {
          total_count: head.totalCount,
          unread_count: head.unreadCount,
          by_type: {},
          by_priority: {},
        }
        for (const { type, priority, total } of counts) {
          stats.by_type[type] = (stats.by_type[type] ?? 0) + total
          stats.by_priority[priority] = (stats.by_priority[priority] ?? 0) + total
        }
        return stats
      })
    },

    /** One notification that its owner can see; undefined when it is deleted, unknown or somebody else's. */
    async find(userId: string, id: string): Promise<InboxItem | undefined> {
      const row = await findVisible(engineTables(database.db), userId, id)
      return row && toItem(row)
    },

    /**
     * The present state of what changed after `from`, each notification once, oldest change first. A page ends
     * where a version ends, so that a reader who has it stands at `version`. When it cannot be told, the reason.
     * @param limit most notifications in the page
     * @param reach most changes that are told at all: fetching afresh costs less than more of them
     */
    changesSince(
      userId: string,
      from: number,
      limit: number,
      reach = Number.POSITIVE_INFINITY,
    ): Promise<SyncPage | SyncResetReason> {
      return snapshot(async db => {
        const head = await readHead(db, userId)
        if (from > head.version) return 'version_unknown'
        if (from < head.syncFloor) return 'history_removed'
        if (head.version - from > reach) return 'too_far_behind'
        const rows = await db
          .selectFrom('notifications')
          .selectAll()
          .where('user_id', '=', userId)
          .where('version', '>', from)
          .orderBy('version')
          .limit(limit + 1)
          .execute()
        const more = rows.length > limit
        // The row past the limit may share its version with rows before it: that version belongs to the next page.
        const cut = more ? rows.filter(row => row.version < (rows[limit]?.version ?? 0)) : rows
        const last = cut.at(-1)
        if (more && !last) return 'too_far_behind'
        return {
          from,
          version: more && last ? last.version : head.version,
          unreadCount: head.unreadCount,
          totalCount: head.totalCount,
          changed: cut.filter(row => row.deleted_at === null).map(toItem),
          deleted: cut.filter(row => row.deleted_at !== null).map(row => row.id),
          more,
        }
      })
    },

    /**
     * Does one thing to several notifications, in one transaction.
     * @returns how many it changed, and which of them are not there
     */
    bulk(userId: string, kind: SingleChange, ids: readonly string[]): Promise<BulkResult> {
      return database.transaction(async tx => {
        const counts = await flush(
          tx,
          ids.map(id => ({ kind, userId, id })),
        )
        const notFound: string[] = []
        for (const [index, id] of ids.entries()) {
          if (counts[index] === 0 && !(await findVisible(tx.engine, userId, id))) notFound.push(id)
        }
        return { changed: counts.reduce((sum, count) => sum + count, 0), notFound }
      })
    },

    markRead: (userId: string, id: string) => change('read', userId, id),
    markUnread: (userId: string, id: string) => change('unread', userId, id),
    remove: (userId: string, id: string) => change('delete', userId, id),
    /** Brings a deleted notification back, in its old place. */
    restore: (userId: string, id: string) => change('restore', userId, id),

    /**
     * Marks everything up to and including place `throughSeq` as read; null: everything there is.
     * @returns how many were unread
     */
    async markAllRead(userId: string, throughSeq: number | null): Promise<number> {
      const [count = 0] = await database.transaction(tx =>
        flush(tx, [{ kind: 'read_all', userId, throughSeq }]),
      )
      return count
    },

    /**
     * Takes back a mark-all: what that version read is unread again, but for what was settled since.
     * @returns how many
     */
    async undoMarkAllRead(userId: string, version: number): Promise<number> {
      const [count = 0] = await database.transaction(tx =>
        flush(tx, [{ kind: 'unread_all', userId, version }]),
      )
      return count
    },
  }
}

async function readHead(db: Db, userId: string): Promise<InboxHead> {
  const row = await db
    .selectFrom('installation')
    .leftJoin('inboxes', join => join.on('inboxes.user_id', '=', userId))
    .select(['epoch', 'version', 'sync_floor', 'unread_count', 'total_count'])
    .executeTakeFirstOrThrow()
  return {
    version: row.version ?? 0,
    syncFloor: row.sync_floor ?? 0,
    unreadCount: row.unread_count ?? 0,
    totalCount: row.total_count ?? 0,
    epoch: row.epoch,
  }
}

function findVisible(db: Db, userId: string, id: string): Promise<NotificationTable | undefined> {
  return db
    .selectFrom('notifications')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}

function selectItems(db: Db, userId: string, query: InboxFilter & Pick<InboxQuery, 'beforeSeq'>) {
  const { unreadOnly, type, priority, needsAction, beforeSeq } = query
  return (
    db
      .selectFrom('notifications')
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .$if(unreadOnly === true, query => query.where('read_at', 'is', null))
      // In the words of the index that holds these rows and no others.
      .$if(needsAction === true, query => query.where(sql<SqlBool>`needs_action = 1 and resolved_at is null`))
      .$if(type !== undefined, query => query.where('type', '=', type ?? ''))
      .$if(priority !== undefined, query => query.where('priority', '=', priority ?? 'low'))
      .$if(beforeSeq !== undefined, query => query.where('seq', '<', beforeSeq ?? 0))
  )
}

/** How many a filter selects: from the counters, but for open requests, which are few and have an index to themselves. */
async function countOf(db: Db, userId: string, filter: InboxFilter): Promise<number> {
  const { unreadOnly, type, priority } = filter
  if (filter.needsAction) {
    const counted = await selectItems(db, userId, { unreadOnly, type, priority, needsAction: true })
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(counted.count)
  }
  const row = await db
    .selectFrom('inbox_counts')
    .select(({ fn }) => fn.sum<number | null>(unreadOnly ? 'unread' : 'total').as('count'))
    .where('user_id', '=', userId)
    .$if(type !== undefined, query => query.where('type', '=', type ?? ''))
    .$if(priority !== undefined, query => query.where('priority', '=', priority ?? 'low'))
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}
