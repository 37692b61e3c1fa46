/** What became of one notification, and whether news reaches a person. Nothing that a notification says is read here. */
import { setTimeout as wait } from 'node:timers/promises'
import type {
  NotificationTrace,
  PersonReach,
  TracedNotification,
  TracedPage,
  TracedQuery,
  TracedState,
} from '@pms/contract'
import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import type { AppDatabase, Tables } from '../../database.ts'
import { pageOf } from '../../paging.ts'
import { CONNECTIONS } from '../migrations.ts'
import type { NodeOfOurs } from '../samples.ts'
import { connectionsOf, unrecordedIn } from './connections.ts'
import { type ConnectionJournal, KEPT_MS } from './journal.ts'
import { judgeConnection, verdictOf } from './judge.ts'

export interface TraceOptions {
  database: AppDatabase
  node: NodeOfOurs
  journal: ConnectionJournal
  /** Ids of things that this person must not know of: notifications about them, to others, are not there for them. */
  concealedFrom(db: Kysely<Tables>, userId: string): SelectQueryBuilder<Tables, 'reviews', { id: string }>
  /** Whether other processes hear what is asked here. */
  hasOthers: boolean
  clock: () => Date
}

/** How long other processes may take to write down how a person's connections stand, and how often that is looked for. */
const OTHERS_MS = 1_000
const LOOK_MS = 50

type Db = Kysely<Tables>

export type Traces = ReturnType<typeof createTraces>

export function createTraces({ database, node, journal, concealedFrom, hasOthers, clock }: TraceOptions) {
  const { db } = database

  /** What is their own, and of others whatever is about nothing that is kept from them. */
  const isOpenTo =
    (db: Db, readerId: string) =>
    ({ eb, or, not }: ExpressionBuilder<Tables, 'notifications'>): Expression<SqlBool> =>
      or([
        eb('notifications.user_id', '=', readerId),
        eb('notifications.object_id', 'is', null),
        not(eb('notifications.object_id', 'in', concealedFrom(db, readerId))),
      ])

  /** Brings what is written of a person's connections up to this moment. @returns the moment */
  async function ask(userId: string): Promise<string> {
    const askedAt = clock().toISOString()
    database.bus.publish([{ kind: 'record_asked', user_id: userId }])
    await journal.write()
    if (!hasOthers || !database.bus.isConnected) return askedAt
    // Those who are asked answer by writing; who has begun only just now has not been heard of before.
    for (let passed = 0; passed < OTHERS_MS; passed += LOOK_MS) {
      await wait(LOOK_MS, undefined, { ref: false })
      const open = await connectionsOf(db, userId, { node, now: clock(), openOnly: true })
      const isAnswered = open.every(({ isLost, seen_at }) => isLost || seen_at >= askedAt)
      if (isAnswered && passed > 0) break
    }
    return askedAt
  }

  async function knownSince(now: Date): Promise<string> {
    const { rows } = await sql<{ timestamp: string }>`
      select timestamp from kysely_migration where name = ${CONNECTIONS}`.execute(db)
    const kept = new Date(now.getTime() - KEPT_MS).toISOString()
    const began = rows[0]?.timestamp ?? kept
    return began > kept ? began : kept
  }

  async function lastConnectedAt(userId: string): Promise<string | null> {
    const { at } = await db
      .selectFrom('connections')
      .where('user_id', '=', userId)
      .select(({ fn }) => fn.max('seen_at').as('at'))
      .executeTakeFirstOrThrow()
    return at
  }

  return {
    /** The newest of a person, also those that were deleted. */
    async list(readerId: string, { user_id, until, skip, limit }: TracedQuery): Promise<TracedPage> {
      return database.snapshot(async db => {
        const chosen = (isDeleted: boolean) =>
          db
            .selectFrom('notifications')
            .where('user_id', '=', user_id)
            .where('deleted_at', isDeleted ? 'is not' : 'is', null)
            .where(isOpenTo(db, readerId))
            .$if(until !== undefined, query =>
              query.where('created_at', '<=', new Date(until ?? 0).toISOString()),
            )
        // Each of the two has an index of its own.
        const [there, deleted] = [chosen(false), chosen(true)]
        let total = 0
        const rows = []
        for (const selected of [there, deleted]) {
          const { count } = await selected
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow()
          total += Number(count)
          rows.push(
            ...(await selected
              .select([...SHOWN, 'seq'])
              .orderBy('seq', 'desc')
              .limit(skip + limit)
              .execute()),
          )
        }
        const page = rows.toSorted((a, b) => b.seq - a.seq).slice(skip, skip + limit)
        return pageOf(page.map(toTraced), total, skip)
      })
    },

    /** undefined: there is no such person. */
    async reach(userId: string): Promise<PersonReach | undefined> {
      const person = await db
        .selectFrom('users')
        .where('id', '=', userId)
        .select(['id', 'name', 'status'])
        .executeTakeFirst()
      if (!person) return undefined
      await ask(userId)
      const now = clock()
      const open = await connectionsOf(db, userId, { node, now, openOnly: true })
      const unwanted = await db
        .selectFrom('notification_preferences')
        .where('user_id', '=', userId)
        .where('in_app', '=', 0)
        .select('type')
        .orderBy('type')
        .execute()
      const muted = await db
        .selectFrom('muted_things')
        .where('user_id', '=', userId)
        .select(['object_type', 'object_id', 'muted_at'])
        .orderBy('muted_at', 'desc')
        .execute()
      return {
        ...person,
        connections: open.filter(({ isLost }) => !isLost).length,
        last_connected_at: await lastConnectedAt(userId),
        known_since: await knownSince(now),
        unwanted_types: unwanted.map(({ type }) => type),
        muted: muted.map(({ object_type: type, object_id: id, muted_at }) => ({
          object: { type, id },
          muted_at,
        })),
      }
    },

    /** undefined: there is no such notification, or none for this reader. */
    async trace(readerId: string, id: string): Promise<NotificationTrace | undefined> {
      const recipient = await db
        .selectFrom('notifications')
        .innerJoin('users', 'users.id', 'notifications.user_id')
        .where('notifications.id', '=', id)
        .where(isOpenTo(db, readerId))
        .select(['users.id', 'users.name', 'users.status'])
        .executeTakeFirst()
      if (!recipient) return undefined
      const askedAt = await ask(recipient.id)
      // Asked first, read after: a change in between shows as one that was handed out, never as one that was not.
      const row = await db
        .selectFrom('notifications')
        .where('id', '=', id)
        .select([...SHOWN, ...TRACED])
        .executeTakeFirst()
      if (!row) return undefined
      const now = clock()
      const known = await connectionsOf(db, recipient.id, { node, now, since: row.created_at })
      const connections = known.map(each => judgeConnection(each, row, askedAt))
      const since = await knownSince(now)
      return {
        ...toTraced(row),
        version: row.seq,
        recipient,
        actor: row.actor_name === null ? null : { id: row.actor_id, name: row.actor_name },
        object:
          row.object_type === null || row.object_id === null
            ? null
            : { type: row.object_type, id: row.object_id },
        verdict: verdictOf(connections, row.created_at >= since),
        connections,
        last_connected_at: await lastConnectedAt(recipient.id),
        known_since: since,
        unrecorded: await unrecordedIn(db, node.id, journal.unrecorded()),
        read: row.read_at === null ? null : { at: row.read_at, way: await wayOf(db, recipient.id, row) },
        settled: row.resolved_at === null ? null : { at: row.resolved_at, by_name: row.resolved_by_name },
        deleted_at: row.deleted_at,
      }
    },
  }
}

