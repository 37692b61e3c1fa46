/** Two servers on one PostgreSQL and one Redis: what they know together, and what becomes of it while Redis is away. */
import { CSRF_HEADER, type TracedPage } from '@pms/contract'
import { freshDatabase } from '@pms/test-services/postgres'
import { type RedisServer, startRedis } from '@pms/test-services/redis'
import { sharedPostgres } from '@pms/test-services/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changePerson, type Person, startServer, type TestServer } from '../src/testing/index.ts'
import { createGoal } from './goal-calls.ts'

const PASSWORD = 'correct horse battery'
/** For what tells nobody that it happened. */
const PATIENT = { interval: 20, timeout: 15_000 }

let redis: RedisServer
let database: Awaited<ReturnType<typeof freshDatabase>>
let here: TestServer
let there: TestServer
let people: Awaited<ReturnType<TestServer['addOrganisation']>>

beforeAll(async () => {
  redis = await startRedis()
  database = await freshDatabase(sharedPostgres())
  const env = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    JWT_SECRET: 'the same on every server, and long enough',
  }
  // Versions are never compared by the clock here: what heals, heals because the bus is back.
  const limits = { socketsPerUser: 3, loginsPerMinute: 4, compareMs: 3_600_000 }
  here = await startServer({ env, limits })
  there = await startServer({ env, limits })
  people = await here.addOrganisation()
})
afterAll(async () => {
  await here.close()
  await there.close()
  await database.drop()
  await redis.stop()
})

const both = () => [here, there]

async function ready(status: string): Promise<void> {
  for (const server of both())
    await expect
      .poll(async () => (await server.rest().get('/readyz')).body, PATIENT)
      .toMatchObject({ status })
}

/** Resolves when each server is counted by the other. */
async function united(): Promise<void> {
  const witness = await here.addPerson('Will Ness')
  for (const [one, other] of [
    [here, there],
    [there, here],
  ] as const) {
    const socket = await enter(one, witness)
    await expect.poll(() => statsAt(other, witness), PATIENT).toMatchObject({ user_online: true })
    await socket.close()
    await expect.poll(() => statsAt(other, witness), PATIENT).toMatchObject({ user_online: false })
  }
}

/** Opens a socket that syncs; answers it, and the code it was refused with or null. */
async function enter(server: TestServer, who: Person | string) {
  const socket = await server.socket(who, { query: { since: '0' } })
  const end = await Promise.race([socket.closed, socket.next('sync')])
  return Object.assign(socket, { refused: 'code' in end ? end.code : null })
}

async function statsAt(server: TestServer, person: Person) {
  return (await (await server.as(person)).get('/api/notifications/connection-stats')).body
}

test('people and sockets are counted of all servers, and the limit of sockets is one', async () => {
  const { john, jane, mary, ada } = people
  await ready('ok')
  await united()
  const sockets = [await enter(here, john), await enter(there, john), await enter(here, jane)]
  for (const server of both())
    expect(await statsAt(server, john)).toEqual({ active_users: 2, total_connections: 3, user_online: true })
  for (const server of both()) {
    const { body } = await (await server.as(ada)).get('/api/system')
    expect(body.totals).toMatchObject({ users: 2, connections: 3 })
  }
  expect(await statsAt(there, jane)).toMatchObject({ user_online: true })
  expect(await statsAt(there, mary)).toMatchObject({ user_online: false })

  sockets.push(await enter(there, john))
  expect((await enter(here, john)).refused).toBe(4429)
  expect((await enter(there, john)).refused).toBe(4429)
  await sockets[0]?.close()
  await expect.poll(() => statsAt(there, john), PATIENT).toMatchObject({ total_connections: 3 })
  sockets.push(await enter(there, john))
  expect(sockets.map(({ refused }) => refused)).toEqual([null, null, null, null, null])
  for (const socket of sockets) await socket.close()
  const nobody = { active_users: 0, total_connections: 0, user_online: false }
  await expect.poll(() => statsAt(there, john), PATIENT).toEqual(nobody)
})

test('what became of a notification is known of connections to any server', async () => {
  const { john, jane, ada } = people
  await ready('ok')
  // As it does of itself where it is started: others know that it lives.
  await there.app.sampler.step()
  const tab = await enter(there, jane)
  await createGoal(await here.as(john))
  await tab.next('new_notification')
  tab.send('ping')
  await tab.text('pong')
  const rest = await here.as(ada)
  const { items } = (await rest.get<TracedPage>(`/api/system/notifications?user_id=${jane.id}&limit=1`)).body
  const trace = async () => (await rest.get(`/api/system/notifications/${items[0]?.id}/trace`)).body
  expect(await trace()).toMatchObject({
    verdict: 'sent',
    connections: [{ state: 'open', outcome: 'live', answered: true }],
  })
  await tab.close()
  // Nobody is left there whom the question would reach: it is written when its time comes.
  await expect
    .poll(() => there.app.sampler.step().then(trace), PATIENT)
    .toMatchObject({ connections: [{ state: 'closed', code: 1005 }] })
})

