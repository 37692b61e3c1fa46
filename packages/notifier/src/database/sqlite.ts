/**
 * Kysely over the SQLite that comes with Node. One connection a process: Kysely hands it to one transaction or
 * query at a time, so a transaction sees nobody else's half-done work and nobody sees its.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import type { Capabilities, Engine } from './capabilities.ts'
import { DatabaseUnavailable } from './errors.ts'

const capabilities: Capabilities = {
  name: 'SQLite',
  timestamp: 'text',
  json: 'text',
  // A writing transaction holds the whole database from its first statement on.
  lockRows: query => query,
  // One transaction at a time: none is in the way of another.
  isToBeRepeated: () => false,
  async size(db) {
    const { rows } = await sql<{ bytes: number }>`
      select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`.execute(db)
    return rows[0]?.bytes ?? 0
  },
  // It is part of this process.
  now: async () => Date.now(),
}

/** How long a statement waits for another process that holds the database, such as the command line. */
const BUSY_TIMEOUT_MS = 5_000

/** Statements kept prepared; lists of varying length make ever new ones, so the oldest make room. */
const MAX_STATEMENTS = 500

/** @param file path of the database file, made when absent, or `:memory:` */
export function sqlite(file: string): Engine {
  return {
    capabilities,
    pool: () => null,
    dialect: {
      createDriver: () => sqliteDriver(file),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new TransactionalSqliteAdapter(),
      createIntrospector: db => new SqliteIntrospector(db),
    },
  }
}

/** Migrations run in one transaction: two processes that start at once take turns, and a killed one leaves no half. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function sqliteDriver(file: string): Driver {
  let database: DatabaseSync
  let connection: DatabaseConnection
  const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql))
  return {
    async init() {
      database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true })
      database.exec('pragma journal_mode = wal; pragma synchronous = full;')
      connection = sqliteConnection(database)
    },
    async acquireConnection() {
      return connection
    },
    async beginTransaction(_connection, settings) {
      // A deferred transaction that reads first and writes later fails when another process wrote in between.
      await run(settings.accessMode === 'read only' ? 'begin' : 'begin immediate')
    },
    async commitTransaction() {
      await run('commit')
    },
    async rollbackTransaction() {
      // Some errors (a full disk) make SQLite roll back by itself; rolling back again would hide the cause.
      if (database.isTransaction) await run('rollback')
    },
    async releaseConnection() {},
    async destroy() {
      database?.close()
    },
  }
}

const SQLITE_BUSY = 5

/** Another process held the database for longer than a statement waits. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error && 'errcode' in error)) return false
  return typeof error.errcode === 'number' && (error.errcode & 0xff) === SQLITE_BUSY
}

function sqliteConnection(database: DatabaseSync): DatabaseConnection {
  const statements = new Map<string, StatementSync>()

  function prepare(sql: string): StatementSync {
    const kept = statements.get(sql)
    if (kept) return kept
    if (statements.size >= MAX_STATEMENTS) {
      const oldest = statements.keys().next()
      if (!oldest.done) statements.delete(oldest.value)
    }
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      try {
        const statement = prepare(sql)
        const values = parameters as SQLInputValue[]
        if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] }
        const { changes } = statement.run(...values)
        return { rows: [], numAffectedRows: BigInt(changes) }
      } catch (error) {
        throw isBusy(error) ? new DatabaseUnavailable(error) : error
      }
    },
    streamQuery() {
      throw new Error('Rows are read in pages, not streamed')
    },
  }
}
