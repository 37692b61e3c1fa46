import type { TokenResponse } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  changePerson,
  createTestClock,
  type Person,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'

const PASSWORD = 'a good long password'
const CSRF = { 'x-requested-with': 'pms' }
const DAY = 24 * 60 * 60 * 1000

const clock = createTestClock()
let server: TestServer
let john: Person

beforeAll(async () => {
  server = await startServer({ clock, env: { CORS_ALLOWED_ORIGINS: 'https://friend.test' } })
  john = await server.addPerson('John Doe', { password: PASSWORD })
})
afterAll(() => server.close())

async function signedIn(person = john) {
  const browser = server.browser()
  const { body } = await browser.post<TokenResponse>('/api/auth/login', {
    email: person.email,
    password: PASSWORD,
  })
  return {
    ...browser,
    token: body.access_token,
    refreshCookie: () => browser.cookies.get('pms_refresh') ?? '',
    refresh: (headers: Record<string, string> = CSRF) =>
      browser.post<TokenResponse & Problem>('/api/auth/refresh', undefined, { headers }),
  }
}

/** Refreshes with exactly this token, as whoever holds a copy of it would. */
function refreshWith(token: string) {
  const headers = { ...CSRF, cookie: `pms_refresh=${token}` }
  return server.rest().post<TokenResponse & Problem>('/api/auth/refresh', undefined, { headers })
}

const works = async (token: string) => (await server.rest(token).get('/api/auth/me')).status === 200

const cookieOf = (reply: { headers: Headers }, name: string) =>
  reply.headers
    .getSetCookie()
    .find(line => line.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(';')[0]

describe('refreshing', () => {
  test('yields a new access token and the next refresh token', async () => {
    const browser = await signedIn()
    const before = browser.refreshCookie()
    clock.advance(59 * 60 * 1000)
    const { status, body } = await browser.refresh()
    expect(status).toBe(200)
    expect(body.user.id).toBe(john.id)
    expect(browser.refreshCookie()).not.toBe(before)
    expect(browser.refreshCookie().split('.').slice(0, 2)).toEqual([before.split('.')[0], '2'])
    clock.advance(2 * 60 * 1000)
    expect(await works(browser.token)).toBe(false)
    expect(await works(body.access_token)).toBe(true)
    expect((await browser.get('/api/auth/me')).status).toBe(200)
  })

  test('the token used last yields the same successor for 30 seconds: two tabs, a lost answer', async () => {
    const browser = await signedIn()
    const first = browser.refreshCookie()
    await browser.refresh()
    const successor = browser.refreshCookie()
    clock.advance(30_000)
    const again = await refreshWith(first)
    expect(again.status).toBe(200)
    expect(cookieOf(again, 'pms_refresh')).toBe(successor)
    expect((await browser.refresh()).status).toBe(200)
  })

  test('two tabs at once both go on', async () => {
    const browser = await signedIn()
    const token = browser.refreshCookie()
    const replies = await Promise.all([refreshWith(token), refreshWith(token), refreshWith(token)])
    expect(replies.map(reply => reply.status)).toEqual([200, 200, 200])
    expect(new Set(replies.map(reply => cookieOf(reply, 'pms_refresh'))).size).toBe(1)
  })

  test('after that a used token is a stolen one, and nobody goes on', async () => {
    const browser = await signedIn()
    const first = browser.refreshCookie()
    const { body } = await browser.refresh()
    clock.advance(30_001)
    const theft = await refreshWith(first)
    expect([theft.status, theft.body.code]).toEqual([401, 'session_ended'])
    expect(await works(body.access_token)).toBe(false)
    expect((await browser.refresh()).status).toBe(401)
    expect(browser.cookies.get('pms_refresh')).toBeUndefined()
    expect(browser.cookies.get('pms_access')).toBeUndefined()
  })

  test('a token two generations old is stolen, however recent', async () => {
    const browser = await signedIn()
    const first = browser.refreshCookie()
    await browser.refresh()
    await browser.refresh()
    expect((await refreshWith(first)).status).toBe(401)
    expect((await browser.refresh()).status).toBe(401)
  })

  test('a theft ends that session alone, and is written down', async () => {
    const victim = await signedIn()
    const other = await signedIn()
    const first = victim.refreshCookie()
    await victim.refresh()
    await victim.refresh()
    await refreshWith(first)
    expect((await other.refresh()).status).toBe(200)
    const rows = await server.app.database.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'session.stolen')
      .where('object_id', '=', first.split('.')[0] ?? '')
      .execute()
    expect(rows).toHaveLength(1)
  })

  test.each([
    ['made up', 'nonsense'],
    ['unsigned', `${crypto.randomUUID()}.1.`],
    ['signed by nobody', `${crypto.randomUUID()}.1.${'A'.repeat(43)}`],
  ])('%s', async (_, token) => {
    const { status, body } = await refreshWith(token)
    expect([status, body.code]).toEqual([401, 'invalid_token'])
  })

  test('a later generation cannot be made from an earlier one', async () => {
    const [session, , signature] = (await signedIn()).refreshCookie().split('.')
    expect((await refreshWith(`${session}.2.${signature}`)).body.code).toBe('invalid_token')
  })

  test('no cookie', async () => {
    const { status } = await server.rest().post('/api/auth/refresh', undefined, { headers: CSRF })
    expect(status).toBe(401)
  })

  test('a session lasts 30 days from its last refresh', async () => {
    const browser = await signedIn()
    clock.advance(29 * DAY)
    expect((await browser.refresh()).status).toBe(200)
    clock.advance(29 * DAY)
    expect((await browser.refresh()).status).toBe(200)
    clock.advance(30 * DAY)
    const { status, body } = await browser.refresh()
    expect([status, body.code]).toEqual([401, 'session_ended'])
  })

  test('whoever was suspended stays out', async () => {
    const person = await server.addPerson('Soon Suspended', { password: PASSWORD })
    const browser = await signedIn(person)
    await changePerson(server.app, person, { status: 'suspended' })
    const { status, body } = await browser.refresh()
    expect([status, body.code]).toEqual([403, 'account_not_active'])
  })

  test('no secret is stored', async () => {
    const browser = await signedIn()
    const signature = browser.refreshCookie().split('.')[2] ?? ''
    const rows = await server.app.database.db.selectFrom('sessions').selectAll().execute()
    expect(signature).toHaveLength(43)
    expect(JSON.stringify(rows)).not.toContain(signature)
  })
})

