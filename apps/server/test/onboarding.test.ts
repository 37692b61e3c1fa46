/** How somebody who was added gets in: the link, what it is good for, and that nobody else learns of it. */
import type { AuditPage, NewUser, OnboardingLink, TokenResponse } from '@pms/contract'
import { OnboardingCheck } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestClock, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { hire } from './people-calls.ts'

const DAY = 24 * 60 * 60 * 1000
const PASSWORD = 'correct horse'

let clock: ReturnType<typeof createTestClock>
let server: TestServer
let people: Awaited<ReturnType<TestServer['addOrganisation']>>
let asHana: Rest
let nobody: Rest
let nia: NewUser

beforeEach(async () => {
  clock = createTestClock()
  server = await startServer({ clock })
  people = await server.addOrganisation()
  asHana = await server.as(people.hana)
  nobody = server.rest()
  nia = await hire(asHana, { name: 'Nia Obi', email: 'nia@example.test', supervisor_id: people.jane.id })
  return () => server.close()
})

function tokenOf(link: OnboardingLink | null): string {
  const [, token = ''] = /^\/welcome\?token=([\w-]{43})$/.exec(link?.path ?? '') ?? []
  expect(token).not.toBe('')
  return token
}

const check = async (token: string) => {
  const { status, body } = await nobody.get<OnboardingCheck>(`/api/auth/onboarding?token=${token}`)
  expect(status).toBe(200)
  expectConform(OnboardingCheck, body)
  return body
}
const onboard = (token: string, password: string = PASSWORD) =>
  nobody.post<TokenResponse & Problem>('/api/auth/onboarding', { token, password })
const signIn = (password: string) =>
  nobody.post<TokenResponse>('/api/auth/login', { email: 'nia@example.test', password })
const renew = async () => {
  const { status, body } = await asHana.post<OnboardingLink>(`/api/users/${nia.id}/onboarding-link`)
  expect(status).toBe(201)
  return body
}

describe('a link', () => {
  test('says whose it is, sets the password and signs in, with the cookies of a sign-in', async () => {
    const token = tokenOf(nia.onboarding)
    expect(nia).toMatchObject({ onboarded: false, onboarding: { expires_at: '2027-03-08T09:00:00.000Z' } })
    expect(await check(token)).toEqual({
      valid: true,
      name: 'Nia Obi',
      email: 'nia@example.test',
      expires_at: '2027-03-08T09:00:00.000Z',
    })
    const browser = server.browser()
    const reply = await browser.post<TokenResponse>('/api/auth/onboarding', { token, password: PASSWORD })
    expect(reply.status).toBe(200)
    expect(reply.body.user).toMatchObject({ id: nia.id, status: 'active', role: 'staff' })
    expect((await browser.get('/api/auth/me')).status).toBe(200)
    expect(browser.cookies.get('pms_refresh')).toBeDefined()
    expect((await server.rest(reply.body.access_token).get('/api/goals')).status).toBe(200)
    expect((await signIn(PASSWORD)).status).toBe(200)
    expect((await asHana.get(`/api/users/${nia.id}`)).body.onboarded).toBe(true)
  })

  test('is good once', async () => {
    const token = tokenOf(nia.onboarding)
    expect((await onboard(token)).status).toBe(200)
    expect(await check(token)).toEqual({ valid: false })
    const again = await onboard(token, 'another horse')
    expect([again.status, again.body.code]).toEqual([422, 'invalid_link'])
    expect((await signIn('another horse')).status).toBe(401)
    expect((await signIn(PASSWORD)).status).toBe(200)
  })

  test('of two who use it at once one gets in', async () => {
    const token = tokenOf(nia.onboarding)
    const replies = await Promise.all([onboard(token, 'first horse'), onboard(token, 'second horse')])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 422])
    const first = replies[0]?.status === 200
    expect((await signIn(first ? 'first horse' : 'second horse')).status).toBe(200)
    expect((await signIn(first ? 'second horse' : 'first horse')).status).toBe(401)
  })

  test('lasts seven days', async () => {
    const token = tokenOf(nia.onboarding)
    clock.advance(7 * DAY - 1)
    expect((await check(token)).valid).toBe(true)
    clock.advance(1)
    expect(await check(token)).toEqual({ valid: false })
    expect((await onboard(token)).body.code).toBe('invalid_link')
  })

  test('is good no more once there is a newer one', async () => {
    const old = tokenOf(nia.onboarding)
    clock.advance(10 * DAY)
    asHana = await server.as(people.hana)
    const link = await renew()
    expect(link.expires_at).toBe('2027-03-18T09:00:00.000Z')
    expect(await check(old)).toEqual({ valid: false })
    expect((await onboard(tokenOf(link))).status).toBe(200)
  })

  test('lets in again whoever forgot their password, and puts out whoever else was in', async () => {
    const first = (await onboard(tokenOf(nia.onboarding))).body.access_token
    const link = await renew()
    // Until it is used all is as it was.
    expect((await signIn(PASSWORD)).status).toBe(200)
    const { status, body } = await onboard(tokenOf(link), 'another horse')
    expect(status).toBe(200)
    expect((await server.rest(body.access_token).get('/api/auth/me')).status).toBe(200)
    expect((await server.rest(first).get('/api/auth/me')).status).toBe(401)
    expect([(await signIn(PASSWORD)).status, (await signIn('another horse')).status]).toEqual([401, 200])
    const { items } = (await asHana.get<AuditPage>(`/api/users/${nia.id}/history`)).body
    expect(items.map(({ action }) => action)).toEqual([
      'user.password_reset',
      'user.onboarding_renewed',
      'user.onboarded',
      'user.created',
    ])
  })

  test.each(['suspended', 'archived'] as const)('opens nothing while its owner is %s', async status => {
    const token = tokenOf(nia.onboarding)
    const path = `/api/users/${nia.id}`
    await (status === 'archived'
      ? asHana.put(`${path}/archive`, {})
      : asHana.put(`${path}/status`, { status }))
    expect(await check(token)).toEqual({ valid: false })
    const reply = await onboard(token)
    expect([reply.status, reply.body.code]).toEqual(
      status === 'archived' ? [422, 'invalid_link'] : [403, 'account_not_active'],
    )
    expect((await signIn(PASSWORD)).status).toBe(401)
  })

  test('leads on leave, too', async () => {
    await asHana.put(`/api/users/${nia.id}/status`, { status: 'on_leave' })
    expect((await onboard(tokenOf(nia.onboarding))).status).toBe(200)
  })
})

