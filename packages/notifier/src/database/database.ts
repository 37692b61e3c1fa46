/**
 * The database of one process: reading, snapshots, and transactions that tell the world what they did only after
 * they did it.
 */
import { Kysely } from 'kysely'
import type { Bus, BusMessage } from '../bus/bus.ts'
import type { Capabilities } from './capabilities.ts'
import { type Migrations, migrate, notifierMigrations } from './migrations.ts'
import { sqliteCapabilities, sqliteDialect } from './sqlite.ts'
import type { NotifierTables } from './tables.ts'

/** A transaction as the engine uses it. */
export interface EngineTx {
  /** The engine's own tables, in this transaction. */
  readonly engine: Kysely<NotifierTables>
  readonly capabilities: Capabilities
  /** The moment of this transaction, the same for all it writes. ISO 8601, UTC. */
  readonly now: string
  /** Last work before the commit; if it throws, nothing of the transaction happens. */
  beforeCommit(step: () => Promise<unknown>): void
  /** What others hear if, and only if, this transaction commits; in the order it was said. */
  send(message: BusMessage): void
}

/** A transaction as the application uses it: also its own tables. */
export interface Tx<Tables> extends EngineTx {
  readonly db: Kysely<Tables>
  /** Work that must not happen unless the transaction committed. It must not throw. */
  afterCommit(step: () => void): void
}

export interface Database<Tables> {
  /** For reading outside transactions. Never used inside one: SQLite would wait for itself. */
  readonly db: Kysely<Tables>
  /** Runs `work` in one transaction: commits when it returns, rolls back when it throws. */
  transaction<R>(work: (tx: Tx<Tables>) => Promise<R>): Promise<R>
  /** Runs `work` against one unchanging state of the database. */
  snapshot<R>(work: (db: Kysely<Tables>) => Promise<R>): Promise<R>
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Path of the SQLite file, made when absent, or `:memory:`. */
  file: string
  bus: Bus
  /** Migrations of the application; those of the engine run with them. */
  migrations?: Migrations
  clock?: () => Date
}

/** Opens the database and brings its tables up to date. */
export async function openDatabase<Tables extends NotifierTables>(
  options: DatabaseOptions,
): Promise<Database<Tables>> {
  const { bus, clock = () => new Date() } = options
  const capabilities = sqliteCapabilities
  const db = new Kysely<Tables>({ dialect: sqliteDialect(options.file) })
  try {
    await migrate(db, capabilities, { ...notifierMigrations, ...options.migrations })
  } catch (error) {
    await db.destroy()
    throw error
  }

  return {
    db,
    async transaction(work) {
      const messages: BusMessage[] = []
      const lastSteps: (() => Promise<unknown>)[] = []
      const afterwards: (() => void)[] = []
      const result = await db.transaction().execute(async transaction => {
        const answer = await work({
          db: transaction,
          engine: engineTables(transaction),
          capabilities,
          now: clock().toISOString(),
          beforeCommit: step => lastSteps.push(step),
          send: message => messages.push(message),
          afterCommit: step => afterwards.push(step),
        })
        for (const step of lastSteps) await step()
        return answer
      })
      bus.publish(messages)
      for (const step of afterwards) step()
      return result
    },
    snapshot: work => db.transaction().setAccessMode('read only').execute(work),
    close: () => db.destroy(),
  }
}

/** The engine's view of a database that holds more tables than the engine knows. */
export function engineTables<Tables extends NotifierTables>(db: Kysely<Tables>): Kysely<NotifierTables> {
  // Kysely is invariant in its tables, so the compiler cannot see that more tables do no harm.
  return db as unknown as Kysely<NotifierTables>
}
