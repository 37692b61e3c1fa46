// What PostgreSQL alone can do to a transaction: another one stands in its way, the server stops answering, or goes
// away while it commits.

import { ask, freshDatabase, type Postgres, startPostgres } from '@pms/test-services/postgres'
import { Kysely, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Bus } from '../src/bus/bus.ts'
import { memoryBus } from '../src/bus/memory.ts'
import { type Database, openDatabase } from '../src/database/database.ts'
import { DatabaseUnavailable, OutcomeUnknown } from '../src/database/errors.ts'
import { postgres } from '../src/database/postgres.ts'
import type { NotifierTables } from '../src/database/tables.ts'
import { gate } from './desk.ts'

let server: Postgres
let fresh: Awaited<ReturnType<typeof freshDatabase>>
let database: Database<NotifierTables>

beforeAll(async () => {
  server = await startPostgres({ deadlock_timeout: '50ms' })
})
afterAll(() => server.stop())

beforeEach(async () => {
  fresh = await freshDatabase(server.url)
  database = await open()
  for (const user of ['amy', 'bob']) await putInbox(user)
})
afterEach(async () => {
  await database.close()
  await fresh.drop()
})

const open = (statementTimeoutMs = 15_000) =>
  openDatabase<NotifierTables>({
    engine: postgres(fresh.url, { statementTimeoutMs, connections: 3 }),
    bus: memoryBus(),
  })

/** One that is soon tired of waiting, instead: whatever is not about that must bear a machine that stands still. */
async function openImpatient(): Promise<void> {
  await database.close()
  database = await open(1_000)
}

const putInbox = (user_id: string) =>
  database.db
    .insertInto('inboxes')
    .values({ user_id, version: 0, sync_floor: 0, unread_count: 0, total_count: 0 })
    .execute()

const raise = (db: Pick<typeof database, 'db'>['db'], user: string) =>
  db
    .updateTable('inboxes')
    .set(eb => ({ version: eb('version', '+', 1) }))
    .where('user_id', '=', user)
    .execute()

const versions = async () =>
  (await database.db.selectFrom('inboxes').select('version').orderBy('user_id').execute()).map(
    row => row.version,
  )

test('a server that takes no change says so, though it answers', async () => {
  expect(await database.about.takesWrites()).toBe(true)
  const url = new URL(fresh.url)
  url.searchParams.set('options', '-c default_transaction_read_only=on')
  const { dialect, capabilities } = postgres(url.href)
  const readOnly = new Kysely<unknown>({ dialect })
  expect(await capabilities.takesWrites(readOnly)).toBe(false)
  await readOnly.destroy()
})

test('of two transactions that wait for each other one is done again, and both happen', async () => {
  const both = gate()
  let inside = 0
  let runs = 0
  const cross = (first: string, second: string) =>
    database.transaction(async tx => {
      runs += 1
      await raise(tx.db, first)
      inside += 1
      if (inside === 2) both.open()
      await both.passed
      await raise(tx.db, second)
    })
  await Promise.all([cross('amy', 'bob'), cross('bob', 'amy')])
  expect(await versions()).toEqual([2, 2])
  // Whoever begins anew may be quicker than whoever was let go on: then they meet once more.
  expect(runs).toBeGreaterThan(2)
})

test('what a transaction says is said once, however often it was tried', async () => {
  const said: unknown[] = []
  const bus: Bus = { ...memoryBus(), publish: messages => void said.push(...messages) }
  const own = await openDatabase<NotifierTables>({ engine: postgres(fresh.url), bus })
  let tries = 0
  await own.transaction(async tx => {
    tx.send({ kind: 'moved', user_id: 'amy', version: 1 })
    tries += 1
    if (tries < 3)
      await sql`do $$ begin raise exception 'conflict' using errcode = '40001'; end $$`.execute(tx.db)
  })
  expect(tries).toBe(3)
  expect(said).toEqual([{ kind: 'moved', user_id: 'amy', version: 1 }])
  await own.close()
})

test('a transaction that others stand in the way of again and again is given up', async () => {
  let tries = 0
  const work = database.transaction(async tx => {
    tries += 1
    await sql`do $$ begin raise exception 'conflict' using errcode = '40P01'; end $$`.execute(tx.db)
  })
  await expect(work).rejects.toThrow(DatabaseUnavailable)
  expect(tries).toBe(6)
})

test('a statement that takes too long is given up, and the connection is good for the next', async () => {
  await openImpatient()
  const slow = sql`select pg_sleep(9)`.execute(database.db)
  await expect(slow).rejects.toMatchObject({
    name: 'DatabaseUnavailable',
    cause: { message: expect.stringContaining('statement timeout') },
  })
  expect(await versions()).toEqual([0, 0])
})

test('a server that was stopped is unavailable, and all is well when it runs again', async () => {
  await openImpatient()
  expect(await versions()).toEqual([0, 0])
  server.signal('SIGSTOP')
  try {
    await expect(raise(database.db, 'amy')).rejects.toThrow(DatabaseUnavailable)
  } finally {
    server.signal('SIGCONT')
  }
  await expect.poll(versions).toHaveLength(2)
})

test('a server that was killed is unavailable, and all is well when it is back', async () => {
  server.signal('SIGKILL')
  await expect(database.transaction(async tx => raise(tx.db, 'amy'))).rejects.toThrow(DatabaseUnavailable)
  await server.restart()
  expect(await versions()).toEqual([0, 0])
})

test('a connection that breaks while it commits leaves the outcome open, and nothing is repeated', async () => {
  await sql`create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return null; end $$`.execute(
    database.db,
  )
  await sql`create constraint trigger dawdle after update on inboxes deferrable initially deferred
    for each row execute function dawdle()`.execute(database.db)
  let runs = 0
  const broken = expect(
    database.transaction(async tx => {
      runs += 1
      await sql`set local statement_timeout = 0`.execute(tx.db)
      await raise(tx.db, 'amy')
    }),
  ).rejects.toThrow(OutcomeUnknown)
  const end = `select pg_terminate_backend(pid) from pg_stat_activity where state = 'active' and query = 'commit'`
  await expect.poll(() => ask(fresh.url, end)).toHaveLength(1)
  await broken
  expect(runs).toBe(1)
})

test('what is asked often is planned once, and a newer version that changes a table meanwhile disturbs nobody', async () => {
  const everything = () =>
    database.db.selectFrom('inboxes').selectAll().where('user_id', '=', 'amy').execute()
  const inTransaction = () =>
    database.transaction(tx => tx.db.selectFrom('inboxes').selectAll().where('user_id', '=', 'bob').execute())
  for (let time = 0; time < 5; time++) {
    await everything()
    await inTransaction()
  }
  const planned = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
    database.db,
  )
  expect(planned.rows.map(({ statement }) => statement)).toContainEqual(
    expect.stringMatching(/^select \* from "inboxes"/),
  )

  await ask(fresh.url, 'alter table inboxes add column note text')
  expect(await everything()).toMatchObject([{ user_id: 'amy', note: null }])
  await ask(fresh.url, 'alter table inboxes drop column note')
  for (let time = 0; time < 5; time++) await inTransaction()
  await ask(fresh.url, "alter table inboxes add column note text not null default 'new'")
  expect(await inTransaction()).toMatchObject([{ user_id: 'bob', note: 'new' }])
})