describe('nobody else learns anything', () => {
  test('what is no link reads like one that was used, and like one that is too old', async () => {
    const used = tokenOf(nia.onboarding)
    await onboard(used)
    const replies = []
    for (const token of [used, 'x', 'A'.repeat(43), nia.id, encodeURIComponent("' or 1=1 --")]) {
      const { valid, ...rest } = await check(token)
      expect([valid, rest]).toEqual([false, {}])
      replies.push((await onboard(decodeURIComponent(token))).body)
    }
    expect(new Set(replies.map(body => JSON.stringify(body))).size).toBe(1)
  })

  test('neither the log nor the database has the token, nor does any other answer', async () => {
    const token = tokenOf(nia.onboarding)
    await check(token)
    await nobody.get(`/welcome?token=${token}`, { headers: { accept: 'text/html' } })
    await onboard(token, 'too short'.slice(0, 3))
    const fresh = tokenOf(await renew())
    for (const secret of [token, fresh]) {
      expect(server.log.join('')).not.toContain(secret)
      expect(JSON.stringify((await asHana.get(`/api/users/${nia.id}`)).body)).not.toContain(secret)
      expect(JSON.stringify((await asHana.get('/api/audit?limit=100')).body)).not.toContain(secret)
      const tables = ['onboarding_links', 'audit', 'notifications', 'idempotent_calls'] as const
      for (const table of tables)
        expect(
          JSON.stringify(await server.app.database.db.selectFrom(table).selectAll().execute()),
        ).not.toContain(secret)
    }
    expect(server.log.join('')).toContain('/api/auth/onboarding?token=[redacted]')
  })

  test('a call that is sent again says the link no second time, and adds nobody', async () => {
    const headers = { 'idempotency-key': 'add-once' }
    const body = { name: 'Olu Ade', email: 'olu@example.test' }
    const first = await asHana.post<NewUser>('/api/users', body, { headers })
    const token = tokenOf(first.body.onboarding)
    const again = await asHana.post<NewUser>('/api/users', body, { headers })
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual({ ...first.body, onboarding: null })
    const kept = await server.app.database.db.selectFrom('idempotent_calls').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(token)
    expect((await check(token)).valid).toBe(true)
  })

  test('guessing is slowed down', async () => {
    await using small = await startServer({ limits: { loginsPerMinute: 2 } })
    const guess = () =>
      small.rest().post<Problem>('/api/auth/onboarding', { token: 'guess', password: PASSWORD })
    expect([(await guess()).status, (await guess()).status, (await guess()).status]).toEqual([422, 422, 429])
    const look = await small.rest().get('/api/auth/onboarding?token=guess')
    expect(look.status).toBe(429)
  })
})

describe('a password', () => {
  test.each([
    ['too short', 'ninechars'],
    ['of few signs', 'abababababab'],
    ['the email', 'NIA@example.test'],
    ['not there', ''],
  ])('that is %s is refused, and the link stays good', async (_why, password) => {
    const token = tokenOf(nia.onboarding)
    const { status, body } = await onboard(token, password)
    expect([status, body.errors?.map(({ field }) => field)]).toEqual([422, ['password']])
    expect((await check(token)).valid).toBe(true)
    expect((await onboard(token)).status).toBe(200)
  })

  test.each(['Nia-Theodora Obi', 'nia-theodoraobi'])('that is the name is refused: %s', async password => {
    const user = await hire(asHana, { name: 'Nia-Theodora Obi', email: 'theo@example.test' })
    const { status, body } = await onboard(tokenOf(user.onboarding), password)
    expect([status, body.errors?.map(({ field }) => field)]).toEqual([422, ['password']])
  })
})

test('it is written down who got in', async () => {
  await onboard(tokenOf(nia.onboarding))
  const { body } = await asHana.get<{ items: { action: string; actor: { name: string } }[] }>(
    `/api/users/${nia.id}/history`,
  )
  expect(body.items.map(({ action, actor }) => [action, actor.name])).toEqual([
    ['user.onboarded', 'Nia Obi'],
    ['user.created', 'Hana Sato'],
  ])
})
