/** What became of a notification: who may ask, and each of the answers that there are. */
import { NotificationTrace, PersonReach, TracedPage } from '@pms/contract'
import type { ConnectionRecord } from '@pms/notifier'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { createJournal } from '../src/system/journal/journal.ts'
import { CONNECTIONS } from '../src/system/migrations.ts'
import {
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
  type TestSocket,
} from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { createGoal, NOBODY } from './goal-calls.ts'
import { actCycle, choosePeers, draftCycle } from './review-calls.ts'

const SECOND = 1_000
const DAY = 24 * 60 * 60 * SECOND

let clock: ReturnType<typeof createTestClock>
let server: TestServer
let people: Awaited<ReturnType<TestServer['addOrganisation']>>
let ops: Person
let john: Rest

/** John reports to Jane: each of his goals asks her for a decision. */
beforeEach(async () => {
  clock = createTestClock('2027-03-01T09:00:00.000Z')
  server = await startServer({ clock })
  // The table is of the day on which the test is run, and remembers nothing of days before it.
  const began = '2027-01-01T00:00:00.000Z'
  await sql`update kysely_migration set timestamp = ${began} where name = ${CONNECTIONS}`.execute(
    server.app.database.db,
  )
  people = await server.addOrganisation()
  ops = await server.addPerson('Olu Ops', { role: 'admin' })
  john = await server.as(people.john)
  return () => server.close()
})

