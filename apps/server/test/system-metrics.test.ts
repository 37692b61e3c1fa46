/** `/metrics`: who may read it, that its numbers are those of the server, and that the documents know them all. */
import { readFileSync } from 'node:fs'
import type { HubReadings } from '@pms/notifier'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { createMetrics } from '../src/system/metrics.ts'
import { startServer, type TestServer } from '../src/testing/index.ts'
import { createGoal } from './goal-calls.ts'

const TOKEN = 'a-token-of-the-metrics'
let server: TestServer
afterEach(() => server.close())

/** An engine that has done nothing yet. */
const QUIET: HubReadings = {
  opened: 0,
  crowdedOut: 0,
  delivered: 0,
  replays: 0,
  pages: 0,
  resets: 0,
  gapsHealed: 0,
  slowReaders: 0,
  lost: 0,
  refusedCommands: 0,
  deliveryMs: { bounds: [1], counts: [0, 0], sum: 0 },
  activeUsers: 0,
  totalConnections: 0,
  isBusConnected: true,
  versionLag: 0,
}

const scrape = async () => {
  const { status, body } = await server.rest().get<string>('/metrics')
  expect(status).toBe(200)
  return body
}
/** What stands behind the name and labels of a line; undefined: there is no such line. */
function readingOf(text: string, line: string): number | undefined {
  const found = text.split('\n').find(each => each.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length + 1))
}
/** Names of all metrics, as they are declared. */
const namesIn = (text: string) => [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? '')

describe('without a token', () => {
  beforeEach(async () => {
    server = await startServer()
  })

  test('whoever calls directly on this machine reads it; for everybody else it is not there', async () => {
    const { status, headers } = await server.rest().get('/metrics')
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')])
    for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded'])
      expect((await server.rest().get('/metrics', { headers: { [header]: '127.0.0.1' } })).status).toBe(404)
    const from = async (remoteAddress: string) =>
      (await server.app.http.inject({ url: '/metrics', remoteAddress })).statusCode
    expect([await from('::ffff:127.0.0.1'), await from('10.1.2.3'), await from('2001:db8::1')]).toEqual([
      200, 404, 404,
    ])
  })

  test('people’s sign-ins are no way in', async () => {
    const ada = await server.addPerson('Ada Admin', { role: 'super_admin' })
    const headers = { 'x-forwarded-for': '10.1.2.3' }
    expect((await (await server.as(ada)).get('/metrics', { headers })).status).toBe(404)
  })
})

