/** Where somebody is signed in, and signing out there from here. */
import { SessionPage, type TokenResponse } from '@pms/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { expectConform } from './conform.ts'

const PASSWORD = 'a good long password'
const MINUTE = 60_000

const clock = createTestClock()
let server: TestServer
let person: Person
let count = 0

beforeAll(async () => {
  server = await startServer({ clock })
})
afterAll(() => server.close())
beforeEach(async () => {
  count += 1
  person = await server.addPerson(`Somebody Number${count}`, { password: PASSWORD })
})

/** Signs in, a minute after whatever was before. */
async function signIn(userAgent: string): Promise<{ rest: Rest; token: string; id: string }> {
  clock.advance(MINUTE)
  const { status, body } = await server
    .rest()
    .post<TokenResponse>(
      '/api/auth/login',
      { email: person.email, password: PASSWORD },
      { headers: { 'user-agent': userAgent } },
    )
  expect(status).toBe(200)
  const rest = server.rest(body.access_token)
  const own = (await list(rest)).items.find(({ current }) => current)
  return { rest, token: body.access_token, id: own?.id ?? '' }
}

async function list(rest: Rest): Promise<SessionPage> {
  const { status, body } = await rest.get<SessionPage>('/api/auth/sessions')
  expect(status).toBe(200)
  expectConform(SessionPage, body)
  return body
}

const works = async ({ rest }: { rest: Rest }) => (await rest.get('/api/auth/me')).status === 200

describe('the list', () => {
  test('has all that have not ended: the own first, then the last used', async () => {
    await signIn('Phone')
    const here = await signIn('Laptop')
    await signIn('Tablet')
    const { items, total } = await list(here.rest)
    expect(items.map(({ user_agent, current }) => [user_agent, current])).toEqual([
      ['Laptop', true],
      ['Tablet', false],
      ['Phone', false],
    ])
    expect(total).toBe(3)
    expect(Date.parse(items[1]?.created_at ?? '') - Date.parse(items[2]?.created_at ?? '')).toBe(2 * MINUTE)
  })

  test('comes in parts too', async () => {
    await signIn('Phone')
    const { rest } = await signIn('Laptop')
    const [here, there] = (await list(rest)).items
    const part = async (query: string) => (await rest.get<SessionPage>(`/api/auth/sessions${query}`)).body
    expect(await part('?limit=1')).toEqual({ items: [here], total: 2, next_cursor: '1' })
    expect(await part('?skip=1&limit=1')).toEqual({ items: [there], total: 2, next_cursor: null })
    expect((await rest.get('/api/auth/sessions?limit=0')).status).toBe(422)
  })

  test('leaves out what ended, what is too old, and what is somebody else’s', async () => {
    await signIn('Old')
    clock.advance(31 * 24 * 60 * MINUTE)
    const gone = await signIn('Gone')
    const headers = { 'x-requested-with': 'pms' }
    await gone.rest.post('/api/auth/logout', undefined, { headers })
    const other = await server.addPerson(`Other Number${count}`)
    await server.as(other)
    const here = await signIn('Laptop')
    expect((await list(here.rest)).items.map(({ user_agent }) => user_agent)).toEqual(['Laptop'])
  })

  test('nobody who is not signed in sees one', async () => {
    expect((await server.rest().get('/api/auth/sessions')).status).toBe(401)
  })
})

describe('ending one', () => {
  test('opens nothing any more, ends its sockets, and leaves the others alone', async () => {
    const there = await signIn('Phone')
    const here = await signIn('Laptop')
    const socket = await server.socket(there.token)
    const own = await server.socket(here.token)
    const { status } = await here.rest.delete(`/api/auth/sessions/${there.id}`)
    expect(status).toBe(200)
    expect((await socket.closed).code).toBe(4401)
    expect(await works(there)).toBe(false)
    expect(await works(here)).toBe(true)
    expect((await list(here.rest)).items.map(({ user_agent }) => user_agent)).toEqual(['Laptop'])
    own.send('ping')
    await own.text('pong')
    const trail = await server.app.database.db
      .selectFrom('audit')
      .select(['action', 'actor_id'])
      .where('object_id', '=', there.id)
      .orderBy('id')
      .execute()
    expect(trail).toContainEqual({ action: 'session.ended', actor_id: person.id })
  })

  test('twice, or one of somebody else, or none: there is no such session', async () => {
    const there = await signIn('Phone')
    const here = await signIn('Laptop')
    const stranger = await server.as(await server.addPerson(`Stranger Number${count}`))
    expect((await stranger.delete(`/api/auth/sessions/${here.id}`)).status).toBe(404)
    expect((await here.rest.delete(`/api/auth/sessions/${there.id}`)).status).toBe(200)
    expect((await here.rest.delete(`/api/auth/sessions/${there.id}`)).status).toBe(404)
    expect((await here.rest.delete(`/api/auth/sessions/${crypto.randomUUID()}`)).status).toBe(404)
    expect((await here.rest.delete('/api/auth/sessions/nonsense')).status).toBe(422)
    expect(await works(here)).toBe(true)
  })
})

describe('ending all others', () => {
  test('leaves the own alone', async () => {
    const phone = await signIn('Phone')
    const tablet = await signIn('Tablet')
    const here = await signIn('Laptop')
    const stranger = await server.as(await server.addPerson(`Stranger Number${count}`))
    const { status, body } = await here.rest.delete('/api/auth/sessions')
    expect([status, body]).toEqual([200, { message: '2 sessions ended' }])
    expect(await Promise.all([phone, tablet, here, { rest: stranger }].map(works))).toEqual([
      false,
      false,
      true,
      true,
    ])
    expect((await here.rest.delete('/api/auth/sessions')).body).toEqual({ message: '0 sessions ended' })
  })
})

test('open pages hear of sign-ins and sign-outs elsewhere', async () => {
  const here = await signIn('Laptop')
  const socket = await server.socket(here.token, { query: { since: '0' } })
  await socket.next('sync')
  const there = await signIn('Phone')
  expect(await socket.next('resource_changed')).toMatchObject({ resource: 'session', id: there.id })
  await there.rest.post('/api/auth/logout', undefined, { headers: { 'x-requested-with': 'pms' } })
  expect(await socket.next('resource_changed')).toMatchObject({ resource: 'session', id: there.id })
  const again = await signIn('Phone')
  expect(await socket.next('resource_changed')).toMatchObject({ resource: 'session', id: again.id })
  await here.rest.delete('/api/auth/sessions')
  expect(await socket.next('resource_changed')).toMatchObject({ resource: 'session', id: again.id })
})
