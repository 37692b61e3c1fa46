/**
 * The database of one process: reading, snapshots, and transactions that tell the world what they did only after
 * they did it.
 */
import { setTimeout } from 'node:timers/promises'
import { Kysely } from 'kysely'
import type { Bus, BusMessage } from '../bus/bus.ts'
import type { ObjectRef } from '../intents.ts'
import type { Capabilities, Engine, PoolState } from './capabilities.ts'
import { DatabaseUnavailable } from './errors.ts'
import { type Migrations, migrate, notifierMigrations } from './migrations.ts'
import { withShortCut } from './prepared.ts'
import type { NotifierTables } from './tables.ts'

/** How often a transaction is tried again that others stood in the way of; a little later each time. */
const MAX_REPEATS = 5
const REPEAT_WITHIN_MS = 10

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
  /** Who of these people wants no notification like this one. */
  unwantedBy(userIds: readonly string[], kind: NotificationKind): Promise<readonly string[]>
}

/** What people can want or not want. */
export interface NotificationKind {
  type: string
  /** What it is about; null: no thing in particular. */
  object: ObjectRef | null
}

/** A transaction as the application uses it: also its own tables. */
export interface Tx<Tables> extends EngineTx {
  readonly db: Kysely<Tables>
  /** Work that must not happen unless the transaction committed. It must not throw. */
  afterCommit(step: () => void): void
}

/** For whoever watches over a database. */
export interface DatabaseAbout {
  /** What people call its engine. */
  readonly engine: string
  /** How much room it takes. Bytes. */
  size(): Promise<number>
  /** Whether it can be changed just now. Rejects when it does not answer. */
  takesWrites(): Promise<boolean>
  /** What time it is there: one clock for all processes. Milliseconds since 1970. */
  now(): Promise<number>
  /** Connections to its server; null where it is part of this process. */
  pool(): PoolState | null
}

export interface Database<Tables> {
  readonly about: DatabaseAbout
  /** What its transactions say goes out here. Closed with the database. */
  readonly bus: Bus
  /** For reading outside transactions. Never used inside one: SQLite would wait for itself. */
  readonly db: Kysely<Tables>
  /**
   * Runs `work` in one transaction: commits when it returns, rolls back when it throws. Where another transaction stood
   * in the way it is rolled back and `work` runs again, so it must do nothing else than change the database.
   * @throws {DatabaseUnavailable} nothing has happened
   * @throws {OutcomeUnknown} nobody knows whether it has
   */
  transaction<R>(work: (tx: Tx<Tables>) => Promise<R>): Promise<R>
  /** Runs `work` against one unchanging state of the database. */
  snapshot<R>(work: (db: Kysely<Tables>) => Promise<R>): Promise<R>
  close(): Promise<void>
}

export interface DatabaseOptions<Tables = NotifierTables> {
  /** `sqlite(file)` or `postgres(url)`. */
  engine: Engine
  /** A bus, or what makes one for the database of this epoch: other databases may share its server. */
  bus: Bus | ((epoch: string) => Bus)
  /** Migrations of the application; those of the engine run with them. */
  migrations?: Migrations
  clock?: () => Date
  /**
   * Who of these people wants no notification of this kind: none is made for them. Asked within the transaction, just
   * before its commit, and never about what needs action. Everybody wants everything where this is not given.
   */
  unwantedBy?: (
    db: Kysely<Tables>,
    userIds: readonly string[],
    kind: NotificationKind,
  ) => Promise<readonly string[]>
}

/** Opens the database and brings its tables up to date. */
export async function openDatabase<Tables extends NotifierTables>(
  options: DatabaseOptions<Tables>,
): Promise<Database<Tables>> {
  const { clock = () => new Date(), unwantedBy = async () => [] } = options
  const { capabilities, dialect, pool } = options.engine
  const db = new Kysely<Tables>({ dialect })
  let bus: Bus
  try {
    await migrate(db, capabilities, { ...notifierMigrations, ...options.migrations })
    bus = typeof options.bus === 'function' ? options.bus(await readEpoch(engineTables(db))) : options.bus
  } catch (error) {
    await db.destroy()
    throw error
  }

  /** One try. `begun.commit` is set when all is done but the commit. */
  async function attempt<R>(
    work: (tx: Tx<Tables>) => Promise<R>,
    begun: { commit: boolean },
  ): Promise<{ answer: R; messages: BusMessage[]; afterwards: (() => void)[] }> {
    const messages: BusMessage[] = []
    const lastSteps: (() => Promise<unknown>)[] = []
    const afterwards: (() => void)[] = []
    const answer = await db.transaction().execute(transaction =>
      withShortCut(transaction, async () => {
        const result = await work({
          db: transaction,
          engine: engineTables(transaction),
          capabilities,
          now: clock().toISOString(),
          beforeCommit: step => lastSteps.push(step),
          send: message => messages.push(message),
          unwantedBy: (userIds, kind) => unwantedBy(transaction, userIds, kind),
          afterCommit: step => afterwards.push(step),
        })
        for (const step of lastSteps) await step()
        begun.commit = true
        return result
      }),
    )
    return { answer, messages, afterwards }
  }

  return {
    about: {
      engine: capabilities.name,
      // Kysely is invariant in its tables: this looks at none.
      size: () => capabilities.size(db as unknown as Kysely<unknown>),
      takesWrites: () => capabilities.takesWrites(db as unknown as Kysely<unknown>),
      now: () => capabilities.now(db as unknown as Kysely<unknown>),
      pool,
    },
    db,
    bus,
    async transaction(work) {
      for (let again = 0; ; again++) {
        const begun = { commit: false }
        try {
          const { answer, messages, afterwards } = await attempt(work, begun)
          bus.publish(messages)
          for (const step of afterwards) step()
          return answer
        } catch (error) {
          if (begun.commit || !capabilities.isToBeRepeated(error)) throw error
          if (again === MAX_REPEATS) throw new DatabaseUnavailable(error)
          await setTimeout(Math.random() * REPEAT_WITHIN_MS * 2 ** again)
        }
      }
    },
    snapshot: work =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(transaction => withShortCut(transaction, () => work(transaction))),
    async close() {
      await bus.close()
      await db.destroy()
    },
  }
}

async function readEpoch(db: Kysely<NotifierTables>): Promise<string> {
  const { epoch } = await db.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
  return epoch
}

/** The engine's view of a database that holds more tables than the engine knows. */
export function engineTables<Tables extends NotifierTables>(db: Kysely<Tables>): Kysely<NotifierTables> {
  // Kysely is invariant in its tables, so the compiler cannot see that more tables do no harm.
  return db as unknown as Kysely<NotifierTables>
}