/** Afresh each time: days pass in which a token ends. */
async function get<T>(path: string): Promise<T> {
  const { status, body } = await (await server.as(ops)).get<T>(`/api/system/${path}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

async function listed(query = ''): Promise<TracedPage> {
  const page = await get<TracedPage>(`notifications?user_id=${people.jane.id}${query}`)
  expectConform(TracedPage, page)
  return page
}

async function trace(id?: string): Promise<NotificationTrace> {
  const traced = await get<NotificationTrace>(`notifications/${id ?? (await listed()).items[0]?.id}/trace`)
  expectConform(NotificationTrace, traced)
  return traced
}

async function reach(): Promise<PersonReach> {
  const answer = await get<PersonReach>(`people/${people.jane.id}/reach`)
  expectConform(PersonReach, answer)
  return answer
}

/** Jane connects, and says so; `since` as a client that comes back. */
async function connect(since?: number): Promise<TestSocket> {
  const socket = await server.socket(people.jane, since === undefined ? {} : { query: { since: `${since}` } })
  await socket.next(since === undefined ? 'connection_established' : 'sync')
  return socket
}

async function beat(socket: TestSocket): Promise<void> {
  socket.send('ping')
  await socket.text('pong')
}

/** The server has noticed that somebody left. */
const left = () => expect.poll(async () => (await reach()).connections).toBe(0)

describe('who may ask', () => {
  test('admins; the trail says that they did, once an hour; nobody is told what a notification says', async () => {
    const { id: goal } = await createGoal(john)
    const { id } = (await listed()).items[0] ?? { id: '' }
    const paths = [
      `notifications?user_id=${people.jane.id}`,
      `notifications/${id}/trace`,
      `people/${people.jane.id}/reach`,
    ]
    for (const path of paths) {
      expect((await server.rest().get(`/api/system/${path}`)).status, path).toBe(401)
      for (const person of [people.john, people.jane, people.hana])
        expect((await (await server.as(person)).get(`/api/system/${path}`)).status, path).toBe(403)
      expect(JSON.stringify(await get(path)), path).not.toMatch(/Learn Go|awaiting|requires your approval/i)
    }
    expect(await trace()).toMatchObject({
      id,
      type: 'goal_created',
      priority: 'high',
      needs_action: true,
      state: 'unread',
      version: 1,
      recipient: { id: people.jane.id, name: people.jane.name, status: 'active' },
      actor: { id: people.john.id, name: people.john.name },
      object: { type: 'goal', id: goal },
    })
    const trail = async () =>
      (await (await server.as(ops)).get('/api/audit?action=trace')).body.items as object[]
    expect(await trail()).toMatchObject([
      { action: 'trace.read', actor: { name: 'Olu Ops' }, object: { type: 'user', id: people.jane.id } },
    ])
    clock.advance(3_601 * SECOND)
    await reach()
    expect(await trail()).toHaveLength(2)
  })

  test('what there is not is not found', async () => {
    const rest = await server.as(ops)
    expect((await rest.get(`/api/system/notifications/${NOBODY}/trace`)).status).toBe(404)
    expect((await rest.get(`/api/system/people/${NOBODY}/reach`)).status).toBe(404)
    expect((await rest.get('/api/system/notifications')).status).toBe(422)
    expect((await rest.get(`/api/system/notifications?user_id=${NOBODY}`)).body).toMatchObject({
      items: [],
      total: 0,
    })
  })
})

describe('a person’s notifications', () => {
  test('come newest first, in pages and up to a moment, also those that were deleted', async () => {
    const goals = []
    for (let n = 0; n < 3; n += 1) {
      goals.push(await createGoal(john))
      clock.advance(SECOND)
    }
    const jane = await server.as(people.jane)
    const [third, second, first] = (await listed()).items
    await jane.delete(`/api/notifications/${second?.id}`)
    await jane.put(`/api/notifications/${first?.id}/read`)
    await jane.put(`/api/goals/${goals[2]?.id}/approve`)
    expect((await listed()).items.map(({ state }) => state)).toEqual(['settled', 'deleted', 'read'])
    expect(await listed('&limit=1&skip=1')).toMatchObject({
      items: [{ id: second?.id }],
      total: 3,
      next_cursor: '2',
    })
    expect(await listed('&until=2027-03-01T10:00:01%2B01:00')).toMatchObject({
      items: [{ id: second?.id }, { id: first?.id }],
      total: 2,
    })
    expect(third?.needs_action).toBe(true)
  })

  test('may be missing because they do not want them', async () => {
    const jane = await server.as(people.jane)
    await jane.put('/api/preferences/notifications', { goal_accepted: { in_app: false } })
    const { id: goal } = await createGoal(john)
    await jane.put('/api/preferences/muted-things', { notification_id: (await listed()).items[0]?.id })
    expect(await reach()).toMatchObject({
      unwanted_types: ['goal_accepted'],
      muted: [{ object: { type: 'goal', id: goal } }],
      connections: 0,
      last_connected_at: null,
    })
  })
})

describe('it went out', () => {
  test('at once, to each open page; known for certain when they are heard of after that', async () => {
    const [tab, phone] = [await connect(), await connect(0)]
    clock.advance(10 * SECOND)
    await createGoal(john)
    await tab.next('new_notification')
    await phone.next('new_notification')
    const one = { state: 'open', opened_at: '2027-03-01T09:00:00.000Z', outcome: 'live', device: 'test' }
    expect(await trace()).toMatchObject({
      verdict: 'unanswered',
      connections: [
        { ...one, handed_at: '2027-03-01T09:00:10.000Z', answered: false },
        { ...one, answered: false },
      ],
    })
    clock.advance(SECOND)
    await beat(phone)
    expect(await trace()).toMatchObject({
      verdict: 'sent',
      connections: [{ answered: false }, { answered: true, heard_at: '2027-03-01T09:00:11.000Z' }],
    })
    expect(await reach()).toMatchObject({ connections: 2 })
  })

  test('late, to a page that came back', async () => {
    const before = await connect()
    await before.close()
    await left()
    clock.advance(SECOND)
    await createGoal(john)
    clock.advance(SECOND)
    const back = await connect(0)
    expect(await trace()).toMatchObject({ verdict: 'unanswered', connections: [{ answered: false }] })
    clock.advance(SECOND)
    await beat(back)
    expect(await trace()).toMatchObject({
      verdict: 'sent',
      connections: [{ outcome: 'replayed', handed_at: '2027-03-01T09:00:02.000Z', answered: true }],
    })
  })

  test('with the list that a new page fetched', async () => {
    await createGoal(john)
    clock.advance(SECOND)
    await connect()
    const { version } = await trace()
    await connect(version)
    expect(await trace()).toMatchObject({
      verdict: 'fetched',
      connections: [{ outcome: 'fetched' }, { outcome: 'fetched', handed_at: '2027-03-01T09:00:01.000Z' }],
    })
  })

  test('on a page that is closed by now, which said goodbye', async () => {
    const tab = await connect()
    await createGoal(john)
    await tab.next('new_notification')
    clock.advance(SECOND)
    await tab.close()
    await left()
    expect(await trace()).toMatchObject({
      verdict: 'sent',
      connections: [{ state: 'closed', code: 1005, answered: true, closed_at: '2027-03-01T09:00:01.000Z' }],
      last_connected_at: '2027-03-01T09:00:01.000Z',
    })
  })
})

describe('it did not go out', () => {
  test('because nobody was connected', async () => {
    const tab = await connect()
    await tab.close()
    await left()
    clock.advance(60 * SECOND)
    await createGoal(john)
    expect(await trace()).toMatchObject({
      verdict: 'offline',
      connections: [],
      last_connected_at: '2027-03-01T09:00:00.000Z',
    })
  })

  test('as far as is known: it is from before connections were remembered, or from a server that is no more', async () => {
    await createGoal(john)
    const { id } = await trace()
    const gone = otherProcess('beta:1')
    gone.journal.asked([gone.record({ version: 0 })])
    await gone.journal.write()
    await server.app.database.db
      .insertInto('system_nodes')
      .values({
        ...gone.node,
        seen_at: clock().toISOString(),
        stopped_at: null,
        numbers: '{"unrecorded":3}',
        jobs: '{}',
      })
      .execute()
    clock.advance(SECOND)
    expect(await trace(id)).toMatchObject({
      verdict: 'unknown',
      connections: [{ id: '019a0000-7', server: 'beta:1', state: 'open', outcome: 'unknown' }],
      unrecorded: 3,
    })
    clock.advance(120 * SECOND)
    expect(await trace(id)).toMatchObject({ connections: [{ state: 'lost', outcome: 'unknown' }] })
    expect(await reach()).toMatchObject({ connections: 0 })
    // What was written since cannot have been for that server.
    await createGoal(john)
    expect(await trace()).toMatchObject({ verdict: 'offline', connections: [] })

    await server.app.database.db.deleteFrom('connections').execute()
    clock.advance(8 * DAY)
    expect(await trace(id)).toMatchObject({ verdict: 'unknown', connections: [] })
  })
})

describe('it was read', () => {
  test('by itself, with all others, or because what it asked for was decided', async () => {
    const jane = await server.as(people.jane)
    const goals = [
      await createGoal(john),
      await createGoal(john),
      await createGoal(john),
      await createGoal(john),
    ]
    const [decided, , , single] = (await listed()).items
    clock.advance(SECOND)
    await jane.put(`/api/notifications/${single?.id}/read`)
    expect((await trace(single?.id)).read).toEqual({ at: '2027-03-01T09:00:01.000Z', way: 'itself' })
    await jane.put(`/api/goals/${goals[3]?.id}/approve`)
    expect(await trace(decided?.id)).toMatchObject({
      read: { way: 'decision' },
      settled: { at: '2027-03-01T09:00:01.000Z', by_name: people.jane.name },
    })
    await jane.put('/api/notifications/mark-all-read')
    const ways = []
    for (const { id } of (await listed()).items) ways.push((await trace(id)).read?.way)
    expect(ways).toEqual(['decision', 'all', 'all', 'itself'])
    await jane.delete(`/api/notifications/${single?.id}`)
    expect(await trace(single?.id)).toMatchObject({
      state: 'deleted',
      deleted_at: '2027-03-01T09:00:01.000Z',
    })
  })
})

/** The journal of another process of the installation, as far as the database knows. */
function otherProcess(name: string, mostWaiting?: number) {
  const node = {
    id: '019a0000-0000-7000-8000-000000000001',
    name,
    version: '0.1.0',
    startedAt: '2027-03-01T08:00:00.000Z',
  }
  const journal = createJournal({
    database: server.app.database,
    node,
    clock,
    log: server.app.http.log,
    ...(mostWaiting === undefined ? {} : { mostWaiting }),
  })
  const record = (changes: Partial<ConnectionRecord> = {}): ConnectionRecord => ({
    number: 7,
    userId: people.jane.id,
    session: 'none',
    openedAt: clock().getTime() - SECOND,
    heardAt: clock().getTime() - SECOND,
    start: 'plain',
    first: 0,
    version: 0,
    code: null,
    ...changes,
  })
  const { startedAt: started_at, ...rest } = node
  return { journal, record, node: { ...rest, started_at } }
}

describe('the journal', () => {
  const rows = () =>
    server.app.database.db.selectFrom('connections').selectAll().orderBy('opened_at').execute()

  test('writes who is open a while, and who has ended, each once; an end stays one', async () => {
    const { journal, record } = otherProcess('beta:1')
    const [open, shy] = [{ record: record({ number: 1, openedAt: 1 }) }, { record: null }]
    journal.opened(open)
    journal.opened(shy)
    await journal.write()
    expect(await rows()).toMatchObject([{ id: '019a0000-1', closed_at: null, version: 0 }])
    clock.advance(SECOND)
    journal.closed(open, record({ number: 1, version: 4, code: 1001 }))
    journal.closed(shy, null)
    await journal.write()
    const ended = [{ closed_at: '2027-03-01T09:00:01.000Z', version: 4, code: 1001, server: 'beta:1' }]
    expect(await rows()).toMatchObject(ended)
    journal.asked([record({ number: 1, version: 9 })])
    await journal.write()
    expect(await rows()).toMatchObject(ended)
  })

  test('keeps what could not be written, up to a limit, and counts what it had no room for', async () => {
    const { journal, record } = otherProcess('beta:1', 500)
    const { db } = server.app.database
    await db.schema.alterTable('connections').renameTo('away').execute()
    for (let number = 1; number <= 502; number += 1)
      journal.closed({ record: null }, record({ number, openedAt: number }))
    await expect(journal.write()).rejects.toThrow()
    await db.schema.alterTable('away').renameTo('connections').execute()
    await journal.write()
    expect(await rows()).toHaveLength(500)
    expect(journal.unrecorded()).toBe(2)
  })

  test('forgets after a week', async () => {
    const { journal, record } = otherProcess('beta:1')
    journal.closed({ record: null }, record({ number: 1 }))
    await journal.write()
    clock.advance(6 * DAY)
    journal.closed({ record: null }, record({ number: 2 }))
    await journal.write()
    clock.advance(DAY)
    await server.app.jobs.run('connection-clean-up')
    expect(await rows()).toMatchObject([{ id: '019a0000-2' }])
  })
})

test('who writes about an admin is not theirs to find out: requests of it are not there for them, and are for another', async () => {
  const hana = await server.as(people.hana)
  const another = await server.as(await server.addPerson('Ann Other', { role: 'admin' }))
  const peer = await server.addPerson('Pat Peer')
  const cycle = await draftCycle(hana, [ops, people.john])
  await choosePeers(hana, cycle.id, ops, [peer])
  await choosePeers(hana, cycle.id, people.john, [peer])
  await actCycle(hana, cycle.id, 'activate')
  const path = `notifications?user_id=${peer.id}`
  const seen = (await get<TracedPage>(path)).items
  const all = (await another.get<TracedPage>(`/api/system/${path}`)).body
  expect([seen.length, all.items.length]).toEqual([1, 2])
  expect((await get<TracedPage>(path)).total).toBe(1)
  const hidden = all.items.find(({ id }) => !seen.some(each => each.id === id))
  expect((await (await server.as(ops)).get(`/api/system/notifications/${hidden?.id}/trace`)).status).toBe(404)
  expect((await another.get(`/api/system/notifications/${hidden?.id}/trace`)).status).toBe(200)
})
