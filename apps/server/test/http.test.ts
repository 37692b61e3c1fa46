import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { OneOf } from '@pms/contract'
import { DatabaseUnavailable, OutcomeUnknown } from '@pms/notifier/database'
import type { Problem } from '@pms/protocol'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conflict } from '../src/http/errors.ts'
import { healthRoutes } from '../src/http/health.ts'
import { createLogger, withoutSecrets } from '../src/http/logging.ts'
import { answerNotFound } from '../src/http/not-found.ts'
import { createOriginCheck } from '../src/http/origins.ts'
import { createProxies } from '../src/http/proxies.ts'
import { createHttp, type Http } from '../src/http/server.ts'
import { serveWeb } from '../src/http/web.ts'
import { startServer, type TestServer } from '../src/testing/index.ts'
import { createRest, type Rest } from '../src/testing/rest.ts'

describe('what every route gets', () => {
  let http: Http
  let rest: Rest
  let url: string
  const log: string[] = []

  beforeAll(async () => {
    http = await createHttp({
      logger: createLogger('info', { write: line => log.push(line) }),
      allowedOrigins: ['https://friend.test'],
    })
    const Body = Type.Object({
      title: Type.String({ minLength: 1, maxLength: 20, pattern: '\\S' }),
      count: Type.Optional(Type.Integer({ minimum: 1 })),
      note: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      when: Type.Optional(Type.String({ format: 'date' })),
    })
    http.post('/echo', { schema: { body: Body } }, async request => request.body)
    http.put(
      '/maybe',
      { schema: { body: Type.Object({ a: Type.Optional(Type.Integer()) }) } },
      async request => ({
        got: request.body,
      }),
    )
    http.get('/things', async () => 'all')
    http.get('/things/:id', async request => request.params)
    const Ids = Type.Object({
      id: Type.String({ format: 'uuid' }),
      more: Type.Array(Type.Object({ id: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]) })),
      each: Type.Array(Type.String({ format: 'uuid' }), { uniqueItems: true }),
      name: Type.String(),
    })
    const OneId = Type.Object({ id: Type.String({ format: 'uuid' }) })
    http.put('/ids/:id', { schema: { params: OneId, querystring: OneId, body: Ids } }, async request => [
      request.params,
      request.query,
      request.body,
    ])
    http.put('/bare', async request => ({ got: request.body ?? null }))
    const Query = Type.Object({
      skip: Type.Integer({ minimum: 0, default: 0 }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      unread_only: Type.Boolean({ default: false }),
      kind: Type.Optional(OneOf(['a', 'b'])),
    })
    http.get('/list', { schema: { querystring: Query } }, async request => request.query)
    http.get('/conflict', async () => {
      throw conflict('It is approved already', { currentStatus: 'ACTIVE' })
    })
    http.get('/broken', async () => {
      throw new Error('the password of the database is hunter2')
    })
    http.get('/busy', async () => {
      throw new DatabaseUnavailable(new Error('database is locked'))
    })
    http.get('/half-committed', async () => {
      throw new OutcomeUnknown(new Error('Connection terminated'))
    })
    url = await http.listen({ port: 0, host: '127.0.0.1' })
    rest = createRest(url)
  })
  afterAll(() => http.close())

  test('a refusal is problem details', async () => {
    const { status, headers, body } = await rest.get('/conflict')
    expect(status).toBe(409)
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'It is approved already',
      code: 'wrong_state',
      current_status: 'ACTIVE',
    })
  })

  test('a bad body names each field in plain words', async () => {
    const { status, body } = await rest.post<Problem>('/echo', { title: '  ', count: 0, when: '2027-02-30' })
    expect(status).toBe(422)
    expect(body.code).toBe('invalid_input')
    expect(body.errors).toEqual([
      { field: 'title', message: 'title must not be blank' },
      { field: 'count', message: 'count must be at least 1' },
      { field: 'when', message: 'when must be a date like 2027-03-31' },
    ])
    const long = await rest.post<Problem>('/echo', { title: 'x'.repeat(10_000) })
    expect(long.body.errors).toEqual([{ field: 'title', message: 'title must have at most 20 characters' }])
  })

  test('a body is taken as it is: text is no number, and null stays null', async () => {
    expect((await rest.post('/echo', { title: 'a', count: '5' })).status).toBe(422)
    expect((await rest.post('/echo', { title: 5 })).status).toBe(422)
    expect((await rest.post('/echo', { title: 'a', note: null })).body).toEqual({ title: 'a', note: null })
  })

  test('what a schema does not name never arrives', async () => {
    const { body } = await rest.post('/echo', { title: 'a', role: 'super_admin', id: 'x' })
    expect(body).toEqual({ title: 'a' })
  })

  test.each(['{"title":', 'nonsense', '{"__proto__":{"admin":true},"title":"a"}'])(
    'no JSON: %s',
    async text => {
      const { status, body } = await rest.post<Problem>('/echo', text)
      expect([status, body.code]).toEqual([422, 'invalid_json'])
    },
  )

  test.each(['null', '[]', '"text"', '3'])('JSON that is no object: %s', async text => {
    expect((await rest.post('/echo', text)).status).toBe(422)
  })

  test('no body at all: the fields are what is missing', async () => {
    const { body } = await rest.post<Problem>('/echo')
    expect(body.errors).toEqual([{ field: 'title', message: 'title is required' }])
  })

  test('an empty body that says it is JSON is accepted', async () => {
    const headers = { 'content-type': 'application/json' }
    expect((await rest.put('/maybe', undefined, { headers })).body).toEqual({ got: {} })
    expect((await rest.put('/bare', undefined, { headers })).body).toEqual({ got: null })
  })

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream'])(
    'an empty body of whatever type, %s, is none',
    async type => {
      const headers = { 'content-type': type }
      expect((await rest.put('/maybe', '', { headers })).body).toEqual({ got: {} })
      expect((await rest.put('/bare', '', { headers })).body).toEqual({ got: null })
    },
  )

  test('an id in capitals is the same id, wherever it stands', async () => {
    const id = '01a2fe81-efa5-702f-b96a-215b9db93ee2'
    const loud = id.toUpperCase()
    const said = { id: loud, more: [{ id: loud }, { id: null }], each: [loud], name: loud }
    const { body } = await rest.put(`/ids/${loud}?id=${loud}`, said)
    expect(body).toEqual([{ id }, { id }, { id, more: [{ id }, { id: null }], each: [id], name: loud }])
    const { status } = await rest.put(`/ids/${id}?id=${id}`, { ...said, each: [id, loud] })
    expect(status).toBe(422)
  })

  test('a slash at the end of an address changes nothing', async () => {
    expect((await rest.get('/things/?x=1')).body).toBe('all')
    expect((await rest.get('/things/7/')).body).toEqual({ id: '7' })
  })

  test.each(['0000-01-01', '1899-12-31', '3000-01-01', '9999-12-31'])(
    'a day of another age, %s, is no day',
    async when => {
      const { status, body } = await rest.post<Problem>('/echo', { title: 'x', when })
      expect([status, body.errors?.map(({ field }) => field)]).toEqual([422, ['when']])
    },
  )

  test.each(['text/plain', 'application/xml', 'multipart/form-data'])('%s is refused', async type => {
    const headers = { 'content-type': type }
    const { status, body } = await rest.post<Problem>('/echo', 'a=b', { headers })
    expect([status, body.code]).toEqual([415, 'unsupported_media_type'])
  })

  test('a huge body is refused', async () => {
    const { status, body } = await rest.post<Problem>('/echo', { title: 'x'.repeat(300_000) })
    expect([status, body.code]).toEqual([413, 'too_large'])
  })

  test.each([
    ['', { skip: 0, limit: 20, unread_only: false }],
    ['?limit=100&skip=3', { skip: 3, limit: 100, unread_only: false }],
    ['?unread_only=True', { skip: 0, limit: 20, unread_only: true }],
    ['?unread_only=1', { skip: 0, limit: 20, unread_only: true }],
    ['?unread_only=FALSE', { skip: 0, limit: 20, unread_only: false }],
    ['?unread_only=0&other=x', { skip: 0, limit: 20, unread_only: false }],
  ])('query %s', async (query, expected) => {
    expect((await rest.get(`/list${query}`)).body).toEqual(expected)
  })

  test.each([
    ['limit=0', 'limit must be at least 1'],
    ['limit=101', 'limit must be at most 100'],
    ['limit=ten', 'limit must be a whole number'],
    ['limit=', 'limit must be a whole number'],
    ['limit=1.5', 'limit must be a whole number'],
    ['limit=1&limit=2', 'limit must be a whole number'],
    ['skip=-1', 'skip must be at least 0'],
    ['unread_only=yes', 'unread_only must be true or false'],
    ['kind=c', 'kind must be one of a, b'],
  ])('query ?%s is refused', async (query, message) => {
    const { status, body } = await rest.get<Problem>(`/list?${query}`)
    expect([status, body.detail]).toEqual([422, message])
  })

  test('an error nobody foresaw says nothing of itself, but is logged', async () => {
    const { status, body, headers } = await rest.get('/broken')
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('hunter2')
    // Who asks for help can say which call it was.
    const name = headers.get('x-request-id')
    const lines = log.map(line => JSON.parse(line)).filter(line => line.request_id === name)
    expect(lines).toMatchObject([
      { level: 50, err: { message: expect.stringContaining('hunter2') } },
      { res: { status: 500 } },
    ])
  })

  test('a call has a name of its own, which nobody but a proxy of ours gives it', async () => {
    const named = { headers: { 'x-request-id': 'made-up-by-them' } }
    const names = []
    for (let n = 0; n < 2; n += 1) names.push((await rest.get('/list', named)).headers.get('x-request-id'))
    expect(new Set(names).size).toBe(2)
    expect(names).not.toContain('made-up-by-them')
    const logger = createLogger('silent')
    const behind = await createHttp({ logger, allowedOrigins: [], proxies: createProxies(['127.0.0.1']) })
    behind.get('/here', async () => ({}))
    const nameOf = async (id: string) =>
      (await behind.inject({ url: '/here', headers: { 'x-request-id': id } })).headers['x-request-id']
    expect(await nameOf('0123456789abcdef')).toBe('0123456789abcdef')
    for (const id of ['short', 'a line\tof its own', 'x'.repeat(101)]) expect(await nameOf(id)).not.toBe(id)
    await behind.close()
  })

  test('a busy database is 503, to be tried again', async () => {
    const { status, headers, body } = await rest.get<Problem>('/busy')
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '1'])
  })

  test('a commit that broke off is said to be open, and nobody is told to try again', async () => {
    const { status, headers, body } = await rest.get<Problem>('/half-committed')
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'outcome_unknown', null])
  })

  test('a URL that does not decode is 400', async () => {
    const { status, body } = await rest.get<Problem>('/%zz')
    expect([status, body.code]).toEqual([400, 'bad_request'])
  })

  test('an address with a name that is longer than any is 404', async () => {
    const { status, body } = await rest.get<Problem>(`/things/${'a'.repeat(3_000)}`)
    expect([status, body.code]).toEqual([404, 'not_found'])
  })

  test.each([
    ['no HTTP', 'nonsense\r\n\r\n', 400, 'bad_request'],
    [
      'a chunk that is none',
      'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
      'bad_request',
    ],
    ['too many headers', `GET /list HTTP/1.1\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ])('bytes that are no request are refused in problem details: %s', async (_, bytes, status, code) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => undefined).write(bytes)
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*application/problem\\+json`, 's'))
    expect(JSON.parse(body)).toMatchObject({ status, code })
  })

  test('an OPTIONS that no browser sent is answered too', async () => {
    expect((await rest.call('OPTIONS', '/list')).status).toBe(204)
  })

  test('pages of named origins may call with credentials, others not', async () => {
    const from = (origin: string) => rest.call('GET', '/list', { headers: { origin } })
    const friend = await from('https://friend.test')
    expect(friend.headers.get('access-control-allow-origin')).toBe('https://friend.test')
    expect(friend.headers.get('access-control-allow-credentials')).toBe('true')
    const stranger = await from('https://stranger.test')
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull()

    const preflight = await rest.call('OPTIONS', '/echo', {
      headers: { origin: 'https://friend.test', 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-requested-with')
  })

  test('the content policy allows scripts of this server only, and sockets to it', async () => {
    const policy = (await rest.get('/list')).headers.get('content-security-policy') ?? ''
    const host = new URL(url).host
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host};`)
    expect(policy).toContain("frame-ancestors 'none'")
  })
})

describe('the application over HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  test('health is open to all', async () => {
    expect((await server.rest().get('/healthz')).body).toEqual({ status: 'ok' })
    expect((await server.rest().get('/readyz')).body).toEqual({
      status: 'ok',
      database: 'ok',
      bus: 'ok',
      disk: 'ok',
      draining: false,
    })
  })

  test('a server that may not write is sent nobody; one with little room says so', async () => {
    const { database } = server.app
    let writes = async () => false
    let free = 1_000_000_000
    const watched = await createHttp({ logger: createLogger('silent'), allowedOrigins: [] })
    healthRoutes(watched, {
      database: { ...database, about: { ...database.about, takesWrites: () => writes() } },
      bus: { isConnected: true },
      isDraining: () => false,
      folders: ['/data', '/attachments'],
      free: async folder => (folder === '/data' ? free : Promise.reject(new Error('not made yet'))),
    })
    const readiness = async () => {
      const { statusCode, body } = await watched.inject('/readyz')
      return [statusCode, JSON.parse(body)]
    }
    expect(await readiness()).toMatchObject([503, { status: 'unavailable', database: 'read_only' }])
    writes = () => Promise.reject(new Error('Connection refused'))
    expect(await readiness()).toMatchObject([503, { status: 'unavailable', database: 'unavailable' }])
    writes = async () => true
    free = 1_000_000
    expect(await readiness()).toMatchObject([200, { status: 'degraded', database: 'ok', disk: 'low' }])
    await watched.close()
  })

  test('an unknown address below /api is a problem, also to a browser', async () => {
    const headers = { accept: 'text/html' }
    const { status, body } = await server.rest().get<Problem>('/api/nothing/here', { headers })
    expect([status, body.code]).toEqual([404, 'not_found'])
  })

  test('a wrong method names the right ones', async () => {
    for (const path of ['/api/users/x/history', '/api/users/x/history/']) {
      const { status, headers } = await server.rest().delete(path)
      expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    }
  })

  test('no route below /api is open by accident', async () => {
    const open = [
      '/api/info',
      '/api/auth/login',
      '/api/auth/refresh',
      '/api/auth/logout',
      '/api/auth/onboarding',
      '/api/openapi.json',
    ]
    const { body } = await server
      .rest()
      .get<{ paths: Record<string, Record<string, unknown>> }>('/api/openapi.json')
    const routes = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => [method.toUpperCase(), path] as const),
    )
    expect(routes.length).toBeGreaterThan(5)
    for (const [method, path] of routes) {
      if (open.includes(path)) continue
      const { status } = await server.rest().call(method, path.replace(/\{\w+\}/g, crypto.randomUUID()))
      expect([method, path, status]).toEqual([method, path, 401])
    }
  })

  test('the API describes itself as OpenAPI 3.1, on a page without scripts of its own', async () => {
    const { body } = await server.rest().get<{ openapi: string }>('/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    const page = await server.rest().get<string>('/api/docs', { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)/)
  })

  test('tokens never reach the log, however they come', async () => {
    const john = await server.addPerson('John Logged')
    const token = await server.tokenOf(john)
    await server.rest(token).get('/api/users')
    await server.rest().get(`/api/users?token=${token}`)
    await server.rest().get(`/api/users?a=1&%74oken=${token}&ticket=${token}`)
    await server.rest().get('/api/users', { headers: { cookie: `pms_access=${token}` } })
    await server.rest(`${token}x`).get('/api/users')
    const socket = await server.socket(token)
    await socket.close()

    const text = server.log.join('')
    expect(text).toContain('"url":"/api/users?token=[redacted]"')
    expect(text).toContain(`"user_id":"${john.id}"`)
    expect(text).not.toContain(token.slice(0, 40))
    expect(text).not.toContain(token.slice(-40))
  })

  test('calls beyond the limit are told when to come back', async () => {
    await using limited = await startServer({ limits: { restPerSecond: 5 } })
    const { john, jane } = await limited.addOrganisation()
    const api = await limited.as(john)
    const replies = await Promise.all(Array.from({ length: 30 }, () => api.get<Problem>('/api/auth/me')))
    const refused = replies.find(reply => reply.status === 429)
    expect(refused?.body.code).toBe('too_many_requests')
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(replies.filter(reply => reply.status === 200).length).toBeGreaterThanOrEqual(5)
    expect((await (await limited.as(jane)).get('/api/auth/me')).status).toBe(200)
  })
})

describe('the web app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pms-web-'))
  let http: Http
  let rest: Rest
  const page = { headers: { accept: 'text/html,*/*' } }

  beforeAll(async () => {
    http = await createHttp({ logger: createLogger('silent'), allowedOrigins: [] })
    answerNotFound(http, await serveWeb(http, folder))
    rest = createRest(await http.listen({ port: 0, host: '127.0.0.1' }))
  })
  afterAll(async () => {
    await http.close()
    rmSync(folder, { recursive: true })
  })

  test('that is not built says so', async () => {
    const { status, body } = await rest.get<string>('/goals', page)
    expect(status).toBe(503)
    expect(body).toContain('npm start')
  })

  test('that is built is there for every address it may know, and only for pages', async () => {
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<title>PMS</title>')
    writeFileSync(join(folder, 'assets', 'app-abc123.js'), 'export {}')
    for (const path of ['/', '/goals/1/respond', '/sign-in?next=/goals']) {
      const { status, headers, body } = await rest.get<string>(path, page)
      expect([path, status, body]).toEqual([path, 200, '<title>PMS</title>'])
      expect(headers.get('cache-control')).toBe('no-cache')
    }
    expect((await rest.get('/goals')).status).toBe(404)
    expect((await rest.get('/api/goals', page)).status).toBe(404)
    expect((await rest.post('/goals', undefined, page)).status).toBe(404)
  })

  test('assets are kept for good, and a missing one is no page', async () => {
    const { headers } = await rest.get('/assets/app-abc123.js')
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await rest.get('/assets/app-old.js')).status).toBe(404)
  })

  test.each(['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '//etc/passwd', '/.%00'])(
    'nothing outside its folder: %s',
    async path => {
      const { status, body } = await rawGet(http, path)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(body).not.toMatch(/"name"|root:/)
    },
  )
})

/** Sends the path as it is, which `fetch` would tidy up. */
async function rawGet(http: Http, path: string): Promise<{ status: number; body: string }> {
  const { port } = http.server.address() as AddressInfo
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path }, resolve).on('error', reject).end()
  })
  return { status: response.statusCode ?? 0, body: await text(response) }
}

test.each([
  ['http://pms.test:8000', 'pms.test:8000', true],
  ['https://pms.test', 'PMS.test', true],
  ['https://pms.test', 'pms.test:443', true],
  ['http://pms.test', 'pms.test:80', true],
  ['http://[::1]', '[::1]:80', true],
  ['https://pms.test', 'pms.test:8443', false],
  ['http://pms.test', 'pms.test:443', false],
  ['http://pms.test:443', 'pms.test:80', false],
  ['https://friend.test', 'pms.test', true],
  ['http://friend.test', 'pms.test', false],
  ['http://evilpms.test', 'pms.test', false],
  ['http://pms.test.evil', 'pms.test', false],
  ['http://pms.test:9000', 'pms.test:8000', false],
  ['null', 'pms.test', false],
  ['null', undefined, false],
])('a page of %s may call %s: %s', (origin, host, expected) => {
  expect(createOriginCheck(['https://friend.test'])(origin, host)).toBe(expected)
})

describe('log lines', () => {
  test.each([
    ['/a?token=x', '/a?token=[redacted]'],
    ['/a?b=1&ticket=x&c=2', '/a?b=1&ticket=[redacted]&c=2'],
    ['/a?tok%65n=x', '/a?tok%65n=[redacted]'],
    ['/a?token', '/a?token=[redacted]'],
    ['/a?tokens=x', '/a?tokens=x'],
    ['/token/x', '/token/x'],
  ])('%s is written %s', (url, expected) => {
    expect(withoutSecrets(url)).toBe(expected)
  })

  test('secrets in what is logged by hand are left out', () => {
    const lines: string[] = []
    const logger = createLogger('info', { write: line => lines.push(line) })
    logger.info({
      headers: { authorization: 'Bearer abc', cookie: 'pms_refresh=abc' },
      body: { password: 'abc' },
    })
    expect(lines.join('')).not.toContain('abc')
  })
})