const SHOWN = [
  'id',
  'type',
  'priority',
  'needs_action',
  'created_at',
  'read_at',
  'resolved_at',
  'deleted_at',
] as const

const TRACED = [
  'seq',
  'read_version',
  'resolved_by_name',
  'actor_id',
  'actor_name',
  'object_type',
  'object_id',
] as const

type Shown = Pick<Tables['notifications'], (typeof SHOWN)[number]>

function toTraced(row: Shown): TracedNotification {
  const { id, type, priority, needs_action, created_at } = row
  return { id, type, priority, needs_action: needs_action === 1, created_at, state: stateOf(row) }
}

function stateOf({ deleted_at, resolved_at, read_at }: Shown): TracedState {
  if (deleted_at !== null) return 'deleted'
  if (resolved_at !== null) return 'settled'
  return read_at === null ? 'unread' : 'read'
}

interface Way {
  id: string
  read_at: string | null
  read_version: number | null
  resolved_at: string | null
}

/** A decision reads in its own moment; a mark-all reads several under one version. */
async function wayOf(db: Db, userId: string, { id, read_at, read_version, resolved_at }: Way) {
  if (resolved_at !== null && resolved_at === read_at) return 'decision'
  if (read_version === null) return 'itself'
  const other = await db
    .selectFrom('notifications')
    .where('user_id', '=', userId)
    .where('version', '=', read_version)
    .where('id', '!=', id)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return other ? 'all' : 'itself'
}
