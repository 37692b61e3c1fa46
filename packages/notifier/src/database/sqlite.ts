/**
 * Kysely over the SQLite that comes with Node. The file is opened three times: to write, in transactions that follow one
 * another; to read single statements; and to read several from one state. Who reads sees what is committed, and waits
 * for no writer.
 */
import { access, constants } from 'node:fs/promises'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import type { Capabilities, Engine } from './capabilities.ts'
import { createGroupCommit, type GroupCommit, type Member } from './group-commit.ts'
import { SqliteHandle } from './sqlite-handle.ts'
import { createTurns } from './turns.ts'

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
  async takesWrites(db) {
    const { rows } = await sql<{ file: string }>`
      select file from pragma_database_list where name = 'main'`.execute(db)
    const file = rows[0]?.file
    if (!file) return true
    return access(file, constants.W_OK).then(
      () => true,
      () => false,
    )
  },
  // It is part of this process.
  now: async () => Date.now(),
}

/** @param file path of the database file, made when absent, or `:memory:` */
export function sqlite(file: string): Engine {
  return {
    capabilities,
    pool: () => null,
    dialect: {
      createDriver: () => sqliteDriver(file),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new Adapter(),
      createIntrospector: db => new SqliteIntrospector(db),
    },
  }
}

class Adapter extends SqliteAdapter {
  /** Migrations run in one transaction: two processes that start at once take turns, and a killed one leaves no half. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
  /** Who may do what at the same time is decided here. */
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

/** What reads from one state of the database takes turns. */
interface Reader {
  readonly handle: SqliteHandle
  readonly turns: ReturnType<typeof createTurns>
}

/** The ways into one file. */
interface Ways {
  writer: SqliteHandle
  group: GroupCommit
  /** null: the database is in memory, where there is one way in. */
  single: SqliteHandle | null
  snapshots: Reader | null
}

function openWays(file: string): Ways {
  const writer = new SqliteHandle(file)
  const isInMemory = file === ':memory:'
  const group = createGroupCommit(writer, { isShared: !isInMemory })
  if (isInMemory) return { writer, group, single: null, snapshots: null }
  return {
    writer,
    group,
    single: new SqliteHandle(file, { readOnly: true }),
    snapshots: { handle: new SqliteHandle(file, { readOnly: true }), turns: createTurns() },
  }
}

function sqliteDriver(file: string): Driver {
  let ways: Ways | undefined
  /** Nobody's now: Kysely remembers each that it was ever given. */
  const spare: SqliteConnection[] = []
  return {
    async init() {
      ways = openWays(file)
    },
    async acquireConnection() {
      if (!ways) throw new Error('The database is not open')
      return spare.pop() ?? new SqliteConnection(ways)
    },
    beginTransaction: (connection, settings) => own(connection).begin(settings.accessMode === 'read only'),
    commitTransaction: connection => own(connection).commit(),
    rollbackTransaction: connection => own(connection).rollback(),
    async releaseConnection(connection) {
      own(connection).leave()
      spare.push(own(connection))
    },
    async destroy() {
      if (!ways) return
      // What is under way is finished first.
      await ways.group.alone(() => {})
      ways.single?.close()
      ways.snapshots?.handle.close()
      ways.writer.close()
    },
  }
}

function own(connection: DatabaseConnection): SqliteConnection {
  if (!(connection instanceof SqliteConnection)) throw new Error('That connection is of another engine')
  return connection
}

/** What one transaction, or one statement, has of the database. */
class SqliteConnection implements DatabaseConnection {
  readonly #ways: Ways
  /** The writing transaction that it is in. */
  #member: Member | null = null
  /** It reads from one state. */
  #snapshot: Reader | null = null

  constructor(ways: Ways) {
    this.#ways = ways
  }

  async begin(isReadOnly: boolean): Promise<void> {
    const { snapshots, group } = this.#ways
    if (!isReadOnly || !snapshots) {
      this.#member = await group.begin()
      return
    }
    await snapshots.turns.take()
    this.#snapshot = snapshots
    snapshots.handle.exec('begin')
  }

  async commit(): Promise<void> {
    if (this.#snapshot) this.#endSnapshot(this.#snapshot)
    else await this.#member?.commit()
  }

  async rollback(): Promise<void> {
    if (this.#snapshot) this.#endSnapshot(this.#snapshot)
    else this.#member?.rollback()
  }

  /** Whoever had it has no more use for it. */
  leave(): void {
    this.#member = null
  }

  async executeQuery<R>(query: CompiledQuery) {
    const { writer, single, group } = this.#ways
    if (this.#snapshot) return this.#snapshot.handle.execute<R>(query)
    if (this.#member) {
      this.#member.assertOpen()
      return writer.execute<R>(query)
    }
    if (single && isRead(query)) return single.execute<R>(query)
    return group.alone(() => writer.execute<R>(query))
  }

  streamQuery(): never {
    throw new Error('Rows are read in pages, not streamed')
  }

  #endSnapshot({ handle, turns }: Reader): void {
    this.#snapshot = null
    try {
      handle.exec('rollback')
    } finally {
      turns.give()
    }
  }
}

const isRead = ({ query, sql }: CompiledQuery) => SelectQueryNode.is(query) || /^\s*select\b/i.test(sql)
