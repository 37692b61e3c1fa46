/** The audit trail: who may read it, how it is searched, and what is never in it. */
import { AuditPage, type AuditQuery } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { recordAudit } from '../src/audit/record.ts'
import {
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { createGoal, problemFields } from './goal-calls.ts'
import { setStatus } from './people-calls.ts'

const HOUR = 60 * 60 * 1000

let clock: ReturnType<typeof createTestClock>
let server: TestServer
let people: Awaited<ReturnType<TestServer['addOrganisation']>>
let asHana: Rest

beforeEach(async () => {
  // The clocks go forward in Berlin on the 28th.
  clock = createTestClock('2027-03-27T21:00:00.000Z')
  server = await startServer({ clock, env: { TIME_ZONE: 'Europe/Berlin' } })
  people = await server.addOrganisation()
  asHana = await server.as(people.hana)
  return () => server.close()
})

async function read(query: Partial<AuditQuery> = {}, rest = asHana) {
  const words = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  const { status, body } = await rest.get<AuditPage>(`/api/audit?${new URLSearchParams(words)}`)
  expect(status, JSON.stringify(body)).toBe(200)
  expectConform(AuditPage, body)
  return body
}
const actions = async (query: Partial<AuditQuery> = {}) =>
  (await read(query)).items.map(({ action }) => action)

const write = (action: string, object: { type: string; id: string }, detail: Record<string, unknown> = {}) =>
  server.app.database.transaction(tx => recordAudit(tx, { actor: null, action, object, detail }))

test('tells who did what, newest first', async () => {
  await setStatus(asHana, people.john, 'on_leave')
  const [newest] = (await read()).items
  expect(newest).toMatchObject({
    at: '2027-03-27T21:00:00.000Z',
    actor: { id: people.hana.id, name: 'Hana Sato' },
    action: 'user.status_changed',
    object: { type: 'user', id: people.john.id },
    detail: { from: 'active', to: 'on_leave' },
  })
  const ids = (await read({ limit: 100 })).items.map(({ id }) => id)
  expect(ids).toEqual(ids.toSorted().toReversed())
})

test('keeps a name as it was', async () => {
  await createGoal(await server.as(people.john))
  await asHana.patch(`/api/users/${people.john.id}`, { name: 'John Day' })
  const { items } = await read({ action: 'goal.' })
  expect(items.map(({ actor }) => actor.name)).toEqual(['John Doe'])
  const edits = await read({ action: 'user.edited' })
  expect(edits.items.map(({ detail }) => detail)).toEqual([
    { changed: { name: { from: 'John Doe', to: 'John Day' } } },
  ])
})

describe('is searched', () => {
  beforeEach(async () => {
    await write('door.opened', { type: 'door', id: 'front' })
    await write('door.closed', { type: 'door', id: 'back' })
    await write('doorbell_rung', { type: 'bell', id: 'front' })
  })

  test.each([
    [{ action: 'door' }, ['doorbell_rung', 'door.closed', 'door.opened']],
    [{ action: 'door.' }, ['door.closed', 'door.opened']],
    [{ action: 'door.opened' }, ['door.opened']],
    [{ action: '%rung' }, []],
    [{ action: 'doorbell_' }, ['doorbell_rung']],
    [{ action: 'door_opened' }, []],
    [{ object_type: 'door' }, ['door.closed', 'door.opened']],
    [{ object_id: 'front' }, ['doorbell_rung', 'door.opened']],
    [{ object_type: 'door', object_id: 'front' }, ['door.opened']],
    [{ object_type: "x' or 1=1 --" }, []],
    [{ action: 'door', skip: 1, limit: 1 }, ['door.closed']],
  ])('by %j', async (query, expected) => {
    expect(await actions(query)).toEqual(expected)
  })

  test('by who did it', async () => {
    await setStatus(asHana, people.john, 'on_leave')
    const mine = await read({ actor_id: people.hana.id, action: 'user' })
    expect(mine.items.map(({ action }) => action)).toEqual(['user.status_changed'])
    expect((await read({ actor_id: people.john.id, action: 'user' })).items).toEqual([])
  })

  test('page by page, with how many there are', async () => {
    const page = await read({ action: 'door', limit: 2 })
    expect([page.total, page.next_cursor]).toEqual([3, '2'])
    expect(await read({ action: 'door', skip: 2 })).toMatchObject({ total: 3, next_cursor: null })
  })

  test('by days of the organisation, the one on which the clocks change being shorter', async () => {
    const at = (hours: number) => write(`hour.${hours}`, { type: 'hour', id: String(hours) })
    await at(22)
    clock.advance(2 * HOUR)
    // Midnight there is eleven at night in UTC; the next one, an hour later in the year's clock, is ten.
    await at(24)
    clock.advance(22 * HOUR + 59 * 60_000)
    await at(46)
    clock.advance(60_000)
    await at(47)
    asHana = await server.as(people.hana)
    expect(await actions({ action: 'hour', from: '2027-03-28', to: '2027-03-28' })).toEqual([
      'hour.46',
      'hour.24',
    ])
    expect(await actions({ action: 'hour', to: '2027-03-27' })).toEqual(['hour.22'])
    expect(await actions({ action: 'hour', from: '2027-03-29' })).toEqual(['hour.47'])
  })

  test.each([
    [{ actor_id: 'me' }, 'actor_id'],
    [{ from: 'yesterday' }, 'from'],
    [{ to: '2027-02-30' }, 'to'],
    [{ limit: 101 }, 'limit'],
    [{ skip: -1 }, 'skip'],
  ])('and refuses %j', async (query, field) => {
    const words = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    const reply = await asHana.get<Problem>(`/api/audit?${words}`)
    expect([reply.status, problemFields(reply.body)]).toEqual([422, [field]])
  })
})

describe('is read', () => {
  test('by HR, admins and super admins, and by nobody else', async () => {
    const adam = await server.addPerson('Adam Able', { role: 'admin' })
    const readers: [Person, number][] = [
      [people.john, 403],
      [people.mary, 403],
      [people.hana, 200],
      [adam, 200],
      [people.ada, 200],
    ]
    for (const [person, status] of readers)
      expect((await (await server.as(person)).get('/api/audit')).status, person.name).toBe(status)
    expect((await server.rest().get('/api/audit')).status).toBe(401)
  })

  test('of one account, also by whose it is: who changed status and role', async () => {
    await setStatus(asHana, people.john, 'on_leave')
    await asHana.put(`/api/users/${people.john.id}/role`, { role: 'hr' })
    await asHana.put(`/api/users/${people.john.id}/role`, { role: 'staff' })
    const path = `/api/users/${people.john.id}/history`
    for (const person of [people.john, people.hana, people.ada]) {
      const { status, body } = await (await server.as(person)).get<AuditPage>(path)
      expect(status).toBe(200)
      expectConform(AuditPage, body)
      expect(body.items.map(({ action, actor, detail }) => [action, actor.name, detail])).toEqual([
        ['user.role_changed', 'Hana Sato', { from: 'hr', to: 'staff' }],
        ['user.role_changed', 'Hana Sato', { from: 'staff', to: 'hr' }],
        ['user.status_changed', 'Hana Sato', { from: 'active', to: 'on_leave' }],
        ['user.created', 'system', { email: people.john.email }],
      ])
    }
    const { body } = await asHana.get<AuditPage>(`${path}?skip=1&limit=1`)
    expect([body.items.length, body.total, body.next_cursor]).toEqual([1, 4, '2'])
    for (const person of [people.jane, people.mary])
      expect((await (await server.as(person)).get(path)).status, person.name).toBe(403)
    expect((await asHana.get(`/api/users/${crypto.randomUUID()}/history`)).status).toBe(404)
  })
})

describe('never holds', () => {
  test.each(['answers', 'answer', 'rating', 'ratings', 'password', 'password_hash', 'token'])(
    '%s',
    async field => {
      const object = { type: 'thing', id: 'x' }
      await expect(write('thing.done', object, { [field]: 5 })).rejects.toThrow(field)
      await expect(write('thing.done', object, { deep: [{ [field]: 5 }] })).rejects.toThrow(field)
      expect((await read({ object_type: 'thing' })).total).toBe(0)
    },
  )
})
