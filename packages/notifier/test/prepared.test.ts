import type { Kysely } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryBus } from '../src/bus/memory.ts'
import { type Database, openDatabase } from '../src/database/database.ts'
import { prepared } from '../src/database/prepared.ts'
import { sqlite } from '../src/database/sqlite.ts'
import type { InboxTable, NotifierTables } from '../src/database/tables.ts'

let database: Database<NotifierTables>
/** How often a query was written. */
let written: number

beforeEach(async () => {
  database = await openDatabase({ engine: sqlite(':memory:'), bus: memoryBus() })
  written = 0
})
afterEach(() => database.close())

const inbox = (user_id: string, version: number): InboxTable => ({
  user_id,
  version,
  sync_floor: 0,
  unread_count: 0,
  total_count: 0,
})

const add = prepared((db: Kysely<NotifierTables>, rows: InboxTable[]) => {
  written += 1
  return db.insertInto('inboxes').values(rows)
})

const between = prepared(
  (db: Kysely<NotifierTables>, { from, to, ids }: { from: number; to: number; ids: string[] }) => {
    written += 1
    return db
      .selectFrom('inboxes')
      .select('user_id')
      .where('version', '<', to)
      .where('sync_floor', '=', 0)
      .where('version', '>=', from)
      .where('user_id', 'in', ids)
      .orderBy('user_id')
  },
)

test('a query is written once for each length of its lists, and takes its values wherever they stand', async () => {
  const { db } = database
  await add(db, [inbox('amy', 1), inbox('bob', 2)])
  await add(db, [inbox('cat', 3)])
  await add(db, [inbox('dan', 4), inbox('eve', 5)])
  expect(written).toBe(2)

  const ids = ['amy', 'bob', 'cat', 'dan']
  const found = async (from: number, to: number, of = ids) =>
    (await between(db, { from, to, ids: of })).map(row => row.user_id)
  expect(await found(2, 4)).toEqual(['bob', 'cat'])
  expect(await found(1, 3)).toEqual(['amy', 'bob'])
  expect(await found(1, 3, ['bob'])).toEqual(['bob'])
  expect(await found(4, 9)).toEqual(['dan'])
  expect(written).toBe(4)
})

test('the same fields in another order are another query, with the right values', async () => {
  await add(database.db, [inbox('amy', 1)])
  await add(database.db, [
    { total_count: 7, unread_count: 3, version: 10, sync_floor: 2, user_id: 'bob' } satisfies InboxTable,
  ])
  expect(written).toBe(2)
  const rows = await database.db.selectFrom('inboxes').selectAll().orderBy('user_id').execute()
  expect(rows).toEqual([
    inbox('amy', 1),
    { user_id: 'bob', version: 10, sync_floor: 2, unread_count: 3, total_count: 7 },
  ])
})
