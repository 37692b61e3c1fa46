/** Rows of any table, page by page in the order of its key, and the few statements that copying needs of them. */
import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Table } from '../shape.ts'

/** What a column holds: engines give moments and JSON as text, so rows of both can be compared. */
export type Value = string | number | null
/** In the order of the table's columns. */
export type Row = readonly Value[]

/** Which tables there are is known at run time only. */
export type Rows = Kysely<object>

/** Rows that are read, compared and written at once. */
const PAGE = 500

const columnsOf = (names: readonly string[]) => sql.join(names.map(name => sql.ref(name)))
const tuple = (values: Row) => sql`(${sql.join(values)})`

/** Every row, in the engine's own order of keys. */
export async function* pagesOf(db: Rows, table: Table): AsyncGenerator<Row[]> {
  const key = columnsOf(table.key)
  let after = sql``
  for (;;) {
    const { rows } = await sql<Record<string, Value>>`
      select ${columnsOf(table.columns)} from ${sql.table(table.name)}
      ${after} order by ${key} limit ${sql.lit(PAGE)}`.execute(db)
    if (rows.length > 0) yield rows.map(toRow(table))
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = sql`where (${key}) > ${tuple(table.key.map(name => last[name] ?? null))}`
  }
}

/** Those rows that have one of these keys. */
export async function rowsWithKeys(db: Rows, table: Table, keys: readonly Row[]): Promise<Row[]> {
  const { rows } = await sql<Record<string, Value>>`
    select ${columnsOf(table.columns)} from ${sql.table(table.name)}
    where ${isOneOf(table, keys)}`.execute(db)
  return rows.map(toRow(table))
}

/** Writes rows, over those with the same keys. */
export async function putRows(db: Rows, table: Table, rows: readonly Row[]): Promise<void> {
  const others = table.columns.filter(name => !table.key.includes(name))
  const sets = others.map(name => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`)
  const over = sets.length > 0 ? sql`update set ${sql.join(sets)}` : sql`nothing`
  await sql`
    insert into ${sql.table(table.name)} (${columnsOf(table.columns)})
    values ${sql.join(rows.map(tuple))}
    on conflict (${columnsOf(table.key)}) do ${over}`.execute(db)
}

export async function removeKeys(db: Rows, table: Table, keys: readonly Row[]): Promise<void> {
  await sql`delete from ${sql.table(table.name)} where ${isOneOf(table, keys)}`.execute(db)
}

export async function countRows(db: Rows, { name }: Pick<Table, 'name'>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db)
  return Number(rows[0]?.count)
}

export function keyOf(table: Table, row: Row): Row {
  return table.key.map(name => row[table.columns.indexOf(name)] ?? null)
}

/** The same text for the same row, whatever engine it comes from. */
export const textOf = (row: Row): string => JSON.stringify(row)

/** Written so that either engine knows of itself what type each value has. */
function isOneOf(table: Table, keys: readonly Row[]) {
  const [only, ...more] = table.key
  if (only !== undefined && more.length === 0) return sql`${sql.ref(only)} in (${sql.join(keys.flat())})`
  const alternatives = keys.map(key => {
    const parts = table.key.map((name, index) => sql`${sql.ref(name)} = ${key[index]}`)
    return sql`(${sql.join(parts, sql` and `)})`
  })
  return sql`(${sql.join(alternatives, sql` or `)})`
}

function toRow({ columns }: Table) {
  return (found: Record<string, Value>): Row => columns.map(name => found[name] ?? null)
}

/** How many rows a table has, and what all of them hold, in whatever order they come. */
export interface Digest {
  rows: number
  /** Sum of the SHA-256 of every row: the order of keys is each engine's own affair. */
  checksum: string
}

const MODULUS = 1n << 128n

export function digester() {
  let rows = 0
  let total = 0n
  return {
    add(row: Row): void {
      rows += 1
      const hash = createHash('sha256').update(textOf(row)).digest('hex').slice(0, 32)
      total = (total + BigInt(`0x${hash}`)) % MODULUS
    },
    result: (): Digest => ({ rows, checksum: total.toString(16).padStart(32, '0') }),
  }
}

export async function digestOf(db: Rows, table: Table): Promise<Digest> {
  const digest = digester()
  for await (const page of pagesOf(db, table)) for (const row of page) digest.add(row)
  return digest.result()
}
