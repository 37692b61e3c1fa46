/** Bodies that say more than they may, or what no form would say. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type Rest, startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { personal } from '../../apps/server/test/goal-calls.ts'
import type { Problem } from '../../packages/protocol/src/index.ts'
import { routesOf, type Schema } from './scene.ts'

let server: TestServer
let cast: Record<'john' | 'jane' | 'hana', Person>
let john: Rest
beforeAll(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  john = await server.as(cast.john)
})
afterAll(() => server.close())

describe('what only the server says', () => {
  /** Fields by which somebody would rise, or pass for somebody else; and the calls that are there to set them. */
  const SAID_BY: Record<string, string[]> = {
    role: [
      'POST /api/users',
      'PUT /api/users/{id}/role',
      // Whom it is for.
      'POST /api/announcements',
      'PATCH /api/announcements/{id}',
    ],
    status: ['PUT /api/users/{id}/status'],
    // Who is away.
    user_id: ['POST /api/delegations'],
    password: ['POST /api/auth/login', 'POST /api/auth/onboarding', 'PUT /api/auth/password'],
    ...Object.fromEntries(
      [
        'id',
        'owner_id',
        'created_by_id',
        'assigned_by_id',
        'permissions',
        'password_hash',
        'progress',
        'is_read',
      ]
        .concat([
          'read_at',
          'created_at',
          'updated_at',
          'revoked_at',
          'onboarded',
          'hash',
          'seq',
          'session_id',
        ])
        .map(field => [field, []]),
    ),
  }
  /** What may have fields of any name: they are values there, and no columns. */
  const OPEN = [
    'PUT /api/preferences/notifications',
    'POST /api/notifications data',
    'POST /api/notification-types data_schema.properties',
    'PUT /api/notification-types/{type} data_schema.properties',
  ]

  test('is a field of no body, but of the calls that are there to say it', async () => {
    const found: Record<string, string[]> = Object.fromEntries(Object.keys(SAID_BY).map(field => [field, []]))
    const open: string[] = []
    for (const { method, path, body } of await routesOf({ server })) {
      if (!body) continue
      for (const field of Object.keys(body.properties ?? {})) found[field]?.push(`${method} ${path}`)
      open.push(...openIn(body).map(at => `${method} ${path}${at && ` ${at}`}`))
    }
    expect(found).toEqual(SAID_BY)
    expect(open.sort()).toEqual(OPEN.sort())
  })

  test('is dropped where it is said all the same', async () => {
    const rise = {
      id: crypto.randomUUID(),
      role: 'super_admin',
      status: 'ACTIVE',
      permissions: ['users.manage'],
      owner_id: cast.jane.id,
      user_id: cast.jane.id,
      supervisor_id: null,
      email: 'root@example.test',
      progress: 100,
      revision: 99,
      is_read: true,
      password_hash: 'x',
      created_at: '2001-01-01T00:00:00.000Z',
    }
    const me = () => john.get('/api/auth/me')
    const before = (await me()).body
    const named = await john.patch('/api/users/me', { ...rise, name: 'John Risen' })
    expect(named.status).toBe(200)
    expect((await me()).body).toEqual({ ...before, name: 'John Risen' })
    await john.patch('/api/users/me', { name: 'John Doe' })

    const { status, body } = await john.post<Record<string, unknown>>('/api/goals', { ...personal, ...rise })
    expect(status).toBe(201)
    const own = { owner: { id: cast.john.id }, status: 'PENDING_APPROVAL', progress: 0, revision: 1 }
    expect(body).toMatchObject(own)
    expect([body.id, body.created_at]).not.toContain(rise.id)
    expect(body.created_at).not.toBe(rise.created_at)
    const edited = await john.patch(`/api/goals/${body.id}`, { ...rise, title: 'Learn Rust' })
    expect(edited.body).toMatchObject({ ...own, id: body.id, title: 'Learn Rust', revision: 2 })

    const hired = await (await server.as(cast.hana)).post<Record<string, unknown>>('/api/users', {
      ...rise,
      role: 'staff',
      status: 'archived',
      name: 'New Here',
    })
    expect(hired.status).toBe(201)
    expect(hired.body).toMatchObject({ role: 'staff', status: 'active', onboarded: false })
    expect(hired.body.id).not.toBe(rise.id)
  })
})

