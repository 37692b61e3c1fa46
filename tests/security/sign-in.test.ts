/** Getting in by guessing: what it costs, what it tells, and whom it keeps out. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { makeKey } from '../../apps/server/test/key-calls.ts'
import type { Problem } from '../../packages/protocol/src/index.ts'

const hashing = vi.hoisted(() => ({ costs: [] as string[] }))
vi.mock('node:crypto', async importOriginal => {
  const crypto = await importOriginal<typeof import('node:crypto')>()
  const argon2: typeof crypto.argon2 = (algorithm, parameters, callback) => {
    const { memory, passes, parallelism, tagLength } = parameters
    hashing.costs.push([algorithm, memory, passes, parallelism, tagLength].join(' '))
    crypto.argon2(algorithm, parameters, callback)
  }
  return { ...crypto, argon2 }
})

const PASSWORD = 'correct horse battery'
const CSRF = { 'x-requested-with': 'pms' }

/** A sign-in from an address, as the proxy that the servers here believe says it. */
async function attempt(
  server: TestServer,
  { email, password = 'wrong', address = '203.0.113.1', cookie = '' }: Record<string, string | undefined>,
) {
  const headers = { 'x-forwarded-for': address, ...(cookie ? { cookie } : {}) }
  return server.rest().post<Problem>('/api/auth/login', { email, password }, { headers })
}

/** The cookie by which a browser in which somebody signed in is known again. */
async function deviceOf(server: TestServer, email: string, address?: string): Promise<string> {
  const reply = await attempt(server, { email, password: PASSWORD, address })
  expect(reply.status).toBe(200)
  const line = reply.headers.getSetCookie().find(each => each.startsWith('pms_device='))
  expect(line).toMatch(/; Path=\/api\/auth; HttpOnly; SameSite=Strict$/)
  return line?.split(';', 1)[0] ?? ''
}

describe('a sign-in that fails', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
    await server.addPerson('John Doe', { password: PASSWORD })
    await server.addPerson('Not Yet')
    await server.addPerson('Gone Away', { password: PASSWORD, status: 'suspended' })
  })
  afterAll(() => server.close())
  beforeEach(() => {
    hashing.costs = []
  })

  test('hashes once and at the same cost, whether or not there is such an account', async () => {
    const answers = []
    for (const name of ['john.doe', 'nobody', 'not.yet', 'gone.away']) {
      const { status, body } = await server
        .rest()
        .post('/api/auth/login', { email: `${name}@example.test`, password: 'wrong' })
      answers.push(JSON.stringify([status, body]))
    }
    expect(hashing.costs).toEqual(Array(4).fill('argon2id 19456 2 1 32'))
    expect(new Set(answers).size).toBe(1)
  })
})

describe('who guesses', () => {
  let server: TestServer
  const email = 'jane.smith@example.test'
  beforeEach(async () => {
    // One failure a minute from one place; ten an hour of one account from all that are strange to it.
    server = await startServer({ limits: { loginsPerMinute: 1 }, env: { TRUST_PROXY: 'loopback' } })
    await server.addPerson('Jane Smith', { password: PASSWORD })
    return () => server.close()
  })

  test('from one address is stopped there, and keeps nobody else out of the account', async () => {
    for (let i = 0; i < 20; i++)
      expect((await attempt(server, { email, address: '203.0.113.6' })).status).toBe(i === 0 ? 401 : 429)
    expect((await attempt(server, { email, password: PASSWORD, address: '203.0.113.7' })).status).toBe(200)
  })

  test('from everywhere is stopped, and the person gets in where they were before', async () => {
    const known = await deviceOf(server, email)
    const statuses = []
    for (let i = 0; i < 11; i++)
      statuses.push((await attempt(server, { email, address: `198.51.100.${i}` })).status)
    expect(statuses).toEqual([...Array(10).fill(401), 429])
    const here = { email, password: PASSWORD, address: '198.51.100.1' }
    expect((await attempt(server, here)).status).toBe(429)
    expect((await attempt(server, { ...here, cookie: known })).status).toBe(200)
  })

  test('cannot pass for a browser that is known: by another account, by making it up, or by its own failures', async () => {
    await server.addPerson('Eve Else', { password: PASSWORD })
    const own = await deviceOf(server, 'eve.else@example.test')
    const known = await deviceOf(server, email)
    // From now on no stranger signs in to this account.
    for (let i = 0; i < 10; i++) await attempt(server, { email, address: `198.51.100.${i}` })
    const pretended = [
      own,
      own.replace(/=[0-9a-f-]{36}/, known.slice(known.indexOf('='), known.indexOf('.'))),
      known.replace(/\.[\w-]{22}\./, `.${'A'.repeat(22)}.`),
      `${known}x`,
      '',
    ]
    for (const [at, cookie] of pretended.entries()) {
      const there = { email, address: `203.0.113.${at + 10}`, cookie }
      expect((await attempt(server, { ...there, password: PASSWORD })).status, cookie).toBe(429)
    }
    await attempt(server, { email, cookie: known })
    expect((await attempt(server, { email, password: PASSWORD, cookie: known })).status).toBe(429)
  })

  test('has one place with all addresses of one network', async () => {
    expect((await attempt(server, { email, address: '2001:db8:1:2::1' })).status).toBe(401)
    for (const address of ['2001:db8:1:2::2', '2001:0DB8:0001:0002:ffff::9'])
      expect((await attempt(server, { email, address })).status).toBe(429)
    expect((await attempt(server, { email, address: '2001:db8:1:3::1' })).status).toBe(401)
    // The same by its old name and by its new one.
    expect((await attempt(server, { email, address: '203.0.113.3' })).status).toBe(401)
    expect((await attempt(server, { email, address: '::ffff:203.0.113.3' })).status).toBe(429)
  })
})

