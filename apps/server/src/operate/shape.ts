/**
 * What tables there are, read from an empty database that the same migrations made. So nothing here has to be kept in
 * step with them by hand.
 */
import { sqlite } from '@pms/notifier/database'
import { type Kysely, sql } from 'kysely'
import { openEngine } from '../database.ts'

export interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly key: readonly string[]
  /** Columns that refer to other rows of this table. */
  readonly own: readonly string[]
}

export interface Shape {
  /** What a table refers to comes before it. Without the tables that tell of the database itself. */
  readonly tables: readonly Table[]
  /** Names of all migrations that this program knows. */
  readonly migrations: readonly string[]
}

/** About the database, not in it: who it is, and which migrations it has seen. */
export const ABOUT = ['installation', 'kysely_migration', 'kysely_migration_lock']

export async function readShape(): Promise<Shape> {
  const database = await openEngine(sqlite(':memory:'))
  try {
    return { tables: await tablesOf(database.db), migrations: await migrationsOf(database.db) }
  } finally {
    await database.close()
  }
}

/** Names of the migrations that a database has seen; none where it is empty. */
export async function migrationsOf<T>(db: Kysely<T>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

async function tablesOf<T>(db: Kysely<T>): Promise<Table[]> {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`.execute(
    db,
  )
  const waiting = new Map<string, { table: Table; refersTo: Set<string> }>()
  for (const { name } of rows) if (!ABOUT.includes(name)) waiting.set(name, await describe(db, name))

  const ordered: Table[] = []
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(
      ({ refersTo }) => ![...refersTo].some(name => waiting.has(name)),
    )
    if (free.length === 0) throw new Error(`Tables refer to each other: ${[...waiting.keys()].join(', ')}`)
    for (const { table } of free) {
      ordered.push(table)
      waiting.delete(table.name)
    }
  }
  return ordered
}

async function describe<T>(db: Kysely<T>, name: string) {
  const columns = await sql<{ name: string; pk: number }>`
    select name, pk from pragma_table_info(${name}) order by cid`.execute(db)
  const references = await sql<{ from: string; table: string }>`
    select "from", "table" from pragma_foreign_key_list(${name})`.execute(db)
  const key = columns.rows.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  const table: Table = {
    name,
    columns: columns.rows.map(column => column.name),
    key: key.map(column => column.name),
    own: references.rows.filter(row => row.table === name).map(row => row.from),
  }
  const refersTo = new Set(references.rows.map(row => row.table).filter(other => other !== name))
  return { table, refersTo }
}
