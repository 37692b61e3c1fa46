/** How the installation is: who may ask, what every process says of itself, and what is kept of it. */
import { SystemReport } from '@pms/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import type { JobHistory } from '../src/system/job-log.ts'
import type { Numbers } from '../src/system/numbers.ts'
import { createSampler } from '../src/system/samples.ts'
import {
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { createGoal } from './goal-calls.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

let clock: ReturnType<typeof createTestClock>
let server: TestServer
let people: Awaited<ReturnType<TestServer['addOrganisation']>>
let ops: Person

beforeEach(async () => {
  clock = createTestClock('2027-03-01T09:00:00.000Z')
  server = await startServer({ clock })
  people = await server.addOrganisation()
  ops = await server.addPerson('Olu Ops', { role: 'admin' })
  return () => server.close()
})

async function look(range: 'hour' | 'day' = 'hour'): Promise<SystemReport> {
  // Afresh each time: hours pass in which a token ends.
  const { status, body } = await (await server.as(ops)).get<SystemReport>(`/api/system?range=${range}`)
  expect(status, JSON.stringify(body)).toBe(200)
  expectConform(SystemReport, body)
  return body
}

/** Another process of the installation, as far as the database knows. */
function another(id: string, name: string) {
  const numbers: Numbers = {
    connections: 2,
    users: 2,
    bus_connected: true,
    version_lag: 0,
    queue: 0,
    deliveries: 0,
    timed: 0,
    timed_ms: 0,
    sync_pages: 0,
    resets: 0,
    gaps_healed: 0,
    slow_readers: 0,
    commands_refused: 0,
    unrecorded: 0,
    memory_bytes: 50_000_000,
    busy: 0.25,
  }
  const jobs: Record<string, JobHistory> = {}
  const errors: unknown[] = []
  const sampler = createSampler({
    database: server.app.database,
    node: { id, name, version: '0.1.0', startedAt: clock().toISOString() },
    read: async () => numbers,
    jobs,
    clock,
    onError: error => errors.push(error),
  })
  return { numbers, jobs, errors, sampler }
}
const OTHER = '019a0000-0000-7000-8000-000000000001'
const samples = () => server.app.database.db.selectFrom('system_samples').selectAll().orderBy('at').execute()

describe('who may ask', () => {
  test('admins; nobody else', async () => {
    const asked = async (rest: Rest) => (await rest.get('/api/system')).status
    expect(await asked(server.rest())).toBe(401)
    for (const person of [people.john, people.jane, people.hana])
      expect(await asked(await server.as(person)), person.name).toBe(403)
    for (const person of [ops, people.ada])
      expect(await asked(await server.as(person)), person.name).toBe(200)
  })

  test('a range that there is not is refused', async () => {
    expect((await (await server.as(ops)).get('/api/system?range=year')).status).toBe(422)
  })
})

describe('the process that answers', () => {
  test('tells who is connected to it now, and what they were handed', async () => {
    const before = await look()
    expect(before.totals).toMatchObject({ connections: 0, users: 0, deliveries: 0, delivery_ms: null })
    const tabs = [await server.socket(people.jane), await server.socket(people.jane)]
    await server.socket(people.mary)
    for (const tab of tabs) await tab.next('connection_established')
    await createGoal(await server.as(people.john))
    for (const tab of tabs) await tab.next('new_notification')
    const after = await look()
    expect(after.totals).toMatchObject({ connections: 3, users: 2, deliveries: 2, delivery_ms: 0 })
    expect(after.nodes).toEqual([
      expect.objectContaining({ state: 'up', answers: true, connections: 3, users: 2, bus_connected: true }),
    ])
    expect(after.series.points.at(-1)).toMatchObject({ at: '2027-03-01T09:00:00.000Z', connections: 3 })
  })

  test('tells of the database, and of every job', async () => {
    await server.app.jobs.run('retention')
    clock.advance(19 * HOUR)
    const { database, jobs } = await look()
    expect(database.engine).toMatch(/SQLite|PostgreSQL/)
    expect(database.size_bytes).toBeGreaterThan(50_000)
    const retention = jobs.find(({ name }) => name === 'retention')
    expect(retention).toMatchObject({
      schedule: '20 3 * * *',
      last_run_at: '2027-03-01T09:00:00.000Z',
      state: 'late',
      last_ms: expect.any(Number),
      last_error: null,
    })
    await server.app.jobs.run('retention')
    expect((await look()).jobs.find(({ name }) => name === 'retention')).toMatchObject({
      state: 'waiting',
      lag_seconds: 0,
    })
  })

  test('counts people whom an announcement has not reached', async () => {
    await server.app.database.transaction(({ db, now }) =>
      db
        .insertInto('announcements')
        .values({
          id: OTHER,
          title: 'Hello',
          body: 'All',
          priority: 'low',
          status: 'PUBLISHED',
          audience: 'everyone',
          unit_id: null,
          role: null,
          requires_acknowledgement: 0,
          author_id: people.hana.id,
          published_by_id: people.hana.id,
          published_at: now,
          delivered_at: null,
          recipient_count: 500,
          delivered_count: 200,
          delivered_through: '',
          acknowledged_count: 0,
          created_at: now,
          updated_at: now,
        })
        .execute(),
    )
    expect((await look()).queue).toMatchObject({ announcements: 1, recipients: 300 })
  })
})

describe('another process', () => {
  test('is told of by what it wrote: up, silent, or stopped', async () => {
    const other = another(OTHER, 'beta:8000')
    other.numbers.deliveries = 7
    await other.sampler.step()
    const beta = async () => (await look()).nodes.find(({ id }) => id === OTHER)
    expect(await beta()).toMatchObject({ name: 'beta:8000', state: 'up', answers: false, connections: 2 })
    expect((await look()).totals.deliveries).toBe(7)

    clock.advance(2 * MINUTE)
    expect(await beta()).toMatchObject({ state: 'silent', connections: 0 })
    expect((await look()).totals.deliveries).toBe(0)

    other.sampler.start()
    await other.sampler.stop()
    expect(await beta()).toMatchObject({ state: 'stopped' })
    clock.advance(25 * HOUR)
    await another(OTHER.replace('1', '2'), 'gamma:8000').sampler.step()
    expect(await beta()).toBeUndefined()
  })

  test('brings the last error of a job, and keeps it when the job goes well again', async () => {
    const other = another(OTHER, 'beta:8000')
    other.jobs.retention = {
      runs: 2,
      failures: 1,
      ms: 30,
      last_ms: 10,
      last_at: clock().toISOString(),
      last_error: { at: clock().toISOString(), message: 'No room' },
    }
    await other.sampler.step()
    await server.app.jobs.run('retention')
    const retention = (await look()).jobs.find(({ name }) => name === 'retention')
    expect(retention?.last_error).toEqual({ at: '2027-03-01T09:00:00.000Z', message: 'No room' })
  })

  test('draws its part of the lines', async () => {
    const other = another(OTHER, 'beta:8000')
    await other.sampler.step()
    clock.advance(MINUTE)
    other.numbers.deliveries = 120
    await other.sampler.step()
    const { series } = await look()
    expect(series.points.at(-2)).toMatchObject({ connections: 2, deliveries_per_second: 2 })
  })
})

describe('what is written', () => {
  test('while nothing changes hardly anything', async () => {
    const other = another(OTHER, 'beta:8000')
    const step = async (ms: number) => {
      clock.advance(ms)
      await other.sampler.step()
      return (await samples()).length
    }
    expect(await step(0)).toBe(1)
    other.numbers.memory_bytes += 1
    expect([await step(10 * SECOND), await step(10 * SECOND)]).toEqual([1, 1])
    expect(await step(10 * SECOND)).toBe(2)
    other.numbers.connections += 1
    expect(await step(10 * SECOND)).toBe(3)
  })

  test('stays for an hour, and one of five minutes for a day', async () => {
    const other = another(OTHER, 'beta:8000')
    for (let n = 0; n < 2 * 60; n += 1) {
      other.numbers.deliveries += 1
      await other.sampler.step()
      clock.advance(MINUTE)
    }
    const kept = (await samples()).map(({ at }) => (clock().getTime() - Date.parse(at)) / MINUTE)
    expect(kept.filter(minutes => minutes > 62)).toEqual([
      120, 115, 110, 105, 100, 95, 90, 85, 80, 75, 70, 65,
    ])
    expect(kept.filter(minutes => minutes <= 60)).toHaveLength(60)
    const { series } = await look('day')
    expect(series.points.filter(point => point.deliveries_per_second !== null).length).toBeGreaterThan(11)
  })

  test('is no reason to wait at the end, and a database that fails is said once', async () => {
    const other = another(OTHER, 'beta:8000')
    await other.sampler.stop()
    expect(await samples()).toEqual([])

    const never = createSampler({
      database: server.app.database,
      node: { id: OTHER, name: 'beta', version: '0', startedAt: clock().toISOString() },
      read: () => new Promise(() => {}),
      jobs: {},
      clock,
      onError: () => {},
    })
    never.start()
    await never.stop()

    Object.assign(other.numbers, { users: 1n })
    await other.sampler.step()
    await other.sampler.step()
    expect(other.errors).toEqual([expect.any(TypeError)])
    Object.assign(other.numbers, { users: 1 })
    await other.sampler.step()
    expect(await samples()).toHaveLength(1)
  })
})
