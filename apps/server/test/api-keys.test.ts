/** API keys: made by those who may, said once, good for what they name and for nothing of a person's. */
import { ApiKey, KeyPage, type NewApiKey, NewApiKey as NewApiKeySchema } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestClock, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { NOBODY, problemFields } from './goal-calls.ts'
import { asSystem, makeKey, raise, registerType, withoutKey } from './key-calls.ts'

const clock = createTestClock()
let server: TestServer
let cast: Awaited<ReturnType<TestServer['addOrganisation']>>
let ada: Rest

beforeAll(async () => {
  server = await startServer({ clock })
  cast = await server.addOrganisation()
  ada = await server.as(cast.ada)
  await registerType(ada)
})
beforeEach(async () => {
  ada = await server.as(cast.ada)
})
afterAll(() => server.close())

const audits = () =>
  server.app.database.db
    .selectFrom('audit')
    .select(['action', 'actor_name', 'object_id', 'detail'])
    .where('object_type', '=', 'api_key')
    .orderBy('at')
    .orderBy('id')
    .execute()

/** All that the database holds, as one text. */
async function everyRow(): Promise<string> {
  const { db } = server.app.database
  const tables = await db.introspection.getTables()
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db
        .selectFrom(name as 'users')
        .selectAll()
        .execute(),
    ),
  )
  return JSON.stringify(rows)
}

const count = async () =>
  (await server.app.database.db.selectFrom('notifications').select('id').execute()).length

describe('making a key', () => {
  test('says it once: no other answer, row, log line or audit has it', async () => {
    const made = await makeKey(ada, { name: '  Payroll  ' })
    expectConform(NewApiKeySchema, made)
    expect(made.key).toMatch(/^pms_[0-9a-f]{32}_[\w-]{43}$/)
    expect(made).toMatchObject({
      name: 'Payroll',
      status: 'active',
      created_by: { id: cast.ada.id, name: 'Ada Admin' },
      last_used_at: null,
      expires_at: null,
      allowed_actions: ['revoke'],
    })
    const { body } = await ada.get<KeyPage>('/api/api-keys')
    expectConform(KeyPage, body)
    expect(body.items[0]).toEqual(withoutKey(made))

    const secret = made.key.split('_').slice(2).join('_')
    const rows = await everyRow()
    expect(rows.includes(made.id)).toBe(true)
    for (const text of [rows, server.log.join(''), JSON.stringify(await audits())])
      expect(text.includes(secret)).toBe(false)
    expect((await audits()).at(-1)).toMatchObject({
      action: 'api_key.created',
      actor_name: 'Ada Admin',
      object_id: made.id,
    })
  })

  test('under an Idempotency-Key makes one, which is not said again', async () => {
    const headers = { 'idempotency-key': 'make-once' }
    const body = { name: 'Gate', scopes: ['notifications.create'] }
    const first = await ada.post<NewApiKey>('/api/api-keys', body, { headers })
    const again = await ada.post<NewApiKey>('/api/api-keys', body, { headers })
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(first.body.key).toMatch(/^pms_/)
    expect(again.body).toEqual({ ...first.body, key: null })
    const rows = await server.app.database.db.selectFrom('idempotent_calls').select('answer').execute()
    expect(JSON.stringify(rows)).not.toContain(first.body.key)
  })

  test.each<[string, object, string[]]>([
    ['no name', { name: '' }, ['name']],
    ['a blank name', { name: ' \t' }, ['name']],
    ['a long name', { name: 'x'.repeat(101) }, ['name']],
    ['no scope', { scopes: [] }, ['scopes']],
    ['an unknown scope', { scopes: ['users.manage'] }, ['scopes.0']],
    ['an end that is none', { expires_at: 'tomorrow' }, ['expires_at']],
    ['an end at a second that leaps', { expires_at: '2027-12-31T23:59:60Z' }, ['expires_at']],
    ['an end that has passed', { expires_at: '2027-03-01T08:59:00Z' }, ['expires_at']],
  ])('with %s is refused', async (_what, changes, fields) => {
    const { status, body } = await ada.post<Problem>('/api/api-keys', {
      name: 'Payroll',
      scopes: ['notifications.create'],
      ...changes,
    })
    expect(status).toBe(422)
    expect(problemFields(body)).toEqual(fields)
  })
})

test('only who keeps keys makes, lists and revokes them, and registers types', async () => {
  const { id } = await makeKey(ada)
  const admin = await server.addPerson('Adam Poe', { role: 'admin' })
  const calls = (rest: Rest) => [
    rest.get('/api/api-keys'),
    rest.post('/api/api-keys', { name: 'X', scopes: ['notifications.create'] }),
    rest.get('/api/notification-types'),
    rest.delete(`/api/api-keys/${id}`),
  ]
  const statuses = async (rest: Rest) => (await Promise.all(calls(rest))).map(answer => answer.status)
  for (const person of [cast.john, cast.jane, cast.hana])
    expect(await statuses(await server.as(person))).toEqual([403, 403, 403, 403])
  expect(await statuses(await server.as(admin))).toEqual([200, 201, 200, 200])
})

