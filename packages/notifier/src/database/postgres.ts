/**
 * Kysely over PostgreSQL. Values look as they do on every engine: moments and JSON are text, whole numbers are
 * numbers. A connection that broke is never used again, and whether a commit that broke off has happened is never
 * guessed.
 */
import { PostgresDialect, sql } from 'kysely'
import { DatabaseError, Pool, type PoolClient, type PoolConfig, types } from 'pg'
import type { Capabilities, Engine } from './capabilities.ts'
import { DatabaseUnavailable, OutcomeUnknown } from './errors.ts'
import { createStatementNames, type StatementNames } from './statement-names.ts'

export interface PostgresOptions {
  /** Connections at most. */
  connections?: number
  /** A statement that takes longer is given up, by the server. Milliseconds. */
  statementTimeoutMs?: number
  /** What the server calls its connections, in `pg_stat_activity`. */
  application?: string
  /** Called when a connection breaks that waits for nothing. */
  onError?: (error: Error) => void
}

/** Beyond what the server gives itself: one that was stopped does not look at its clock. */
const GRACE_MS = 2_000
const CONNECT_MS = 5_000

/** Two transactions stood in each other's way, and this one was taken back whole. */
const TO_BE_REPEATED = ['40001', '40P01']
/** A newer version has changed a table since the statement was planned; planned anew it does what it did. */
const isOutdated = (error: unknown) =>
  error instanceof DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery'
/** A statement took longer than it may: this one is given up, its connection is well. */
const TOO_LONG = '57014'
/** The server is going away, or is not there yet. */
const UNAVAILABLE = /^(57P0[123]|08...|53300)$/

const capabilities: Capabilities = {
  name: 'PostgreSQL',
  timestamp: 'timestamptz',
  // Not jsonb: that gives back other text than it was given.
  json: 'json',
  lockRows: query => query.forUpdate(),
  isToBeRepeated: error =>
    isOutdated(error) || (error instanceof DatabaseError && TO_BE_REPEATED.includes(error.code ?? '')),
  async size(db) {
    const { rows } = await sql<{ bytes: number }>`
      select pg_database_size(current_database()) as bytes`.execute(db)
    return rows[0]?.bytes ?? 0
  },
  async takesWrites(db) {
    const { rows } = await sql<{ is_follower: boolean; read_only: string }>`
      select pg_is_in_recovery() as is_follower, current_setting('transaction_read_only') as read_only`.execute(
      db,
    )
    return rows[0]?.is_follower === false && rows[0].read_only === 'off'
  },
  async now(db) {
    const { rows } = await sql<{ now: string }>`select clock_timestamp() as now`.execute(db)
    return Date.parse(rows[0]?.now ?? '')
  },
}

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [types.builtins.INT8]: Number,
  [types.builtins.NUMERIC]: Number,
  [types.builtins.TIMESTAMPTZ]: text => new Date(text).toISOString(),
  [types.builtins.JSON]: text => text,
}

/** @param url `postgres://user:password@host:port/database` */
export function postgres(url: string, options: PostgresOptions = {}): Engine {
  const { connections = 10, statementTimeoutMs = 15_000, application, onError = () => {} } = options
  const config: PoolConfig = {
    connectionString: url,
    max: connections,
    // One is always open: whoever looks at the server sees that the database is in use.
    min: 1,
    ...(application !== undefined && { application_name: application }),
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + GRACE_MS,
    // A transaction that its owner forgot must not hold its locks for ever.
    idle_in_transaction_session_timeout: statementTimeoutMs,
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) => PARSERS[oid] ?? types.getTypeParser(oid, format as 'text'),
    } as PoolConfig['types'],
  }
  const names = createStatementNames()
  let pool: Pool | undefined
  return {
    capabilities,
    pool: () =>
      pool
        ? {
            open: pool.totalCount,
            busy: pool.totalCount - pool.idleCount,
            waiting: pool.waitingCount,
            most: connections,
          }
        : null,
    dialect: new PostgresDialect({
      pool: async () => {
        const opened = new Pool(config)
        pool = opened
        // Connections break when they like, also between two statements of a transaction: the next one says so.
        opened.on('connect', client => client.on('error', onError))
        opened.on('error', onError)
        return {
          options: opened.options,
          connect: async () => careful(await opened.connect().catch(unavailable), names),
          end: () => opened.end(),
        }
      },
    }),
  }
}

/** A connection that says what its failures mean, and does not go back to the others when it broke. */
function careful(client: PoolClient, names: StatementNames) {
  let broken: Error | undefined
  let isTransaction = false

  async function query(text: string, values: readonly unknown[] = []): Promise<unknown> {
    // With its connection a transaction ends by itself.
    if (broken && text === 'rollback') return { rows: [] }
    if (/^(begin|start transaction)\b/.test(text)) isTransaction = true
    try {
      return await ask(text, values, values.length > 0 ? names.nameOf(text) : undefined)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      if (error instanceof DatabaseError && error.code === TOO_LONG) throw new DatabaseUnavailable(error)
      if (!breaks(error)) throw error
      broken = error
      if (text === 'commit') throw new OutcomeUnknown(error)
      return unavailable(error)
    }
  }

  async function ask(text: string, values: readonly unknown[], name: string | undefined): Promise<unknown> {
    try {
      return await client.query({ text, values: [...values], ...(name !== undefined && { name }) })
    } catch (error) {
      if (!isOutdated(error)) throw error
      names.renew()
      // A transaction is lost as a whole, and repeated as such.
      if (isTransaction) throw error
      return client.query({ text, values: [...values] })
    }
  }

  // Of what a client can do, Kysely asks for this much.
  return { query, release: () => client.release(broken) } as unknown as PoolClient
}

/** Whether the connection is of no more use: nobody answered, or the server said that it goes. */
function breaks(error: Error): boolean {
  return !(error instanceof DatabaseError) || UNAVAILABLE.test(error.code ?? '')
}

function unavailable(error: unknown): never {
  throw error instanceof Error && breaks(error) ? new DatabaseUnavailable(error) : error
}
