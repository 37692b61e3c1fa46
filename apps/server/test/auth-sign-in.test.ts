import type { Me, TokenResponse } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from '../src/auth/passwords.ts'
import {
  changePerson,
  createTestClock,
  type Person,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'

const PASSWORD = 'a good long password'
const CSRF = { 'x-requested-with': 'pms' }
const HOUR = 60 * 60 * 1000

const clock = createTestClock()
let server: TestServer
let jane: Person
let john: Person

beforeAll(async () => {
  server = await startServer({ clock, env: { TRUST_PROXY: 'loopback' } })
  jane = await server.addPerson('Jane Smith')
  john = await server.addPerson('John Doe', { password: PASSWORD, supervisor: jane })
})
afterAll(() => server.close())

const signIn = (email: string, password: string) =>
  server.rest().post<Problem>('/api/auth/login', { email, password })

describe('signing in', () => {
  test('answers a token and who signed in', async () => {
    const { status, body } = await server
      .rest()
      .post<TokenResponse>('/api/auth/login', { email: '  John.Doe@Example.TEST ', password: PASSWORD })
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
    expect(body.user).toMatchObject({
      id: john.id,
      name: 'John Doe',
      email: 'john.doe@example.test',
      role: 'staff',
      supervisor: { id: jane.id, name: 'Jane Smith' },
      permissions: [],
      has_team: false,
    })
    expect(decodeJwt(body.access_token)).toMatchObject({ iss: 'pms', aud: 'pms', sub: john.id })
    expect((await server.rest(body.access_token).get('/api/auth/me')).body).toEqual(body.user)
  })

  test('me knows who has a team, and what a role may do', async () => {
    const ada = await server.addPerson('Ada Admin', { role: 'super_admin' })
    expect((await (await server.as(jane)).get<Me>('/api/auth/me')).body.has_team).toBe(true)
    const { permissions } = (await (await server.as(ada)).get<Me>('/api/auth/me')).body
    expect(permissions).toContain('system.observe')
  })

  test('an unknown account and a wrong password look the same', async () => {
    const wrong = await signIn(john.email, 'wrong')
    const unknown = await signIn('nobody@example.test', 'wrong')
    const passwordless = await signIn(jane.email, 'wrong')
    expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid_credentials'])
    expect(unknown.body).toEqual(wrong.body)
    expect(passwordless.body).toEqual(wrong.body)
  })

  test('an unknown account takes as much work as a wrong password', async () => {
    // Of the processor, not of the clock: other work on this machine makes either of them last longer.
    const spent = async (work: () => Promise<unknown>) => {
      const before = process.cpuUsage()
      for (let i = 0; i < 5; i++) await work()
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    const hash = await hashPassword(PASSWORD)
    const wrong = await spent(() => verifyPassword('wrong', hash))
    const unknown = await spent(() => verifyPassword('wrong', null))
    expect(unknown).toBeGreaterThan(wrong / 3)
  })

  test.each(['suspended', 'archived'] as const)(
    'whoever is %s learns it with the right password only',
    async status => {
      const gone = await server.addPerson(`Gone ${status}`, { status, password: PASSWORD })
      const right = await signIn(gone.email, PASSWORD)
      expect([right.status, right.body.code]).toEqual([403, 'account_not_active'])
      expect((await signIn(gone.email, 'wrong')).body.code).toBe('invalid_credentials')
    },
  )

  test('whoever is on leave may look in', async () => {
    const away = await server.addPerson('Away Leave', { status: 'on_leave', password: PASSWORD })
    expect((await signIn(away.email, PASSWORD)).status).toBe(200)
  })

  test('is written to the audit trail when it went well', async () => {
    const rows = () =>
      server.app.database.db
        .selectFrom('audit')
        .selectAll()
        .where('actor_id', '=', john.id)
        .where('action', '=', 'session.started')
        .execute()
    const before = (await rows()).length
    await signIn(john.email, PASSWORD)
    await signIn(john.email, 'wrong')
    expect(await rows()).toHaveLength(before + 1)
    expect(server.log.join('')).toContain('"code":"invalid_credentials"')
  })

  test('the cookies are for this server, unseen by scripts, and Secure behind TLS', async () => {
    const browser = server.browser()
    const headers = { 'x-forwarded-proto': 'https' }
    await browser.post('/api/auth/login', { email: john.email, password: PASSWORD }, { headers })
    expect(browser.cookies.lineOf('pms_access')).toMatch(
      /; Max-Age=3600; Path=\/api; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(browser.cookies.lineOf('pms_refresh')).toMatch(
      /; Max-Age=2592000; Path=\/api\/auth; HttpOnly; Secure; SameSite=Strict$/,
    )
    await browser.post('/api/auth/login', { email: john.email, password: PASSWORD })
    expect(browser.cookies.lineOf('pms_access')).not.toContain('Secure')
  })
})

describe('too many attempts', () => {
  test('the eleventh failure in a minute is refused, whether or not the account exists', async () => {
    await using limited = await startServer({ limits: { loginsPerMinute: 10 } })
    const attempt = (email: string) =>
      limited.rest().post<Problem>('/api/auth/login', { email, password: 'wrong' })
    const replies = []
    for (let i = 0; i < 11; i++) replies.push(await attempt('nobody@example.test'))
    expect(replies.map(reply => reply.status)).toEqual([...Array(10).fill(401), 429])
    expect(replies[10]?.body.code).toBe('too_many_requests')
    expect(Number(replies[10]?.headers.get('retry-after'))).toBeGreaterThan(1)
    // The address has used up its attempts, too.
    expect((await attempt('another@example.test')).status).toBe(429)
  })

  test('an account is guarded from strangers whatever the address, spelling included', async () => {
    await using limited = await startServer({
      limits: { loginsPerMinute: 1 },
      env: { TRUST_PROXY: 'loopback' },
    })
    const known = await limited.addPerson('Known Person', { password: PASSWORD })
    const attempt = (index: number, password: string) =>
      limited
        .rest()
        .post(
          '/api/auth/login',
          { email: index % 2 ? known.email : ` ${known.email.toUpperCase()}`, password },
          { headers: { 'x-forwarded-for': `10.0.0.${index}` } },
        )
    for (let i = 0; i < 10; i++) expect((await attempt(i, 'wrong')).status).toBe(401)
    expect((await attempt(10, PASSWORD)).status).toBe(429)
  })

  test('signing in well does not use them up', async () => {
    await using limited = await startServer({ limits: { loginsPerMinute: 3 } })
    const person = await limited.addPerson('Often Here', { password: PASSWORD })
    for (let i = 0; i < 6; i++) {
      const reply = await limited.rest().post('/api/auth/login', { email: person.email, password: PASSWORD })
      expect(reply.status).toBe(200)
    }
  })
})

describe('access tokens', () => {
  const me = (token: string) => server.rest(token).get<Problem>('/api/auth/me')
  const claims = async () => decodeJwt(await server.tokenOf(john))
  const signed = async (changes: Record<string, unknown>, alg = 'HS256') =>
    new SignJWT({ ...(await claims()), ...changes }).setProtectedHeader({ alg }).sign(server.secret)

  test('one made by hand is as good as any (what the refusals below stand on)', async () => {
    expect((await me(await signed({}))).status).toBe(200)
  })

  test('none at all', async () => {
    const { status, headers, body } = await server.rest().get<Problem>('/api/auth/me')
    expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'not_signed_in', 'Bearer'])
  })

  test.each(['nonsense', 'a.b.c', ''])('nonsense: "%s"', async token => {
    const { status, headers } = await me(token)
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  })

  test('alg none', async () => {
    const token = new UnsecuredJWT(await claims()).encode()
    expect((await me(token)).body.code).toBe('invalid_token')
  })

  test.each(['HS384', 'HS512'])('another algorithm with the right secret: %s', async alg => {
    expect((await me(await signed({}, alg))).body.code).toBe('invalid_token')
  })

  test.each([
    ['another issuer', { iss: 'other' }],
    ['another audience', { aud: 'other' }],
    ['no session', { sid: undefined }],
    ['a session that is no text', { sid: 5 }],
    ['no subject', { sub: undefined }],
    ['no end', { exp: undefined }],
  ])('%s', async (_, changes) => {
    const { status, body } = await me(await signed(changes))
    expect([status, body.code]).toEqual([401, 'invalid_token'])
  })

  test('another secret', async () => {
    const token = await new SignJWT(await claims())
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from('x'.repeat(64)))
    expect((await me(token)).body.code).toBe('invalid_token')
  })

  test("a session of somebody else's", async () => {
    const token = await signed({ sub: jane.id })
    expect((await me(token)).body.code).toBe('session_ended')
  })

  test('expired', async () => {
    const token = await server.tokenOf(john)
    clock.advance(HOUR - 1000)
    expect((await me(token)).status).toBe(200)
    clock.advance(1000)
    const { status, body } = await me(token)
    expect([status, body.code]).toEqual([401, 'token_expired'])
  })

  test('suspending and changing the role work at once, on tokens that are out', async () => {
    const person = await server.addPerson('Changing Person')
    const token = await server.tokenOf(person)
    await changePerson(server.app, person, { role: 'hr' })
    expect((await server.rest(token).get<Me>('/api/auth/me')).body.permissions).toContain('users.manage')
    await changePerson(server.app, person, { status: 'suspended' })
    expect([(await me(token)).status, (await me(token)).body.code]).toEqual([403, 'account_not_active'])
  })

  test('the cookie may look, and never touch', async () => {
    const browser = server.browser()
    await browser.post('/api/auth/login', { email: john.email, password: PASSWORD })
    expect((await browser.get('/api/auth/me')).status).toBe(200)
    expect((await browser.call('HEAD', '/api/auth/me')).status).toBe(200)
    const id = crypto.randomUUID()
    const writes = [
      ['PUT', '/api/notifications/mark-all-read'],
      ['POST', '/api/goals'],
      ['PATCH', `/api/goals/${id}`],
      ['DELETE', `/api/notifications/${id}`],
    ] as const
    for (const [method, path] of writes) {
      const { status } = await browser.call(method, path, { headers: CSRF })
      expect([method, status]).toEqual([method, 401])
    }
  })

  test('a bad header is not made good by a cookie', async () => {
    const browser = server.browser()
    await browser.post('/api/auth/login', { email: john.email, password: PASSWORD })
    expect((await browser.get('/api/auth/me', { headers: { authorization: 'Bearer x' } })).status).toBe(401)
    expect((await browser.get('/api/auth/me', { headers: { authorization: 'Basic eDp5' } })).status).toBe(401)
  })
})

describe('passwords', () => {
  test('are kept as argon2id, salted, with its parameters', async () => {
    const hash = await hashPassword(PASSWORD)
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(await hashPassword(PASSWORD)).not.toBe(hash)
    expect(await verifyPassword(PASSWORD, hash)).toBe(true)
    expect(await verifyPassword(`${PASSWORD} `, hash)).toBe(false)
    expect(await verifyPassword(PASSWORD, null)).toBe(false)
  })

  test('a hash made elsewhere, with other parameters, is understood', async () => {
    // Made by the reference implementation for "password" with the salt "somesalt".
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await verifyPassword('password', hash)).toBe(true)
    expect(await verifyPassword('Password', hash)).toBe(false)
  })
})