describe('names that are no fields', () => {
  const good = JSON.stringify(personal).slice(1, -1)
  const EVIL = [
    `{${good},"__proto__":{"polluted":1}}`,
    `{${good},"constructor":{"prototype":{"polluted":1}}}`,
    `{${good},"description":{"__proto__":{"polluted":1}}}`,
    `{${good},"__\\u0070roto__":{"polluted":1}}`,
    '[{"__proto__":{"polluted":1}}]',
    '{"goal_created":{"toast":true},"__proto__":{"polluted":1}}',
  ]

  test('change no object of the server, and are not taken', async () => {
    for (const text of EVIL) {
      for (const path of ['/api/goals', '/api/approvals/decide', '/api/auth/login'])
        expect((await john.post<Problem>(path, text)).body.code, text).toBe('invalid_json')
      const wishes = await john.put<Problem>('/api/preferences/notifications', text)
      expect(wishes.body.code, text).toBe('invalid_json')
    }
    const names = [
      '__proto__[polluted]',
      '__proto__.polluted',
      'constructor[prototype][polluted]',
      '__proto__',
    ]
    for (const name of names)
      expect((await john.get(`/api/goals?${encodeURIComponent(name)}=1`)).status).toBe(200)
    expect('polluted' in {}).toBe(false)
    expect('polluted' in Object).toBe(false)
  })
})

describe('a page of another site', () => {
  /** What a page may send without asking first: these types, and none at all. */
  const FORMS = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', null]

  test('can send nothing that is understood: neither sign in nor act for who is signed in', async () => {
    const password = 'correct horse battery'
    await server.addPerson('Fay Form', { password })
    const credentials = JSON.stringify({ email: 'fay.form@example.test', password })
    const browser = server.browser()
    expect((await browser.post('/api/auth/login', credentials)).status).toBe(200)
    const cookie = `pms_access=${browser.cookies.get('pms_access')}; pms_refresh=${browser.cookies.get('pms_refresh')}`
    for (const type of FORMS) {
      const send = (method: string, path: string, body: string) =>
        fetch(server.url + path, {
          method,
          headers: { cookie, origin: 'https://evil.test', ...(type && { 'content-type': type }) },
          // Bytes have no type of their own, as a Blob of a page has none.
          body: new TextEncoder().encode(body),
        })
      const signIn = await send('POST', '/api/auth/login', credentials)
      expect([type, signIn.status, signIn.headers.getSetCookie()]).toEqual([type, 415, []])
      for (const path of ['/api/goals', '/api/attachments', '/api/notifications/bulk'])
        expect((await send('POST', path, JSON.stringify(personal))).status).toBe(401)
      for (const path of ['/api/auth/refresh', '/api/auth/logout']) {
        const answer = await send('POST', path, '')
        expect([path, answer.status, answer.headers.getSetCookie()]).toEqual([path, 403, []])
      }
    }
    const asked = await server.rest().call('OPTIONS', '/api/auth/refresh', {
      headers: { origin: 'https://evil.test', 'access-control-request-method': 'POST' },
    })
    expect(asked.headers.get('access-control-allow-origin')).toBeNull()
  })
})

test('a body that is packed is not unpacked', async () => {
  const packed = gzipSync(JSON.stringify({ ...personal, title: 'x'.repeat(50_000_000) }))
  expect(packed.length).toBeLessThan(100_000)
  for (const encoding of ['gzip', 'deflate', 'br']) {
    const answer = await fetch(`${server.url}/api/goals`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await server.tokenOf(cast.john)}`,
        'content-type': 'application/json',
        'content-encoding': encoding,
      },
      body: packed,
    })
    // Read as it came, which is no JSON.
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([422, 'invalid_json'])
  }
})

/** Where a schema takes fields of any name. */
function openIn(schema: Schema, at = ''): string[] {
  const isOpen =
    schema.patternProperties !== undefined ||
    (schema.additionalProperties !== undefined && schema.additionalProperties !== false) ||
    (schema.type === 'object' && schema.properties === undefined)
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
    openIn(part, at ? `${at}.${name}` : name),
  )
  const others = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])]
  return [...(isOpen ? [at] : []), ...below, ...others.flatMap(part => openIn(part, at))]
}
