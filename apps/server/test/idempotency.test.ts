/** `Idempotency-Key`: whatever is sent again, and however often at once, happens once. */
import type { GoalDetail } from '@pms/contract'
import type { InboxItem, Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestClock, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { breakTable } from './broken-table.ts'
import { heardTypes, inboxOf, NOBODY, personal, problemFields } from './goal-calls.ts'

const clock = createTestClock()
let server: TestServer
let cast: Awaited<ReturnType<TestServer['addOrganisation']>>
let john: Rest
let jane: Rest

beforeAll(async () => {
  server = await startServer({ clock })
  cast = await server.addOrganisation()
  john = await server.as(cast.john)
  jane = await server.as(cast.jane)
})
afterAll(() => server.close())

let made = 0
const newKey = () => `key-${made++}`
const under = (key: string) => ({ headers: { 'idempotency-key': key } })
const create = (rest: Rest, key: string, changes: object = {}) =>
  rest.post<GoalDetail>('/api/goals', { ...personal, ...changes }, under(key))

const count = async (table: 'goals' | 'notifications' | 'idempotent_calls' | 'audit') =>
  (await server.app.database.db.selectFrom(table).select('id').execute()).length
const counts = async () => ({
  goals: await count('goals'),
  notifications: await count('notifications'),
  keys: await count('idempotent_calls'),
  audit: await count('audit'),
})

describe('a call that is sent again', () => {
  test('under its key is done once and answered as at first, whatever came in between', async () => {
    const key = newKey()
    const first = await create(john, key)
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null])
    await jane.put(`/api/goals/${first.body.id}/approve`, {})
    const before = await counts()
    const again = await create(john, key)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect(again.body).toEqual(first.body)
    expect(again.body.status).toBe('PENDING_APPROVAL')
    expect(await counts()).toEqual(before)
  })

  test('twenty times at once is done once: one goal, one notification, one message', async () => {
    const key = newKey()
    const socket = await server.socket(cast.jane)
    await socket.next('connection_established')
    const before = await counts()
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(john, key)))
    expect(new Set(answers.map(answer => JSON.stringify(answer.body))).size).toBe(1)
    expect(answers.map(answer => answer.status)).toEqual(Array(20).fill(201))
    expect(answers.filter(answer => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1)
    expect(await counts()).toEqual({
      goals: before.goals + 1,
      notifications: before.notifications + 1,
      keys: before.keys + 1,
      audit: before.audit + 1,
    })
    expect((await heardTypes(socket)).filter(type => type === 'new_notification')).toHaveLength(1)
  })

  test('with its fields in another order is the same call', async () => {
    const key = newKey()
    const { title, ...rest } = personal
    const first = await john.post('/api/goals', { title, ...rest }, under(key))
    const again = await john.post('/api/goals', { ...rest, title }, under(key))
    expect(again.body).toEqual(first.body)
  })

  test('with another body is refused, and does nothing', async () => {
    const key = newKey()
    await create(john, key)
    const before = await counts()
    const other = await create(john, key, { title: 'Something else' })
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_mismatch' } })
    expect(await counts()).toEqual(before)
  })

  test('is done each time without a key, and once for each key', async () => {
    const before = await count('goals')
    await john.post('/api/goals', personal)
    await john.post('/api/goals', personal)
    await create(john, newKey())
    await create(john, newKey())
    expect((await count('goals')) - before).toBe(4)
  })

  test('by somebody else, or to another address, is another call', async () => {
    const key = newKey()
    const mine = await create(john, key)
    const theirs = await create(jane, key)
    expect([theirs.status, theirs.body.owner.id]).toEqual([201, cast.jane.id])
    expect(theirs.body.id).not.toBe(mine.body.id)
    const assigned = await jane.post<GoalDetail>(
      '/api/goals/assign',
      { ...personal, assigned_to_user_id: cast.john.id },
      under(key),
    )
    expect([assigned.status, assigned.headers.get('idempotency-replayed')]).toEqual([201, null])
  })

  test('is remembered for a day', async () => {
    const key = newKey()
    const first = await create(john, key)
    clock.advance(24 * 3_600_000 - 1)
    john = await server.as(cast.john)
    jane = await server.as(cast.jane)
    expect((await create(john, key)).body.id).toBe(first.body.id)
    await server.app.jobs.run('idempotency-clean-up')
    expect((await create(john, key)).body.id).toBe(first.body.id)
    clock.advance(1)
    const later = await create(john, key)
    expect(later.headers.get('idempotency-replayed')).toBe(null)
    expect(later.body.id).not.toBe(first.body.id)
    clock.advance(24 * 3_600_000)
    await server.app.jobs.run('idempotency-clean-up')
    expect(await count('idempotent_calls')).toBe(0)
    john = await server.as(cast.john)
    jane = await server.as(cast.jane)
  })
})

