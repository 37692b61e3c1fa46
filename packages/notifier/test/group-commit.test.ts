/** What SQLite does with transactions that come at the same time: one commit for them, and each on its own all the same. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { beforeEach, expect, test, vi } from 'vitest'
import { memoryBus } from '../src/bus/memory.ts'
import { type Database, openDatabase, type Tx } from '../src/database/database.ts'
import { DatabaseUnavailable } from '../src/database/errors.ts'
import { sqlite } from '../src/database/sqlite.ts'
import { SqliteHandle } from '../src/database/sqlite-handle.ts'
import type { NotifierTables } from '../src/database/tables.ts'

interface Tables extends NotifierTables {
  notes: { id: number; text: string }
  pages: { note_id: number }
}

const trueExec = SqliteHandle.prototype.exec

let database: Database<Tables>
/** What was run to write, and of it the ends of transactions. */
let commits: () => number
let told: string[]

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'group-'))
  const exec = vi.spyOn(SqliteHandle.prototype, 'exec')
  commits = () => exec.mock.calls.filter(([text]) => text === 'commit').length
  told = []
  const bus = memoryBus()
  bus.subscribe('amy', message => told.push('id' in message ? message.id : message.kind))
  database = await openDatabase<Tables>({ engine: sqlite(join(folder, 'test.sqlite')), bus })
  await sql`create table notes (id integer primary key, text text not null)`.execute(database.db)
  await sql`create table pages (note_id integer not null references notes (id))`.execute(database.db)
  exec.mockClear()
  return async () => {
    await database.close()
    exec.mockRestore()
    rmSync(folder, { recursive: true })
  }
})

const write = (id: number, more: (tx: Tx<Tables>) => Promise<unknown> = async () => {}) =>
  database.transaction(async tx => {
    await tx.db.insertInto('notes').values({ id, text: 'written' }).execute()
    tx.send({ kind: 'resource_changed', user_id: 'amy', resource: 'note', id: String(id) })
    await more(tx)
    return id
  })

const ids = async () =>
  (await database.db.selectFrom('notes').select('id').orderBy('id').execute()).map(row => row.id)

/** How each of them ended: what it answered, or the name of what it was refused with. */
const ends = async (all: Promise<number>[]) =>
  (await Promise.allSettled(all)).map(each => (each.status === 'fulfilled' ? each.value : each.reason.name))

test('those that arrive together are committed together, and told in their order', async () => {
  const all = Array.from({ length: 50 }, (_, id) => id)
  expect(await Promise.all(all.map(id => write(id)))).toEqual(all)
  expect(commits()).toBe(1)
  expect(await ids()).toEqual(all)
  expect(told).toEqual(all.map(String))
})

test('whoever comes while others come is in their commit', async () => {
  const all = [write(1), write(2)]
  // Two of them joined one after another in the first turn of the event loop, one joins in the next.
  await nextTurn()
  await nextTurn()
  all.push(write(3))
  expect(await ends(all)).toEqual([1, 2, 3])
  expect(commits()).toBe(1)
})

test('whoever comes later is answered by a later commit', async () => {
  await write(1)
  await write(2)
  expect(commits()).toBe(2)
})

test('nobody is answered, told or shown anything before the commit', async () => {
  const seen: unknown[] = []
  const one = write(1).then(() => seen.push('answered'))
  await write(2, async () => {
    seen.push(await ids(), [...told])
  })
  await one
  expect(seen).toEqual([[], [], 'answered'])
  expect(await ids()).toEqual([1, 2])
})

test('one that fails takes back its own, and no other knows of it', async () => {
  const failed = write(2, () => Promise.reject(new RangeError('no')))
  expect(await ends([write(1), failed, write(3)])).toEqual([1, 'RangeError', 3])
  expect(await ids()).toEqual([1, 3])
  expect(told).toEqual(['1', '3'])
  expect(commits()).toBe(1)
})

test('when the commit fails all are refused, nothing has happened, and the next is served', async () => {
  const first = write(1)
  const orphan = write(2, async tx => {
    await sql`pragma defer_foreign_keys = on`.execute(tx.db)
    await tx.db.insertInto('pages').values({ note_id: 99 }).execute()
  })
  expect(await ends([first, orphan, write(3)])).toEqual(Array(3).fill(DatabaseUnavailable.name))
  expect([await ids(), told]).toEqual([[], []])
  expect(await write(4)).toBe(4)
  expect(await ids()).toEqual([4])
})

