/** Somebody who left is erased: nothing names them any more, and what the organisation keeps stays. */
import type { GoalDetail, UserProfile } from '@pms/contract'
import { wrongCounters } from '@pms/notifier/testing'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { ERASURE_JOB, erasureJob } from '../src/features/people/erasure-job.ts'
import { type Person, startServer, type TestServer } from '../src/testing/index.ts'
import { createGoal, inboxOf, readGoal } from './goal-calls.ts'
import type { Refusal } from './people-calls.ts'

const PASSWORD = 'a good long password'
const NAME = 'John Q. Doe'
const FORMER = 'Former colleague'

let server: TestServer
let cast: Record<'mary' | 'jane' | 'john' | 'hana', Person>

/** John reports to Jane, and was called otherwise before. */
beforeEach(async () => {
  server = await startServer()
  const { addPerson } = server
  const mary = await addPerson('Mary Okafor')
  const jane = await addPerson('Jane Smith', { supervisor: mary })
  cast = {
    mary,
    jane,
    john: await addPerson('John Early', { supervisor: jane, password: PASSWORD }),
    hana: await addPerson('Hana Sato', { role: 'hr' }),
  }
  return async () => {
    expect(await server.app.database.transaction(tx => wrongCounters(tx.engine))).toEqual([])
    await server.close()
  }
})

/** John works, changes his name, works on, and leaves; Jane takes over. @returns a goal of his */
async function workAndLeave(): Promise<GoalDetail> {
  const asJohn = await server.as(cast.john)
  const first = await createGoal(asJohn, { title: 'Learn to Sail' })
  const asHana = await server.as(cast.hana)
  const changed = { name: NAME, email: 'new.address@example.test' }
  expect((await asHana.patch(`/api/users/${cast.john.id}`, changed)).status).toBe(200)
  const second = await createGoal(asJohn, { title: 'Learn to Fly' })
  const asJane = await server.as(cast.jane)
  await asJane.put(`/api/goals/${first.id}/approve`, {})
  await asJane.put(`/api/goals/${second.id}/reject`, { reason: 'One is enough' })
  const about = (await inboxOf(asJane)).notifications.find(({ data }) => data.goal_id === second.id)
  await asJane.put('/api/preferences/muted-things', { notification_id: about?.id })
  await asHana.put(`/api/users/${cast.john.id}/archive`, { handover_to: cast.jane.id })
  return second
}

const erase = async (email = 'new.address@example.test') =>
  (await server.as(cast.hana)).put<UserProfile & Refusal>(`/api/users/${cast.john.id}/erase`, { email })

/** Where a text stands in the database: tables, with one row each. */
async function whereIs(text: string): Promise<string[]> {
  const { db } = server.app.database
  const found: string[] = []
  for (const { name } of await db.introspection.getTables()) {
    const { rows } = await sql.raw(`select * from ${name}`).execute(db)
    const row = rows.find(each => JSON.stringify(each).includes(text))
    if (row) found.push(`${name}: ${JSON.stringify(row)}`)
  }
  return found
}

test('nothing names them any more, in any table; open pages see it; what they did stays', async () => {
  const goal = await workAndLeave()
  const before = await inboxOf(await server.as(cast.jane))
  const page = await server.socket(cast.jane, { query: { since: String(before.version) } })
  await page.next('sync')

  expect(await erase('somebody.else@example.test')).toMatchObject({ status: 422 })
  const { status, body } = await erase(' New.Address@example.test ')
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body).toMatchObject({ name: FORMER, status: 'archived', job_title: '', supervisor: null })
  expect(body.allowed_actions).toEqual(['read_history'])
  await server.app.jobs.run(ERASURE_JOB)

  for (const text of [NAME, 'John Early', cast.john.email, 'new.address@example.test'])
    expect(await whereIs(text), text).toEqual([])
  const { db } = server.app.database
  for (const table of ['notifications', 'sessions', 'connections'] as const)
    expect(
      await db.selectFrom(table).select('user_id').where('user_id', '=', cast.john.id).execute(),
    ).toEqual([])
  expect(await db.selectFrom('erasures').selectAll().execute()).toEqual([])

  const told = await page.until(
    message => message.type === 'sync' && JSON.stringify(message).includes(FORMER),
    'a page without the name',
  )
  expect(told).toMatchObject({ unread_count: before.unread_count, total_count: before.total })
  const asJane = await server.as(cast.jane)
  const after = await inboxOf(asJane)
  expect(after.notifications.map(({ id }) => id)).toEqual(before.notifications.map(({ id }) => id))
  expect(after.notifications.find(({ data }) => data.goal_id === goal.id)).toMatchObject({
    triggered_by_name: FORMER,
    message: `${FORMER} has created a new goal 'Learn to Fly' that requires your approval.`,
  })
  expect(await readGoal(await server.as(cast.hana), goal.id)).toMatchObject({
    title: 'Learn to Fly',
    owner: { name: FORMER },
  })
})

test('it cannot be done twice, nor taken back', async () => {
  await workAndLeave()
  await erase()
  const address = `${cast.john.id}@erased.invalid`
  expect(await erase(address)).toMatchObject({ status: 409, body: { detail: 'This account was erased' } })
  const asHana = await server.as(cast.hana)
  const path = `/api/users/${cast.john.id}`
  expect(await asHana.put(`${path}/status`, { status: 'active' })).toMatchObject({ status: 409 })
  expect(await asHana.get(`${path}/data`)).toMatchObject({ status: 409 })
})

test('a server that stops in the middle leaves the rest to the next run', async () => {
  await workAndLeave()
  await server.app.jobs.stop()
  await erase()
  const job = erasureJob(server.app.database)
  await job.run(new Date(), AbortSignal.abort())
  expect(await whereIs(NAME)).not.toEqual([])
  await job.run(new Date(), new AbortController().signal)
  await job.run(new Date(), new AbortController().signal)
  expect(await whereIs(NAME)).toEqual([])
})

test('somebody else of the same name keeps it', async () => {
  const other = await server.addPerson('John Early', {
    supervisor: cast.mary,
    email: 'other.john@example.test',
  })
  await createGoal(await server.as(other), { title: 'Mine' })
  await createGoal(await server.as(cast.john), { title: 'His' })
  const asHana = await server.as(cast.hana)
  await asHana.put(`/api/users/${cast.john.id}/archive`, { handover_to: cast.mary.id })
  expect(await erase(cast.john.email)).toMatchObject({ status: 200 })
  await server.app.jobs.run(ERASURE_JOB)
  const messages = async (person: Person) =>
    (await inboxOf(await server.as(person))).notifications.map(({ message }) => message)
  expect(await messages(cast.mary)).toContain(
    "John Early has created a new goal 'Mine' that requires your approval.",
  )
  expect((await messages(cast.jane)).join()).not.toContain('John Early')
})