describe('whose page it is', () => {
  test.each(['refresh', 'logout'])('%s without the header is refused, and changes nothing', async call => {
    const browser = await signedIn()
    const { status, body } = await browser.post<Problem>(`/api/auth/${call}`)
    expect([status, body.code]).toEqual([403, 'csrf'])
    expect((await browser.refresh()).status).toBe(200)
  })

  test.each(['refresh', 'logout'])('%s from a page of elsewhere is refused', async call => {
    const browser = await signedIn()
    for (const origin of ['https://stranger.test', 'null', 'https://friend.test.evil.test']) {
      const headers = { ...CSRF, origin }
      const { status, body } = await browser.post<Problem>(`/api/auth/${call}`, undefined, { headers })
      expect([status, body.code]).toEqual([403, 'origin_not_allowed'])
    }
    expect((await browser.refresh()).status).toBe(200)
  })

  test('own pages and named ones are welcome', async () => {
    const browser = await signedIn()
    for (const origin of [server.url, 'https://friend.test'])
      expect((await browser.refresh({ ...CSRF, origin })).status).toBe(200)
  })
})

describe('signing out', () => {
  test('ends the session and takes the cookies away', async () => {
    const browser = await signedIn()
    const stolen = browser.refreshCookie()
    const { status } = await browser.post('/api/auth/logout', undefined, { headers: CSRF })
    expect(status).toBe(200)
    expect(browser.cookies.get('pms_refresh')).toBeUndefined()
    expect(browser.cookies.get('pms_access')).toBeUndefined()
    expect(await works(browser.token)).toBe(false)
    expect((await refreshWith(stolen)).body.code).toBe('session_ended')
  })

  test('works by access token alone', async () => {
    const token = await server.tokenOf(john)
    await server.rest(token).post('/api/auth/logout', undefined, { headers: CSRF })
    expect(await works(token)).toBe(false)
  })

  test('twice, or by nobody, is harmless', async () => {
    const browser = await signedIn()
    for (let i = 0; i < 2; i++)
      expect((await browser.post('/api/auth/logout', undefined, { headers: CSRF })).status).toBe(200)
  })

  test('leaves other sessions of the person alone', async () => {
    const here = await signedIn()
    const there = await signedIn()
    await here.post('/api/auth/logout', undefined, { headers: CSRF })
    expect(await works(there.token)).toBe(true)
  })
})