test('when SQLite takes all back by itself all before are refused, those after are served', async () => {
  await sql`create trigger no before insert on pages begin select raise(rollback, 'no'); end`.execute(
    database.db,
  )
  const first = write(1)
  const fatal = write(2, tx => tx.db.insertInto('pages').values({ note_id: 1 }).execute())
  expect(await ends([first, fatal, write(3)])).toEqual([DatabaseUnavailable.name, 'Error', 3])
  expect(await ids()).toEqual([3])
  expect(told).toEqual(['3'])
})

test('and whoever does not notice that writes nothing more', async () => {
  await sql`create trigger no before insert on pages begin select raise(rollback, 'no'); end`.execute(
    database.db,
  )
  const deaf = write(1, async tx => {
    await tx.db
      .insertInto('pages')
      .values({ note_id: 1 })
      .execute()
      .catch(() => {})
    await tx.db.insertInto('notes').values({ id: 5, text: 'late' }).execute()
  })
  expect(await ends([deaf])).toEqual([DatabaseUnavailable.name])
  expect(await ids()).toEqual([])
})

test('when the work of one cannot be taken back, all before are refused and those after are served', async () => {
  vi.mocked(SqliteHandle.prototype.exec).mockImplementation(function (this: SqliteHandle, text) {
    if (text === 'rollback to member') throw new Error('disk I/O error')
    trueExec.call(this, text)
  })
  const first = write(1)
  const refused = write(2, async () => {
    throw new RangeError()
  })
  expect(await ends([first, refused, write(3)])).toEqual([DatabaseUnavailable.name, 'RangeError', 3])
  expect([await ids(), told]).toEqual([[3], ['3']])
})

test('one that waits for something else than the database is taken back, and cannot write into another', async () => {
  const late = Promise.withResolvers<void>()
  const slow = write(1, async tx => {
    await late.promise
    await tx.db.insertInto('notes').values({ id: 9, text: 'late' }).execute()
  })
  const next = write(2, async () => {
    late.resolve()
    await setTimeout(0)
  })
  expect(await ends([slow, next])).toEqual([DatabaseUnavailable.name, 2])
  expect(await ids()).toEqual([2])
  expect(told).toEqual(['2'])
})

test('who reads several times from one state does not see what is committed meanwhile', async () => {
  const seen: number[][] = []
  await database.snapshot(async db => {
    const read = async () =>
      seen.push((await db.selectFrom('notes').select('id').execute()).map(row => row.id))
    await read()
    await write(1)
    await read()
  })
  expect(seen).toEqual([[], []])
  expect(await ids()).toEqual([1])
})

test('what stands outside of a transaction is written at once, after what is open', async () => {
  const one = write(1)
  await database.db.updateTable('notes').set({ text: 'changed' }).execute()
  await one
  expect(await database.db.selectFrom('notes').selectAll().execute()).toEqual([{ id: 1, text: 'changed' }])
})

test('what was written is put in its place between commits, when it was answered; should that fail, the next one tries', async () => {
  const checkpoint = vi.spyOn(SqliteHandle.prototype, 'checkpoint').mockImplementationOnce(() => {
    throw new Error('disk I/O error')
  })
  const text = 'x'.repeat(10_000_000)
  await database.transaction(tx => tx.db.insertInto('notes').values({ id: 1, text }).execute())
  expect(checkpoint, 'who wrote it did not wait for it').not.toHaveBeenCalled()
  await write(2)
  expect(checkpoint).toHaveBeenCalledTimes(1)
  await write(3)
  expect(checkpoint).toHaveBeenCalledTimes(2)
  // From here on what was written before is overwritten.
  await write(4)
  const { rows } = await sql<{ log: number }>`pragma wal_checkpoint(noop)`.execute(database.db)
  expect(rows[0]?.log).toBeLessThan(100)
  expect(checkpoint).toHaveBeenCalledTimes(2)
  checkpoint.mockRestore()
})