test('what proves one thing proves no other', async () => {
  await using server = await startServer()
  const john = await server.addPerson('John Doe', { password: PASSWORD })
  const browser = server.browser()
  await browser.post('/api/auth/login', { email: john.email, password: PASSWORD })
  const access = browser.cookies.get('pms_access') ?? ''
  const refresh = browser.cookies.get('pms_refresh') ?? ''
  const device = browser.cookies.get('pms_device') ?? ''
  expect(new Set([access, refresh, device, '']).size).toBe(4)
  for (const token of [refresh, device]) {
    expect((await server.rest(token).get('/api/auth/me')).status).toBe(401)
    expect((await (await server.socket(token)).closed).code).toBe(4401)
    expect(
      (await server.rest().get('/api/auth/me', { headers: { cookie: `pms_access=${token}` } })).status,
    ).toBe(401)
  }
  for (const token of [access, device]) {
    const headers = { ...CSRF, cookie: `pms_refresh=${token}` }
    expect((await server.rest().post('/api/auth/refresh', undefined, { headers })).status).toBe(401)
  }
  expect((await browser.post('/api/auth/refresh', undefined, { headers: CSRF })).status).toBe(200)
})

test('every answer says what is left of which limit: of a person, an address and a key', async () => {
  await using server = await startServer({
    limits: { restPerSecond: 3, loginsPerMinute: 1 },
    env: { TRUST_PROXY: 'loopback' },
  })
  const { ada } = await server.addOrganisation()
  const rest = await server.as(ada)
  const { key } = await makeKey(rest)
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  const calls = {
    person: () => rest.get('/api/auth/me'),
    address: () => server.rest().get('/api/info', from('203.0.113.1')),
    stranger: () => server.rest('nonsense').get('/api/auth/me', from('203.0.113.2')),
    key: () => server.rest(key).post('/api/notifications', {}),
  }
  for (const [who, call] of Object.entries(calls)) {
    // More than a busy machine could spread over so many seconds that none is too many.
    const replies = await Promise.all(Array.from({ length: 40 }, call))
    const name = who === 'key' ? 'keys' : 'rest'
    for (const { status, headers } of replies) {
      expect(headers.get('ratelimit-policy'), who).toBe(`"${name}";q=3;w=1, "${name}-burst";q=6;w=10`)
      const [, left] = new RegExp(`^"${name}";r=(\\d+);t=\\d+$`).exec(headers.get('ratelimit') ?? '') ?? []
      expect(Number(left), who).toBeLessThan(3)
      expect(status === 429, who).toBe(headers.has('retry-after'))
    }
    expect(replies.map(({ status }) => status)).toContain(429)
  }
  // Of a sign-in the limit that refused it.
  await attempt(server, { email: 'x@y.z', address: '203.0.113.3' })
  const refused = await attempt(server, { email: 'x@y.z', address: '203.0.113.3' })
  expect(refused.headers.get('ratelimit-policy')).toBe('"sign-in";q=1;w=60')
  expect(refused.headers.get('ratelimit')).toMatch(/^"sign-in";r=0;t=\d+$/)
})
