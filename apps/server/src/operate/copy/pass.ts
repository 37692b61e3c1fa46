/**
 * One pass: makes the tables of one database equal to a state of another. Rows that are equal already are left alone,
 * so a pass that was broken off is gone on with by beginning again, and a later one brings the differences only.
 */
import type { Shape, Table } from '../shape.ts'
import {
  countRows,
  type Digest,
  digester,
  keyOf,
  pagesOf,
  putRows,
  type Row,
  type Rows,
  removeKeys,
  rowsWithKeys,
  textOf,
} from './rows.ts'

export interface Progress {
  table: string
  done: number
  total: number
}

export interface PassOptions {
  /** One unchanging state of the source. */
  from: Rows
  to: Rows
  tables: Shape['tables']
  onProgress(progress: Progress): void
}

export interface Brought {
  /** What every table of the source held. */
  digests: Map<string, Digest>
  written: number
  removed: number
}

/** Throws what the database says when a row is refused because of one that is still to go or to change. */
export async function bringOver({ from, to, tables, onProgress }: PassOptions): Promise<Brought> {
  let removed = 0
  for (const table of tables.toReversed()) removed += await removeGone(from, to, table)
  let written = 0
  const digests = new Map<string, Digest>()
  for (const table of tables) {
    if (table.own.length > 0) await putWithoutOwn(from, to, table)
    const total = await countRows(from, table)
    const isNew = (await countRows(to, table)) === 0
    const digest = digester()
    let done = 0
    onProgress({ table: table.name, done, total })
    for await (const rows of pagesOf(from, table)) {
      for (const row of rows) digest.add(row)
      const missing = isNew ? rows : await different(to, table, rows)
      if (missing.length > 0) await to.transaction().execute(tx => putRows(tx, table, missing))
      written += missing.length
      done += rows.length
      onProgress({ table: table.name, done, total })
    }
    digests.set(table.name, digest.result())
  }
  return { digests, written, removed }
}

/** Removes every row of these tables. */
export async function clear(db: Rows, tables: Shape['tables']): Promise<void> {
  for (const table of tables.toReversed())
    for await (const rows of pagesOf(db, table))
      await db.transaction().execute(tx =>
        removeKeys(
          tx,
          table,
          rows.map(row => keyOf(table, row)),
        ),
      )
}

/** Rows that refer to others of their table, before those are there: the reference comes with the next look. */
async function putWithoutOwn(from: Rows, to: Rows, table: Table): Promise<void> {
  const own = new Set(table.own.map(name => table.columns.indexOf(name)))
  for await (const rows of pagesOf(from, table)) {
    const present = await keysPresent(to, table, rows)
    const absent = rows
      .filter(row => !present.has(textOf(keyOf(table, row))))
      .map(row => row.map((value, index) => (own.has(index) ? null : value)))
    if (absent.length > 0) await to.transaction().execute(tx => putRows(tx, table, absent))
  }
}

async function removeGone(from: Rows, to: Rows, table: Table): Promise<number> {
  let removed = 0
  for await (const rows of pagesOf(to, table)) {
    const present = await keysPresent(from, table, rows)
    const gone = rows.map(row => keyOf(table, row)).filter(key => !present.has(textOf(key)))
    if (gone.length > 0) await to.transaction().execute(tx => removeKeys(tx, table, gone))
    removed += gone.length
  }
  return removed
}

async function different(to: Rows, table: Table, rows: readonly Row[]): Promise<Row[]> {
  const found = await rowsWithKeys(
    to,
    table,
    rows.map(row => keyOf(table, row)),
  )
  const texts = new Set(found.map(textOf))
  return rows.filter(row => !texts.has(textOf(row)))
}

async function keysPresent(db: Rows, table: Table, rows: readonly Row[]): Promise<Set<string>> {
  const found = await rowsWithKeys(
    db,
    table,
    rows.map(row => keyOf(table, row)),
  )
  return new Set(found.map(row => textOf(keyOf(table, row))))
}
