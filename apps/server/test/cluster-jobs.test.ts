/** Two real servers on one PostgreSQL, one of them killed inside a job: what it had not done the other does, once. */
import { ask, freshDatabase } from '@pms/test-services/postgres'
import { sharedPostgres, sharedRedis } from '@pms/test-services/shared'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt } from '../src/calendar.ts'
import { type Person, startServer, type TestServer } from '../src/testing/index.ts'
import { addCrowd } from './announcement-calls.ts'
import { createWorkplace } from './programs.ts'
import { actCycle, draftCycle } from './review-calls.ts'

/** More than two transactions of the job hold; it is killed in the second. */
const REVIEWS = 120
const HELD = 75
const PATIENT = { interval: 50, timeout: 25_000 }

const place = createWorkplace()
let database: Awaited<ReturnType<typeof freshDatabase>>
let env: Record<string, string>
let onlooker: TestServer

beforeAll(async () => {
  database = await freshDatabase(sharedPostgres())
  env = {
    DATABASE_URL: database.url,
    REDIS_URL: sharedRedis(),
    JWT_SECRET: 'the same on every server, and long enough',
    TIME_ZONE: 'UTC',
  }
  onlooker = await startServer({ env })
})
afterAll(async () => {
  await place.close()
  await onlooker.close()
  await database.drop()
})

/** How many reminders each reviewer has. */
async function reminded(): Promise<number[]> {
  const rows = await onlooker.app.database.db
    .selectFrom('notifications')
    .where('type', '=', 'review_due_soon')
    .groupBy('user_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .execute()
  return rows.map(({ count }) => Number(count))
}

const lease = () =>
  onlooker.app.database.db
    .selectFrom('job_leases')
    .selectAll()
    .where('name', '=', 'review-reminders')
    .executeTakeFirst()

/** Connections that wait for a row that somebody else holds. */
async function waiting(): Promise<number> {
  const who = `datname = current_database() and wait_event_type = 'Lock'`
  return (await ask(database.url, `select 1 from pg_stat_activity where ${who}`)).length
}

/** Holds one of the reviews until the returned function is called. */
async function holdOne(): Promise<() => Promise<void>> {
  const isHeld = Promise.withResolvers<void>()
  const enough = Promise.withResolvers<void>()
  const done = onlooker.app.database.db.transaction().execute(async trx => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx)
    const one = trx.selectFrom('reviews').select('id').orderBy('id').limit(1).offset(HELD)
    await trx.selectFrom('reviews').select('id').where('id', '=', one).forUpdate().execute()
    isHeld.resolve()
    await enough.promise
  })
  await Promise.race([isHeld.promise, done])
  return async () => {
    enough.resolve()
    await done
  }
}

test('each reminder is sent exactly once', async () => {
  const hana = await onlooker.addPerson('Hana Sato', { role: 'hr' })
  const ids = await addCrowd(onlooker.app.database, REVIEWS)
  const people = ids.map((id): Person => ({ id, name: '', email: '' }))
  const hr = await onlooker.as(hana)
  const today = dayAt(new Date(), 'UTC')
  const { id } = await draftCycle(hr, people, {
    period_start: addDays(today, -90),
    period_end: today,
    deadline: addDays(today, 1),
  })
  await actCycle(hr, id, 'activate')
  await onlooker.app.jobs.run('review-rounds')
  const reviews = onlooker.app.database.db.selectFrom('reviews')
  expect(await reviews.select('id').execute()).toHaveLength(REVIEWS)
  expect(await reminded()).toEqual([])

  const letGo = await holdOne()
  const start = async () => {
    const server = place.start('main.ts', [], { ...env, PORT: '0', DEMO: '0' })
    await server.printed(/PMS is ready/)
    return server
  }
  const first = await start()
  await expect.poll(waiting, PATIENT).toBe(1)
  const held = await lease()
  expect(await reminded()).toHaveLength(50)
  const second = await start()
  first.signal('SIGKILL')
  await first.ended
  expect((await lease())?.holder).toBe(held?.holder)
  await letGo()

  await expect.poll(async () => (await reminded()).length, PATIENT).toBe(REVIEWS)
  await expect.poll(async () => (await lease())?.holder, PATIENT).toBeNull()
  expect(await reminded()).toEqual(Array(REVIEWS).fill(1))
  second.signal('SIGTERM')
  expect((await second.ended).code).toBe(0)
})
