/** One opening of a SQLite file, and the statements that it keeps prepared. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery, QueryResult } from 'kysely'
import { DatabaseUnavailable } from './errors.ts'

/** How long a statement waits for another process that holds the database, such as the command line. */
const BUSY_TIMEOUT_MS = 5_000

/** Pages kept in memory by each way into a file. SQLite's own 2 MB hold the indexes of a few thousand people. */
const CACHE_KIB = 32_768

/**
 * So much is written before it is put in its place: what changes again and again is put there once, yet nobody waits for
 * long while it is. 4 kB each.
 */
const CHECKPOINT_PAGES = 2_000
/** When SQLite does so by itself, as part of a commit: where it is not done in between. */
const OVERDUE_PAGES = 8_000

/** Statements kept prepared; lists of varying length make ever new ones, so the oldest make room. */
const MAX_STATEMENTS = 500

const SQLITE_BUSY = 5

interface Prepared {
  statement: StatementSync
  isQuery: boolean
}

export class SqliteHandle {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, Prepared>()

  /** @param file path of the database file, made when absent unless it is only read */
  constructor(file: string, { readOnly = false } = {}) {
    this.#database = new DatabaseSync(file, {
      timeout: BUSY_TIMEOUT_MS,
      enableForeignKeyConstraints: true,
      readOnly,
    })
    this.#database.exec(`pragma cache_size = ${-CACHE_KIB};`)
    if (readOnly) return
    // What a savepoint would take back is kept in memory: else each of a group's members writes a file of its own.
    this.#database.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory;
      pragma wal_autocheckpoint = ${OVERDUE_PAGES};`)
  }

  /** Between a `begin` and its end. Some errors (a full disk) make SQLite end it by itself. */
  get isInTransaction(): boolean {
    return this.#database.isTransaction
  }

  /** Runs a statement that answers nothing. */
  exec(sql: string): void {
    try {
      this.#prepare(sql).statement.run()
    } catch (error) {
      throw asUnavailable(error)
    }
  }

  execute<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    try {
      const { statement, isQuery } = this.#prepare(sql)
      const values = parameters as SQLInputValue[]
      if (isQuery) return { rows: statement.all(...values) as R[] }
      const { changes } = statement.run(...values)
      return { rows: [], numAffectedRows: BigInt(changes) }
    } catch (error) {
      throw asUnavailable(error)
    }
  }

  /** Whether so much was written since the last checkpoint that there should be one. */
  get isCheckpointDue(): boolean {
    const { log = 0, checkpointed = 0 } = this.#checkpoint('noop')
    return log - checkpointed >= CHECKPOINT_PAGES
  }

  /** Puts what was committed in its place, as far as nobody reads what was there before. Not within a transaction. */
  checkpoint(): void {
    this.#checkpoint('passive')
  }

  close(): void {
    this.#database.close()
  }

  /** @returns pages in the log, and how many of them are in their place */
  #checkpoint(mode: 'noop' | 'passive'): { log?: number; checkpointed?: number } {
    return this.#prepare(`pragma wal_checkpoint(${mode})`).statement.get() ?? {}
  }

  #prepare(sql: string): Prepared {
    const kept = this.#statements.get(sql)
    if (kept) return kept
    if (this.#statements.size >= MAX_STATEMENTS) {
      const oldest = this.#statements.keys().next()
      if (!oldest.done) this.#statements.delete(oldest.value)
    }
    const statement = this.#database.prepare(sql)
    const prepared = { statement, isQuery: statement.columns().length > 0 }
    this.#statements.set(sql, prepared)
    return prepared
  }
}

/** Another process held the database for longer than a statement waits: nothing has happened. */
function asUnavailable(error: unknown): unknown {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return error
  return (error.errcode & 0xff) === SQLITE_BUSY ? new DatabaseUnavailable(error) : error
}