describe('a call that is refused', () => {
  test('leaves its key free for the call as it was meant', async () => {
    const key = newKey()
    const before = await counts()
    expect((await create(john, key, { title: '' })).status).toBe(422)
    expect((await create(john, key, { parent_goal_id: NOBODY })).status).toBe(422)
    expect(await counts()).toEqual(before)
    expect((await create(john, key)).status).toBe(201)
  })

  test('at its very end leaves nothing: neither what it did nor its key, and nobody hears of it', async () => {
    const key = newKey()
    const socket = await server.socket(cast.jane)
    await socket.next('connection_established')
    const before = await counts()
    const { db } = server.app.database
    // The disk, as it were, fails when the answer is written.
    const mend = await breakTable(db, { table: 'idempotent_calls', on: 'update', message: 'full' })
    expect((await create(john, key)).status).toBe(500)
    await mend()
    expect(await counts()).toEqual(before)
    expect(await heardTypes(socket)).toEqual([])
    const again = await create(john, key)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, null])
  })

  test.each(['', 'two words', 'x'.repeat(256), 'grüße'.normalize('NFC')])(
    'because its key is %j',
    async key => {
      const before = await counts()
      const { status, body } = await john.post<Problem>('/api/goals', personal, under(key))
      expect(status).toBe(422)
      expect(problemFields(body)).toEqual(['idempotency-key'])
      expect(await counts()).toEqual(before)
    },
  )
})

test('of a call with many rows, those that are refused undo nothing of the others', async () => {
  const key = newKey()
  const kim = await server.addPerson('Kim Lee', { supervisor: cast.jane })
  const body = { ...personal, user_ids: [cast.john.id, cast.hana.id, kim.id] }
  const send = () => jane.post<{ results: { ok: boolean }[] }>('/api/goals/bulk-assign', body, under(key))
  const before = await counts()
  const first = await send()
  expect(first.body.results.map(result => result.ok)).toEqual([true, false, true])
  expect((await send()).body).toEqual(first.body)
  const after = await counts()
  expect([after.goals - before.goals, after.notifications - before.notifications]).toEqual([2, 2])
  const asked = (await inboxOf(await server.as(kim))).notifications.map((item: InboxItem) => item.type)
  expect(asked).toEqual(['goal_assigned'])
})

test('the key is accepted on every call that creates something', async () => {
  type Call = { parameters?: { in: string; name: string }[]; responses?: Record<string, unknown> }
  const { body } = await server.rest().get<{ paths: Record<string, { post?: Call }> }>('/api/openapi.json')
  const creating = Object.entries(body.paths).filter(([, { post }]) => post?.responses?.[201])
  expect(creating.length).toBeGreaterThan(2)
  const without = creating.filter(
    ([, { post }]) =>
      !post?.parameters?.some(given => given.in === 'header' && given.name === 'idempotency-key'),
  )
  expect(without.map(([path]) => path)).toEqual([])
})