describe('revoking a key', () => {
  test('ends it at once, and is done once', async () => {
    const { id, key } = await makeKey(ada)
    const system = asSystem(server, key)
    expect((await raise(system, cast.john)).status).toBe(201)
    const { status, body } = await ada.delete<ApiKey>(`/api/api-keys/${id}`)
    expect(status).toBe(200)
    expectConform(ApiKey, body)
    expect(body).toMatchObject({
      status: 'revoked',
      revoked_by: { id: cast.ada.id, name: 'Ada Admin' },
      allowed_actions: [],
    })
    expect(await raise(system, cast.john)).toMatchObject({ status: 401, body: { code: 'invalid_token' } })
    const again = await ada.delete<Problem>(`/api/api-keys/${id}`)
    expect(again).toMatchObject({ status: 409, body: { current_status: 'revoked' } })
    expect(again.body.detail).toContain('Ada Admin')
    expect((await audits()).filter(({ object_id }) => object_id === id).map(({ action }) => action)).toEqual([
      'api_key.created',
      'api_key.revoked',
    ])
    expect((await ada.delete(`/api/api-keys/${NOBODY}`)).status).toBe(404)
  })
})

describe('a key opens', () => {
  /** Each a way to call without being let in. */
  const WAYS: Record<string, () => Promise<[Rest, number, string]>> = {
    'no key': async () => [server.rest(), 401, 'not_signed_in'],
    nonsense: async () => [asSystem(server, 'pms_nonsense'), 401, 'invalid_token'],
    'the token of a person': async () => [await server.as(cast.john), 401, 'invalid_token'],
    'the token of who makes keys': async () => [ada, 401, 'invalid_token'],
    'an id that is nobody’s': async () => {
      const { key } = await makeKey(ada)
      const other = NOBODY.replaceAll('-', '')
      return [asSystem(server, key.replace(/_[0-9a-f]{32}_/, `_${other}_`)), 401, 'invalid_token']
    },
    'the secret of another key': async () => {
      const [one, two] = [await makeKey(ada), await makeKey(ada)]
      const secret = two.key.slice(-43)
      return [asSystem(server, one.key.slice(0, -43) + secret), 401, 'invalid_token']
    },
    'a key that has expired': async () => {
      const { key } = await makeKey(ada, { expires_at: new Date(clock().getTime() + 60_000).toISOString() })
      expect((await raise(asSystem(server, key), cast.john)).status).toBe(201)
      clock.advance(60_000)
      return [asSystem(server, key), 401, 'token_expired']
    },
    'a key that is good for something else': async () => {
      const { id, key } = await makeKey(ada)
      await server.app.database.db
        .updateTable('api_keys')
        .set({ scopes: '[]' })
        .where('id', '=', id)
        .execute()
      return [asSystem(server, key), 403, 'insufficient_scope']
    },
  }

  test.each(Object.keys(WAYS))('nothing: %s', async way => {
    const made = await WAYS[way]?.()
    if (!made) throw new Error('No such way')
    const [rest, status, code] = made
    const before = await count()
    // Before anything is said of the body.
    for (const body of [undefined, { type: 'payslip_ready', to: { user_id: cast.john.id } }]) {
      const answer = await rest.post<Problem>('/api/notifications', body)
      expect([answer.status, answer.body.code]).toEqual([status, code])
      if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
    expect(await count()).toBe(before)
  })

  test('no route of a person, and no socket', async () => {
    const { key } = await makeKey(ada)
    const { body } = await server
      .rest()
      .get<{ paths: Record<string, Record<string, { security?: object[] }>> }>('/api/openapi.json')
    const routes = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { security }]) => security === undefined || security.some(way => 'access_cookie' in way))
        .map(([method]) => [method.toUpperCase(), path.replace(/\{\w+\}/g, NOBODY)] as const),
    )
    expect(routes.length).toBeGreaterThan(20)
    const system = asSystem(server, key)
    for (const [method, path] of routes) {
      const answer = await system.call<Problem>(method, path)
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 401, 'invalid_token'])
    }
    expect((await (await server.socket(key)).closed).code).toBe(4401)
  })

  test('and that it was used is shown', async () => {
    const { id, key } = await makeKey(ada)
    const system = asSystem(server, key)
    const lastUsed = async () =>
      (await ada.get<KeyPage>('/api/api-keys')).body.items.find(item => item.id === id)?.last_used_at
    await raise(system, cast.john)
    const first = clock().toISOString()
    expect(await lastUsed()).toBe(first)
    clock.advance(59_000)
    await raise(system, cast.john)
    expect(await lastUsed()).toBe(first)
    clock.advance(1_000)
    await raise(system, cast.john)
    expect(await lastUsed()).toBe(clock().toISOString())
  })
})

test('a key that calls too often is told to slow down, and no other is', async () => {
  await using small = await startServer({ limits: { restPerSecond: 2 } })
  const { ada: boss, john } = await small.addOrganisation()
  const rest = await small.as(boss)
  const busy = await makeKey(rest)
  const calm = await makeKey(rest)
  const statuses = (
    await Promise.all(Array.from({ length: 20 }, () => raise(asSystem(small, busy.key), john)))
  ).map(answer => answer.status)
  expect(statuses.filter(status => status === 429).length).toBeGreaterThan(5)
  expect((await raise(asSystem(small, calm.key), john)).status).toBe(422)
})