test('failed sign-ins are counted of all servers', async () => {
  const person = await here.addPerson('Often Wrong', { password: PASSWORD })
  const attempt = async (server: TestServer, password: string) =>
    (await server.rest().post('/api/auth/login', { email: person.email, password })).status
  // Four to each of them where each counted for itself. One that Redis was slow to answer about goes by its own count.
  let failed = 0
  for (const server of [here, there, here, there, here, there, here, there])
    if ((await attempt(server, 'wrong')) === 401) failed += 1
  expect(failed).toBeGreaterThanOrEqual(4)
  expect(failed).toBeLessThan(8)
  for (const server of both()) await expect.poll(() => attempt(server, PASSWORD), PATIENT).toBe(429)
})

test('while Redis is away all goes on; when it is back, who was signed out goes, and pages fetch again', async () => {
  const { john, jane, mary, hana } = people
  const [johnsToken, marysToken] = [await here.tokenOf(john), await here.tokenOf(mary)]
  const signedOut = await enter(there, johnsToken)
  const suspended = await enter(there, mary)
  const stays = await enter(there, jane)
  const near = await enter(here, hana)

  redis.signal('SIGKILL')
  await ready('degraded')
  expect((await there.rest().get('/readyz')).status).toBe(200)
  // Of what one server cannot know of the other nobody is refused, and nobody waits.
  const crowd = []
  for (const server of [here, here, here, there, there]) crowd.push(await enter(server, john))
  expect(crowd.map(({ refused }) => refused)).toEqual([null, null, null, null, null])
  expect((await enter(here, john)).refused).toBe(4429)
  expect(await statsAt(here, john)).toMatchObject({ active_users: 2, total_connections: 4 })
  for (const socket of crowd) await socket.close()

  const left = await here.rest(johnsToken).post('/api/auth/logout', undefined, {
    headers: { [CSRF_HEADER.name]: CSRF_HEADER.value },
  })
  expect(left.status).toBe(200)
  const shutOut = await (await here.as(hana)).put(`/api/users/${mary.id}/status`, { status: 'suspended' })
  expect([shutOut.status, shutOut.body]).toMatchObject([200, {}])
  expect((await there.rest(marysToken).get('/api/auth/me')).status).toBeGreaterThanOrEqual(401)
  const goal = { title: 'Complete Advanced Training', type: 'INDIVIDUAL', quarter: 'Q1', year: 2027 }
  expect((await (await here.as(john)).post('/api/goals', goal)).status).toBe(201)
  // Nothing of all this has come over.
  expect(stays.messages.filter(message => typeof message === 'object' && message.type !== 'sync')).toEqual([
    expect.objectContaining({ type: 'connection_established' }),
  ])

  await redis.restart()
  await ready('ok')
  expect((await signedOut.closed).code).toBe(4401)
  expect((await suspended.closed).code).toBe(4403)
  for (const socket of [stays, near])
    await socket.until(({ type, resource }) => type === 'resource_changed' && resource === '*', 'the doubt')
  await expect
    .poll(() => stays.messages.some(message => JSON.stringify(message).includes('goal_created')))
    .toBe(true)
  const times = (server: TestServer, words: string) => server.log.join('').split(words).length - 1
  for (const server of both()) {
    await expect.poll(() => times(server, 'Redis is back'), PATIENT).toBe(1)
    expect(times(server, 'Redis is away')).toBe(1)
  }
  const now = { active_users: 2, total_connections: 2 }
  for (const server of both()) await expect.poll(() => statsAt(server, jane), PATIENT).toMatchObject(now)
})

test('a server that is about to stop says so to balancers first, and does all else', async () => {
  const { jane } = people
  const socket = await enter(there, jane)
  there.app.drain()
  const { status, body, headers } = await there.rest().get('/readyz')
  expect([status, body]).toEqual([
    503,
    { status: 'unavailable', database: 'ok', bus: 'ok', disk: 'ok', draining: true },
  ])
  // A proxy must keep no connection on which it would send a call just when the server ends.
  expect(headers.get('connection')).toBe('close')
  expect((await there.rest().get('/healthz')).status).toBe(200)
  expect((await (await there.as(jane)).get('/api/auth/me')).status).toBe(200)
  expect((await enter(there, jane)).refused).toBeNull()
  expect(socket.messages.some(message => JSON.stringify(message).includes('server_draining'))).toBe(false)
  expect((await here.rest().get('/readyz')).status).toBe(200)
})

test('whose sign-in has ended is also found by the comparison that the clock calls for', async () => {
  await using alone = await startServer({ limits: { compareMs: 1 } })
  const { john, jane } = await alone.addOrganisation()
  const [one, other] = [await enter(alone, john), await enter(alone, jane)]
  // As if the word of it had been lost.
  await changePerson(alone.app, john, { status: 'suspended' })
  expect((await one.closed).code).toBe(4403)
  await alone.app.database.db.deleteFrom('sessions').where('user_id', '=', jane.id).execute()
  expect((await other.closed).code).toBe(4401)
})
