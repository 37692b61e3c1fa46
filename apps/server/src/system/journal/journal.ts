/**
 * Writes down who was connected, and between which versions of their inbox, so that it can be said later whether a
 * notification went out to them. Nothing is written for a message. What is new is written every few seconds in parts;
 * where more comes than can be kept until then, it is left out and counted.
 */
import { setImmediate as turn } from 'node:timers/promises'
import type { ConnectionRecord, Journal, Recorded } from '@pms/notifier'
import { prepared } from '@pms/notifier/database'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { AppDatabase, Tables } from '../../database.ts'
import type { Job } from '../../jobs/job.ts'
import type { NodeOfOurs } from '../samples.ts'
import type { ConnectionTable } from '../tables.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

/** How long connections are remembered. */
export const KEPT_MS = 7 * DAY_MS

/** So many rows a transaction, that nobody waits long. */
const AT_ONCE = 200

/** More than come back at once after a restart, and few enough to be kept in mind. */
const MOST_WAITING = 20_000

/** When so many wait they are written, whether it is time or not. */
const MANY = 1_000

/** A connection as it was at a moment. */
interface Entry {
  record: ConnectionRecord
  isOver: boolean
  at: number
}

export interface JournalOptions {
  database: AppDatabase
  node: NodeOfOurs
  clock: () => Date
  log: Pick<FastifyBaseLogger, 'debug' | 'error'>
  /** How many may wait to be written. */
  mostWaiting?: number
}

export type ConnectionJournal = ReturnType<typeof createJournal>

export function createJournal(options: JournalOptions) {
  const { database, node, clock, log, mostWaiting = MOST_WAITING } = options
  /** Open, and not written yet. */
  const fresh = new Set<Recorded>()
  const waiting = new Map<number, Entry>()
  let unrecorded = 0
  let last: Promise<void> = Promise.resolve()

  function keep(record: ConnectionRecord, isOver: boolean): void {
    if (waiting.size < mostWaiting || waiting.has(record.number))
      waiting.set(record.number, { record, isOver, at: clock().getTime() })
    else if (isOver) unrecorded += 1
  }

  const journal: Journal = {
    opened(connection) {
      if (fresh.size < mostWaiting) fresh.add(connection)
    },
    closed(connection, record) {
      fresh.delete(connection)
      if (!record) return
      keep(record, true)
      const { number, userId: user_id, code } = record
      log.debug({ connection: connectionId(node, number), user_id, code }, 'connection closed')
      if (waiting.size === MANY) writeSoon()
    },
    asked(records) {
      for (const record of records) keep(record, false)
      writeSoon()
    },
  }

  /** The next part of what is not written yet: who has ended first, because nobody else knows of them. */
  function take(): Entry[] {
    const entries: Entry[] = []
    for (const [number, entry] of waiting) {
      if (entries.length === AT_ONCE) return entries
      entries.push(entry)
      waiting.delete(number)
    }
    if (entries.length > 0) return entries
    const at = clock().getTime()
    for (const connection of fresh) {
      if (entries.length === AT_ONCE) return entries
      const { record } = connection
      if (!record) continue
      entries.push({ record, isOver: false, at })
      fresh.delete(connection)
    }
    return entries
  }

  async function writeAll(): Promise<void> {
    for (let entries = take(); entries.length > 0; entries = take()) {
      const rows = entries.map(entry => toRow(node, entry))
      try {
        await database.transaction(tx => put(tx.db, rows))
      } catch (error) {
        for (const { record, isOver } of entries) if (!waiting.has(record.number)) keep(record, isOver)
        throw error
      }
      await turn()
    }
  }

  function write(): Promise<void> {
    last = last.then(writeAll, writeAll)
    return last
  }

  function writeSoon(): void {
    write().catch(error => log.error({ err: error }, 'journal'))
  }

  return {
    ...journal,

    /** Connections that were left out since the process started. */
    unrecorded: () => unrecorded,

    /** Resolves when all that was heard of until now is written. */
    write,
  }
}

/** As the log and the journal name a connection of a process. */
export const connectionId = ({ id }: Pick<NodeOfOurs, 'id'>, number: number) => `${id.slice(0, 8)}-${number}`

const iso = (ms: number) => new Date(ms).toISOString()

function toRow(node: NodeOfOurs, { record, isOver, at }: Entry): ConnectionTable {
  return {
    id: connectionId(node, record.number),
    node_id: node.id,
    server: node.name,
    user_id: record.userId,
    session_id: record.session,
    opened_at: iso(record.openedAt),
    closed_at: isOver ? iso(at) : null,
    code: record.code,
    start: record.start,
    first: record.first,
    version: record.version,
    heard_at: iso(record.heardAt),
    seen_at: iso(at),
  }
}

/** What has ended stays so. */
const put = prepared((db: Kysely<Tables>, rows: ConnectionTable[]) =>
  db
    .insertInto('connections')
    .values(rows)
    .onConflict(conflict =>
      conflict
        .column('id')
        .doUpdateSet(({ ref }) => ({
          closed_at: ref('excluded.closed_at'),
          code: ref('excluded.code'),
          start: ref('excluded.start'),
          first: ref('excluded.first'),
          version: ref('excluded.version'),
          heard_at: ref('excluded.heard_at'),
          seen_at: ref('excluded.seen_at'),
        }))
        .where('connections.closed_at', 'is', null),
    ),
)

/** @returns the job that forgets connections of long ago */
export function connectionCleanUp(database: AppDatabase): Job {
  return {
    name: 'connection-clean-up',
    schedule: '35 3 * * *',
    async run(now, signal) {
      const limit = iso(now.getTime() - KEPT_MS)
      while (!signal.aborted && (await forget(database, limit)) === BigInt(AT_ONCE)) await turn()
    },
  }
}

async function forget({ db }: AppDatabase, limit: string): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('connections')
    .where('id', 'in', query =>
      query.selectFrom('connections').select('id').where('seen_at', '<=', limit).limit(AT_ONCE),
    )
    .executeTakeFirstOrThrow()
  return numDeletedRows
}
