/** What the notification endpoints and the socket refuse: nobody, the wrong body, and everybody else's inbox. */
import { createHmac } from 'node:crypto'
import { CLOSE_CODES, type InboxItem, type Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type addOrganisation,
  createTestClock,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { createGoal, heard, heardTypes, inboxOf, NOBODY, problemFields } from './goal-calls.ts'

const clock = createTestClock()
let server: TestServer
let cast: Awaited<ReturnType<typeof addOrganisation>>

beforeAll(async () => {
  server = await startServer({ clock })
  cast = await server.addOrganisation()
})
afterAll(() => server.close())

describe('without a good token', () => {
  /** Every notification endpoint that the server says it has. */
  let endpoints: { method: string; path: string }[]
  beforeAll(async () => {
    const { body } = await server.rest().get<{ paths: Record<string, object> }>('/api/openapi.json')
    endpoints = Object.entries(body.paths)
      .filter(([path]) => path.startsWith('/api/notifications'))
      .flatMap(([path, methods]) =>
        Object.keys(methods).map(method => ({
          method: method.toUpperCase(),
          path: path.replace('{id}', NOBODY),
        })),
      )
  })

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const partsOf = (token: string) => {
    const [head = '', claims = '', signature = ''] = token.split('.')
    const read = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as object
    return { head, claims: read(claims), signature, rawClaims: claims }
  }
  /** Signed with the server's own secret, so that only what is said in it can be wrong. */
  const signed = (claims: object, header: object = { alg: 'HS256', typ: 'JWT' }, hash = 'sha256') => {
    const text = `${part(header)}.${part(claims)}`
    return `${text}.${createHmac(hash, server.secret).update(text).digest('base64url')}`
  }
  const goodClaims = async () => partsOf(await server.tokenOf(cast.jane)).claims

  /** Each makes a token that must open nothing. */
  const TOKENS: Record<string, () => Promise<string>> = {
    'that is no JWT': async () => 'nonsense',
    'that names another person under the old signature': async () => {
      const { head, claims, signature } = partsOf(await server.tokenOf(cast.john))
      return `${head}.${part({ ...claims, sub: cast.jane.id })}.${signature}`
    },
    'signed with another secret': async () => {
      const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(await goodClaims())}`
      return `${text}.${createHmac('sha256', 'x'.repeat(64)).update(text).digest('base64url')}`
    },
    'with alg none': async () => `${part({ alg: 'none', typ: 'JWT' })}.${part(await goodClaims())}.`,
    'with alg none, and the signature of a good one': async () => {
      const { rawClaims, signature } = partsOf(await server.tokenOf(cast.jane))
      return `${part({ alg: 'none', typ: 'JWT' })}.${rawClaims}.${signature}`
    },
    'well signed by another algorithm': async () =>
      signed(await goodClaims(), { alg: 'HS512', typ: 'JWT' }, 'sha512'),
    'that never ends': async () => {
      const { exp: _, ...claims } = (await goodClaims()) as Record<string, unknown>
      return signed(claims)
    },
    'of another issuer': async () => signed({ ...(await goodClaims()), iss: 'somebody else' }),
    'of another person’s session': async () => signed({ ...(await goodClaims()), sub: cast.john.id }),
    'that has expired': async () => {
      const token = await server.tokenOf(cast.jane)
      clock.advance(3_601_000)
      return token
    },
  }

  test('the tokens made here would be good, but for what is wrong with them', async () => {
    const rest = server.rest(signed(await goodClaims()))
    expect((await rest.get('/api/notifications')).status).toBe(200)
  })

  test('none: every endpoint asks to sign in first', async () => {
    expect(endpoints.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'GET /api/notifications',
        'GET /api/notifications/stats',
        'GET /api/notifications/connection-stats',
        `PUT /api/notifications/${NOBODY}/read`,
        'PUT /api/notifications/mark-all-read',
        `DELETE /api/notifications/${NOBODY}`,
      ]),
    )
    for (const { method, path } of endpoints) {
      const { status, body, headers } = await server.rest().call(method, path)
      expect(status, `${method} ${path}`).toBe(401)
      expect(body).toMatchObject({ status: 401, code: 'not_signed_in' })
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
  })

  test.each(Object.keys(TOKENS))('one %s: every endpoint, and the socket', async name => {
    const token = (await TOKENS[name]?.()) ?? ''
    const rest = server.rest(token)
    for (const { method, path } of endpoints) {
      const { status, body } = await rest.call<Problem>(method, path)
      expect(status, `${method} ${path}`).toBe(401)
      expect(['invalid_token', 'token_expired', 'session_ended']).toContain(body.code)
    }
    const byQuery = await server.socket(token)
    expect((await byQuery.closed).code).toBe(CLOSE_CODES.unauthenticated)
    const byProtocol = await server.socket('', { protocols: ['bearer', token || 'x'] })
    expect((await byProtocol.closed).code).toBe(4401)
    expect([...byQuery.messages, ...byProtocol.messages]).toEqual([])
  })

  test('none on the socket', async () => {
    expect(await (await server.socket('')).closed).toMatchObject({ code: 4401 })
  })

  test('one of a person who is suspended since: 403, and 4403', async () => {
    const gone = await server.addPerson('Gone Away', { supervisor: cast.jane })
    const token = await server.tokenOf(gone)
    await server.app.database.transaction(tx =>
      tx.db.updateTable('users').set({ status: 'suspended' }).where('id', '=', gone.id).execute(),
    )
    expect((await server.rest(token).get('/api/notifications')).status).toBe(403)
    expect((await (await server.socket(token)).closed).code).toBe(CLOSE_CODES.forbidden)
  })
})

describe('somebody else’s notification', () => {
  let jane: Rest
  let john: Rest
  let theirs: InboxItem
  let deleted: InboxItem

  beforeAll(async () => {
    jane = await server.as(cast.jane)
    john = await server.as(cast.john)
    await createGoal(john)
    await createGoal(john)
    const [first, second] = (await inboxOf(jane)).notifications
    if (!first || !second) throw new Error('Jane was not asked')
    theirs = first
    deleted = second
    await jane.delete(`/api/notifications/${deleted.id}`)
  })

  /** Nothing changed, and no socket of either heard of it. */
  async function withoutTrace(attempt: () => Promise<unknown>): Promise<void> {
    const sockets = [await server.socket(cast.jane), await server.socket(cast.john)]
    for (const socket of sockets) await socket.next('connection_established')
    const before = { jane: (await inboxOf(jane)) as unknown, john: (await inboxOf(john)) as unknown }
    await attempt()
    expect({ jane: await inboxOf(jane), john: await inboxOf(john) }).toEqual(before)
    for (const socket of sockets) expect(await heardTypes(socket)).toEqual([])
  }

  test.each([
    ['PUT', 'read', () => theirs],
    ['PUT', 'unread', () => theirs],
    ['POST', 'restore', () => theirs],
    ['POST', 'restore', () => deleted],
    ['DELETE', '', () => theirs],
    ['DELETE', '', () => deleted],
  ] as const)('%s %s: as if it were not there', (method, verb, which) =>
    withoutTrace(async () => {
      const path = (id: string) => `/api/notifications/${id}${verb && `/${verb}`}`
      const foreign = await john.call(method, path(which().id))
      const absent = await john.call(method, path(NOBODY))
      expect(foreign.status).toBe(404)
      expect(foreign.body).toMatchObject({ status: 404, code: 'not_found' })
      expect(foreign.body).toEqual(absent.body)
    }),
  )

  test.each(['mark_read', 'mark_unread', 'delete'])('%s on the socket: an error that tells nothing', verb =>
    withoutTrace(async () => {
      const socket = await server.socket(cast.john)
      await socket.next('connection_established')
      const answers = []
      for (const id of [theirs.id, deleted.id, NOBODY]) {
        socket.send(`${verb}:${id}`)
        const { request, ...answer } = await socket.next('error')
        expect(request).toBe(`${verb}:${id}`)
        answers.push(answer)
      }
      const said = { type: 'error', code: 'not_found', message: expect.any(String) }
      expect(answers).toEqual([said, said, said])
      expect(new Set(answers.map(answer => answer.message)).size).toBe(1)
      expect(await heardTypes(socket)).toEqual(['error', 'error', 'error'])
    }),
  )

  test('mark-all-read reads one’s own and no others', () =>
    withoutTrace(async () => {
      const { body } = await john.put('/api/notifications/mark-all-read')
      expect(body).toEqual({ message: '0 notifications marked as read' })
    }))

  test('is in no list and no count, whatever is asked for', async () => {
    expect(await inboxOf(john)).toMatchObject({ notifications: [], total: 0, unread_count: 0 })
    expect((await john.get('/api/notifications/stats')).body).toMatchObject({ total_count: 0, by_type: {} })
    const socket = await server.socket(cast.john, { query: { since: '0' } })
    expect(await socket.next('sync')).toMatchObject({ notifications: [], deleted: [], total_count: 0 })
  })
})

describe('what makes no sense', () => {
  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=2.5', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['skip=-1', 'skip'],
    ['skip=10001', 'skip'],
    ['skip=99999999999999999999', 'skip'],
    ['unread_only=maybe', 'unread_only'],
    ['unread_only=2', 'unread_only'],
    ['needs_action=maybe', 'needs_action'],
    ['notification_type=goal_lost', 'notification_type'],
    ['notification_type=', 'notification_type'],
    ['notification_type=GOAL_CREATED', 'notification_type'],
    ['priority=critical', 'priority'],
    ['priority=HIGH', 'priority'],
    ['cursor=0', 'cursor'],
    ['cursor=-4', 'cursor'],
    ['cursor=abc', 'cursor'],
    ["cursor=1'%20or%20'1'='1", 'cursor'],
  ])('GET /api/notifications?%s', async (query, field) => {
    const { status, body, headers } = await (await server.as(cast.jane)).get<Problem>(
      `/api/notifications?${query}`,
    )
    expect(status).toBe(422)
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(body).toMatchObject({ status: 422, title: 'Unprocessable Entity', code: 'invalid_input' })
    expect(problemFields(body)).toEqual([field])
    expect(body.detail).toContain(field)
  })

  test('every field that is wrong is named', async () => {
    const { body } = await (await server.as(cast.jane)).get<Problem>(
      '/api/notifications?limit=0&skip=-1&priority=x',
    )
    expect(problemFields(body)).toEqual(['skip', 'limit', 'priority'])
  })

  test.each([
    ['PUT', 'not-an-id/read'],
    ['PUT', '1/unread'],
    ['POST', `${NOBODY}0/restore`],
    ['DELETE', 'not-an-id'],
  ])('%s /api/notifications/%s: an id that is none', async (method, path) => {
    const { status, body } = await (await server.as(cast.jane)).call<Problem>(
      method,
      `/api/notifications/${path}`,
    )
    expect(status).toBe(422)
    expect(problemFields(body)).toEqual(['id'])
  })

  // The last is more than any database counts to.
  test.each([0, 1.5, '3', null, 2 ** 63])('undoing what version %s read', async version => {
    const { status, body } = await (await server.as(cast.jane)).post<Problem>(
      '/api/notifications/mark-all-read/undo',
      { version },
    )
    expect(status).toBe(422)
    expect(problemFields(body)).toEqual(['version'])
  })

  test.each([-1, 1.5, '3', null])('mark-all-read through %s', async through_seq => {
    const { status, body } = await (await server.as(cast.jane)).put<Problem>(
      '/api/notifications/mark-all-read',
      { through_seq },
    )
    expect(status).toBe(422)
    expect(problemFields(body)).toEqual(['through_seq'])
  })

  test.each([
    'mark_read',
    'mark_read:',
    'mark_read:not-an-id',
    'delete:1',
    'sync:-1',
    'mark_all_read:x',
    'hello',
  ])('the command %s is answered, and the socket stays', async command => {
    const socket = await server.socket(cast.jane)
    await socket.next('connection_established')
    socket.send(command)
    expect(await socket.next('error')).toEqual({
      type: 'error',
      code: expect.stringMatching(/^(bad_argument|unknown_command)$/),
      message: expect.any(String),
      request: command,
    })
    expect((await heard(socket)).length).toBe(2)
  })
})