describe('with a token', () => {
  beforeEach(async () => {
    server = await startServer({ env: { METRICS_TOKEN: TOKEN } })
  })

  test('who brings it reads it, from wherever; who does not is refused, also here', async () => {
    const asked = async (authorization?: string, headers: Record<string, string> = {}) =>
      (
        await server
          .rest()
          .get('/metrics', { headers: { ...headers, ...(authorization && { authorization }) } })
      ).status
    expect(await asked(`Bearer ${TOKEN}`)).toBe(200)
    expect(await asked(`Bearer ${TOKEN}`, { 'x-forwarded-for': '10.1.2.3' })).toBe(200)
    for (const wrong of [undefined, TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`])
      expect(await asked(wrong), wrong).toBe(403)
    expect(server.log.join('')).not.toContain(TOKEN)
  })

  test('a token that can be guessed is refused at the start, and not repeated', () => {
    const refused = (METRICS_TOKEN: string) => () => readConfig({ METRICS_TOKEN })
    expect(refused('shortly')).toThrow('METRICS_TOKEN must have at least 16 characters')
    expect(refused('shortly')).not.toThrow('shortly')
    expect(refused('one two three four five')).toThrow('METRICS_TOKEN')
    expect(readConfig({ METRICS_TOKEN: TOKEN }).metricsToken).toBe(TOKEN)
    expect(readConfig({}).metricsToken).toBeNull()
  })
})

describe('the numbers', () => {
  beforeEach(async () => {
    server = await startServer()
  })

  test('are those of sockets, deliveries, jobs and commits', async () => {
    const { jane, john } = await server.addOrganisation()
    const tab = await server.socket(jane)
    await tab.next('connection_established')
    const before = await scrape()
    await createGoal(await server.as(john))
    await tab.next('new_notification')
    await server.app.jobs.run('retention')
    const after = await scrape()

    const rise = (line: string) => (readingOf(after, line) ?? Number.NaN) - (readingOf(before, line) ?? 0)
    expect(readingOf(after, 'pms_connections')).toBe(1)
    expect(readingOf(after, 'pms_connected_users')).toBe(1)
    expect(readingOf(after, 'pms_bus_connected')).toBe(1)
    expect(readingOf(after, 'pms_database_up')).toBe(1)
    expect(readingOf(after, 'pms_database_size_bytes')).toBeGreaterThan(50_000)
    expect(rise('pms_deliveries_total')).toBe(1)
    expect(rise('pms_delivery_lag_seconds_count')).toBe(1)
    expect(rise('pms_delivery_lag_seconds_bucket{le="+Inf"}')).toBe(1)
    expect(rise('pms_commit_duration_seconds_count')).toBeGreaterThan(0)
    expect(rise('pms_job_runs_total{job="retention",outcome="done"}')).toBe(1)
    expect(rise('pms_job_runs_total{job="retention",outcome="failed"}')).toBe(0)
    expect(readingOf(after, 'pms_job_lag_seconds{job="retention"}')).toBe(0)
    expect(readingOf(after, 'process_start_time_seconds')).toBeGreaterThan(0)
  })

  test('tell of calls by their route, never by what was asked for', async () => {
    const { john } = await server.addOrganisation()
    const rest = await server.as(john)
    const goal = await createGoal(rest)
    await rest.get(`/api/goals/${goal.id}?search=secret-word`)
    await rest.get('/api/goals/01a2068e-b7fc-72c7-afb3-e2809c5cc3e1')
    await rest.get('/no/such/secret-word')
    await expect
      .poll(async () => readingOf(await scrape(), count('GET', 'none', '4xx')), { interval: 5 })
      .toBe(1)
    const text = await scrape()
    expect(readingOf(text, count('GET', '/api/goals/:id', '2xx'))).toBe(1)
    expect(readingOf(text, count('GET', '/api/goals/:id', '4xx'))).toBe(1)
    expect(readingOf(text, count('POST', '/api/goals', '2xx'))).toBe(1)
    expect(text).not.toMatch(/secret-word|01a2068e/)
    expect(text).not.toContain(goal.id)
  })

  const count = (method: string, route: string, status: string) =>
    `pms_http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`

  test('of a database that does not answer are left out, and it is said that it does not', async () => {
    const metrics = createMetrics()
    let answers = true
    const standing = { name: 'retention', schedule: '', isRunning: false, lastRunAt: null, nextRunAt: null }
    metrics.watch({
      node: { name: 'here', version: '1' },
      hub: () => QUIET,
      unrecorded: () => 0,
      pool: () => (answers ? { open: 5, busy: 2, waiting: 1, most: 10 } : null),
      jobs: {},
      stored: async () =>
        answers
          ? {
              sizeBytes: 9,
              waiting: { announcements: 1, recipients: 7 },
              standings: [{ ...standing, lagMs: 90_000 }],
            }
          : null,
    })
    const told = async () => {
      const text = await metrics.text()
      return [
        'pms_database_up',
        'pms_database_size_bytes',
        'pms_announcement_recipients_waiting',
        'pms_job_lag_seconds{job="retention"}',
        'pms_database_connections{state="idle"}',
        'pms_database_connections{state="waiting"}',
      ].map(line => readingOf(text, line))
    }
    expect(await told()).toEqual([1, 9, 7, 90, 3, 1])
    answers = false
    expect(await told()).toEqual([0, undefined, undefined, undefined, undefined, undefined])
  })
})

describe('the documents', () => {
  const page = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8')
  const board = readFileSync(new URL('../../../deploy/grafana/pms.json', import.meta.url), 'utf8')
  const baseOf = (name: string) => name.replace(/_(bucket|sum|count)$/, '')
  const NAMES = /\b(?:pms|process|nodejs)_[a-z_]+\b/g

  beforeEach(async () => {
    server = await startServer()
  })

  test('name every metric of ours, and none that there is not', async () => {
    const names = namesIn(await scrape())
    const told = new Set([...page.matchAll(NAMES)].map(([name]) => name))
    expect(names.filter(name => name.startsWith('pms_') && !told.has(name))).toEqual([])
    expect([...told].filter(name => !names.includes(name) && !names.includes(baseOf(name)))).toEqual([])
  })

  test('a dashboard that shows all of ours, and asks only for what is told', async () => {
    const names = namesIn(await scrape())
    const queries: string[] = []
    JSON.parse(board, (key, value: unknown) => {
      if (key === 'expr' || key === 'query') queries.push(JSON.stringify(value))
      return value
    })
    const used = new Set(queries.join('\n').match(NAMES) ?? [])
    const shown = new Set([...used].map(baseOf))
    expect(names.filter(name => name.startsWith('pms_') && !shown.has(name))).toEqual([])
    expect([...used].filter(name => !names.includes(name) && !names.includes(baseOf(name)))).toEqual([])
  })
})
