/** Changing one's own password: who can, what comes of it, and how often one may guess. */
import type { ChangePasswordBody, TokenResponse } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, expect, test } from 'vitest'
import { type Person, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { problemFields } from './goal-calls.ts'

const OLD = 'a good long password'
const NEW = 'another good password'

let server: TestServer
let amy: Person

beforeEach(async () => {
  server = await startServer({ limits: { loginsPerMinute: 5 } })
  amy = await server.addPerson('Amy Adams', { password: OLD })
  return () => server.close()
})

const signIn = (password: string) =>
  server.rest().post<TokenResponse>('/api/auth/login', { email: amy.email, password })

async function signedIn(): Promise<Rest> {
  return server.rest((await signIn(OLD)).body.access_token)
}

const change = (rest: Rest, body: Partial<ChangePasswordBody> = {}) =>
  rest.put<Problem>('/api/auth/password', { current_password: OLD, password: NEW, ...body })

const works = async (rest: Rest) => (await rest.get('/api/auth/me')).status === 200

test('the new one is good from now on, the old one no more; all others are signed out, sockets too', async () => {
  const [here, there] = [await signedIn(), await signedIn()]
  const socket = await server.socket((await signIn(OLD)).body.access_token)
  expect((await change(here)).status).toBe(200)
  expect([await works(here), await works(there)]).toEqual([true, false])
  expect((await socket.closed).code).toBe(4401)
  expect([(await signIn(OLD)).status, (await signIn(NEW)).status]).toEqual([401, 200])
  const { items } = (await here.get<{ items: { action: string }[] }>(`/api/users/${amy.id}/history`)).body
  expect(items[0]).toMatchObject({ action: 'user.password_changed' })
})

test.each([
  ['current_password', 'This is not your current password', { current_password: 'a wrong password' }],
  ['password', 'password must be another one than the current password', { password: OLD }],
  ['password', 'password must not be a name or an email address', { password: 'amy.adams@example.test' }],
  ['password', 'at least 10', { password: 'short' }],
])('refused for %s: %s', async (field, why, body) => {
  const [here, there] = [await signedIn(), await signedIn()]
  const reply = await change(here, body)
  expect([reply.status, problemFields(reply.body)]).toEqual([422, [field]])
  expect(JSON.stringify(reply.body)).toContain(why)
  expect([await works(here), await works(there)]).toEqual([true, true])
  expect((await signIn(OLD)).status).toBe(200)
})

test('of two at once one is done', async () => {
  const rest = await signedIn()
  const replies = await Promise.all([change(rest), change(rest, { password: 'a third good password' })])
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 422])
})

test('whoever holds a token cannot guess for long, and keeps nobody from signing in by it', async () => {
  const rest = await signedIn()
  const guesses = []
  for (let n = 0; n < 6; n++) guesses.push((await change(rest, { current_password: `guess ${n}` })).status)
  expect(guesses).toEqual([422, 422, 422, 422, 422, 429])
  expect((await change(rest)).status).toBe(429)
  expect((await signIn(OLD)).status).toBe(200)
})

test('a link to set a password that was made before is good no more', async () => {
  const hana = await server.as(await server.addPerson('Hana Sato', { role: 'hr' }))
  const { body } = await hana.post<{ path: string }>(`/api/users/${amy.id}/onboarding-link`)
  expect((await change(await signedIn())).status).toBe(200)
  const token = body.path.split('token=')[1]
  expect((await server.rest().get(`/api/auth/onboarding?token=${token}`)).body).toEqual({ valid: false })
})

test('nobody is told a password, not even by the log', async () => {
  await change(await signedIn())
  expect((await server.rest().put('/api/auth/password', {})).status).toBe(401)
  expect(server.log.join('')).not.toMatch(new RegExp(`${OLD}|${NEW}`))
})
