/** Requests as no client of ours sends them: too long, too slow, broken in two, and made to be read as something else. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cleanName } from '../../apps/server/src/attachments/names.ts'
import { readBearer } from '../../apps/server/src/auth/caller.ts'
import { readDevice } from '../../apps/server/src/auth/devices.ts'
import { readRefreshToken } from '../../apps/server/src/auth/refresh-tokens.ts'
import { isSitePath } from '../../apps/server/src/features/ingest/templates.ts'
import { readKey } from '../../apps/server/src/features/keys/secret.ts'
import { createLogger, withoutSecrets } from '../../apps/server/src/http/logging.ts'
import { createOriginCheck } from '../../apps/server/src/http/origins.ts'
import { createHttp } from '../../apps/server/src/http/server.ts'
import { type Person, type Rest, startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { createGoal } from '../../apps/server/test/goal-calls.ts'
import { parseCommand } from '../../packages/protocol/src/index.ts'
import { routesOf } from './scene.ts'

let server: TestServer
let cast: Record<'john' | 'jane' | 'ada', Person>
let ada: Rest
let token: string
beforeAll(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  ada = await server.as(cast.ada)
  token = await server.tokenOf(cast.john)
})
afterAll(() => server.close())

/** What is answered to bytes that no library would send; the connection is left open for more. */
function raw(url: string, start: string) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.setEncoding('latin1')
  socket.on('data', chunk => {
    received += chunk
  })
  socket.on('error', () => undefined)
  const ended = new Promise<void>(resolve => socket.once('close', () => resolve()))
  socket.write(start, 'latin1')
  return {
    ended,
    write: (text: string) => socket.write(text, 'latin1'),
    get text() {
      return received
    },
    answer: () => expect.poll(() => received).toMatch(/^HTTP\/1\.1 \d{3}/),
    end: () => socket.destroy(),
  }
}

const head = (line: string, ...fields: string[]) =>
  `${[`${line} HTTP/1.1`, 'host: x', 'content-type: application/json', ...fields].join('\r\n')}\r\n`

describe('a body', () => {
  test('of somebody who is not let in is not waited for', async () => {
    const call = raw(server.url, `${head('POST /api/goals', 'content-length: 200000')}\r\n{"title":"`)
    await call.answer()
    expect(call.text).toContain('HTTP/1.1 401')
    call.end()
  })

  test('that is too long is refused when it says so, and else when it is', async () => {
    const said = raw(
      server.url,
      `${head('POST /api/goals', `authorization: Bearer ${token}`, 'content-length: 9000000000')}\r\n{"title":"`,
    )
    await said.answer()
    expect(said.text).toContain('HTTP/1.1 413')
    said.end()

    const unsaid = raw(
      server.url,
      `${head('POST /api/goals', `authorization: Bearer ${token}`, 'transfer-encoding: chunked')}\r\n`,
    )
    const piece = `8000\r\n${'x'.repeat(0x8000)}\r\n`
    for (let sent = 0; sent <= 8; sent++) unsaid.write(piece)
    await unsaid.answer()
    expect(unsaid.text).toContain('HTTP/1.1 413')
    unsaid.end()
  })
})

test('whoever sends a request drop by drop is let go of, and everybody else is served meanwhile', async () => {
  const http = await createHttp({
    logger: createLogger('silent'),
    allowedOrigins: [],
    patience: { headersMs: 300, requestMs: 600, lookMs: 50 },
  })
  http.post('/', async () => ({ served: true }))
  const url = await http.listen({ port: 0, host: '127.0.0.1' })
  const slow = [
    ...Array.from({ length: 50 }, () => raw(url, 'POST / HTTP/1.1\r\nhost: x\r\n')),
    raw(url, `${head('POST /', 'content-length: 1000')}\r\n`),
  ]
  const drops = setInterval(() => slow.forEach(each => void each.write('x')), 50)
  expect((await fetch(url, { method: 'POST' })).status).toBe(200)
  await Promise.all(slow.map(({ ended }) => ended))
  clearInterval(drops)
  // The words of the refusal may be lost to who was still sending.
  for (const { text } of slow) expect(text).toMatch(/^(HTTP\/1\.1 (408|400)|$)/)
  await http.close()
  // Shorter here, so that nobody waits; these are the ones that servers have.
  expect(server.app.http.server).toMatchObject({ headersTimeout: 30_000, requestTimeout: 300_000 })
})

describe('a line break', () => {
  test('in a header, an address, a name or an id makes no line of an answer or of the log', async () => {
    const lines = [
      'x-request-id: 7\rset-cookie: evil=1',
      'x-request-id: 7\n set-cookie: evil=1',
      'idempotency-key: a\nset-cookie: evil=1',
      'x-request-id: 7\u0000',
      'host: y\r\nset-cookie : evil=1',
    ]
    for (const line of lines) {
      const call = raw(server.url, `${head('GET /api/info', line)}connection: close\r\n\r\n`)
      await call.ended
      expect(call.text, JSON.stringify(line)).not.toMatch(/^set-cookie/im)
    }
    for (const path of [
      '/api/users/%0d%0aset-cookie:evil=1',
      '/%0d%0aset-cookie:evil=1',
      '/api/info?a=%0aevil',
    ])
      expect((await server.rest(token).get(path)).headers.getSetCookie()).toEqual([])

    const eve = await server.addPerson('Eve\r\n{"level":30,"msg":"forged"}', {
      email: 'eve@example.test',
    })
    await createGoal(await server.as(eve), { title: 'x\r\nset-cookie: evil=1' })
    const { body } = await server.rest(token).get('/api/info', { headers: { 'x-request-id': 'forged-id' } })
    expect(body).toBeTruthy()
    for (const line of server.log) {
      expect(line.endsWith('\n') && line.trimEnd().includes('\n'), line).toBe(false)
      expect(JSON.parse(line).msg, line).not.toBe('forged')
    }
    expect(server.log.join('')).not.toContain('forged-id')
  })
})

test('a name of the server that is no name gets into no policy, and a link that is given out names no server', async () => {
  for (const name of [
    'evil.test; script-src *',
    "evil.test 'unsafe-inline'",
    'evil.test,x',
    '*',
    '"',
    'evil.test/x',
  ]) {
    const call = raw(server.url, `GET /api/nothing HTTP/1.1\r\nhost: ${name}\r\nconnection: close\r\n\r\n`)
    await call.ended
    expect(call.text, name).not.toMatch(/content-security-policy:.*(evil|\*|unsafe-inline[^;]*script)/i)
    const page = raw(
      server.url,
      `GET / HTTP/1.1\r\nhost: ${name}\r\naccept: text/html\r\nconnection: close\r\n\r\n`,
    )
    await page.ended
    const [, policy = ''] = /^content-security-policy: (.*)$/im.exec(page.text) ?? []
    if (policy) expect(policy.match(/connect-src ([^;]*)/)?.[1]?.trim(), name).toBe("'self'")
    expect(policy, name).not.toMatch(/evil|\*/)
  }
  const { body } = await ada.post<{ onboarding: { path: string } }>(
    '/api/users',
    { name: 'New Here', email: 'new.here@example.test' },
    { headers: { 'x-forwarded-host': 'evil.test' } },
  )
  expect(body.onboarding.path).toMatch(/^\/welcome\?token=/)
})

describe('every answer', () => {
  const HEADERS = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
    'x-powered-by': null,
    server: null,
  }

  test('has the headers by which a browser keeps to itself what it was given', async () => {
    const page = { headers: { accept: 'text/html' } }
    const answers = {
      page: await server.rest().get('/goals', page),
      welcome: await server.rest().get('/welcome?token=abc', page),
      api: await server.rest(token).get('/api/goals'),
      refusal: await server.rest().get('/api/goals'),
      missing: await server.rest().get('/api/nothing'),
      health: await server.rest().get('/healthz'),
      docs: await server.rest().get('/api/docs', page),
    }
    for (const [name, { headers }] of Object.entries(answers)) {
      const said = Object.fromEntries(Object.keys(HEADERS).map(header => [header, headers.get(header)]))
      expect(said, name).toEqual(HEADERS)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy, name).toContain("frame-ancestors 'none'")
      expect(policy, name).not.toMatch(/script-src[^;]*unsafe|\*|https?:|unsafe-eval/)
      expect(policy, name).toMatch(/default-src '(self|none)'/)
    }
    const policy = answers.page.headers.get('content-security-policy') ?? ''
    for (const rule of [
      "script-src 'self'",
      "script-src-attr 'none'",
      "object-src 'none'",
      "base-uri 'none'",
    ])
      expect(policy).toContain(`${rule};`)
    expect(answers.api.headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    )
  })

  test('that is about a person is kept by no cache, whichever route and whether or not it went well', async () => {
    const routes = await routesOf({ server })
    for (const { method, path } of routes.filter(route => route.path !== '/api/openapi.json')) {
      const filled = path.replace(/\{\w+\}/g, crypto.randomUUID())
      const reply = await ada.call(method, filled, method === 'GET' ? {} : { body: '{' })
      expect([method, path, reply.headers.get('cache-control')]).toEqual([method, path, 'no-store'])
    }
  })
})

describe('what is searched for', () => {
  const EVIL = ["' OR 1=1 --", "x'; DROP TABLE users; --", '%', '_', '\\', '100%_\\', '\u0000', '{"$ne":1}']

  test('is text in every parameter of every list: it finds itself, breaks nothing and widens nothing', async () => {
    await createGoal(await server.as(cast.john), { title: 'Sell 100%_\\ more' })
    for (const { method, path, query } of await routesOf({ server })) {
      if (method !== 'GET' || path.includes('{')) continue
      for (const name of query) {
        for (const value of EVIL) {
          const address = `${path}?${name}=${encodeURIComponent(value)}`
          const { status, body } = await ada.get<{ total?: number; items?: object[] }>(address)
          expect([address, status]).toEqual([address, expect.toSatisfy(is => is === 200 || is === 422)])
          if (name !== 'search' || status !== 200) continue
          const found = JSON.stringify(body.items ?? body)
          const isThere = value.length < 2 ? found.includes(JSON.stringify(value).slice(1, -1)) : null
          if (path === '/api/goals')
            expect(body.total, value).toBe('Sell 100%_\\ more'.includes(value) ? 1 : 0)
          else if (body.total) expect([address, isThere]).toEqual([address, true])
        }
      }
    }
    expect((await ada.get<{ total: number }>('/api/users')).body.total).toBeGreaterThan(4)
  })

  test('costs no more than reading it, however it is made', () => {
    const many = 80_000
    const long = [
      '.',
      ' .',
      ' ',
      '/',
      '\\',
      ':',
      '0:',
      '=',
      '&token=',
      '{a',
      '%25',
      'a',
      '%',
      '\u202e',
      'é',
    ].map(part => part.repeat(many / part.length))
    const readers: Record<string, (text: string) => unknown> = {
      cleanName: text => cleanName(`a${text}x.txt`),
      readBearer: text => quietly(() => readBearer(`bearer ${text} x`)),
      readDevice: text => readDevice(server.secret, text, text),
      readRefreshToken: text => readRefreshToken(server.secret, text),
      readKey: text => readKey(`pms_${text}`),
      isSitePath: text => isSitePath(`/${text}`),
      parseCommand: text => parseCommand(text),
      withoutSecrets: text => withoutSecrets(`/a?${text}`),
      originCheck: text => createOriginCheck([])(`https://${text}`, text),
    }
    for (const [name, read] of Object.entries(readers)) {
      for (const text of long) {
        const start = process.cpuUsage()
        read(text)
        const { user, system } = process.cpuUsage(start)
        expect([name, text.slice(0, 8), (user + system) / 1_000]).toEqual([
          name,
          text.slice(0, 8),
          expect.toSatisfy(ms => ms < 500),
        ])
      }
    }
  })
})

function quietly(work: () => unknown): void {
  try {
    work()
  } catch {
    // That it is refused is tested elsewhere; here it is how long that takes.
  }
}

test('nothing that lets its reader in is logged, whoever logs it', () => {
  const lines: string[] = []
  const log = createLogger('trace', { write: line => lines.push(line) })
  const secret = 'abc.def.ghi'
  log.error({
    err: new Error('failed'),
    req: { method: 'GET', url: `/x?ticket=${secret}&token=${secret}`, ip: '' },
  })
  log.info({ headers: { authorization: secret, cookie: secret, 'sec-websocket-protocol': secret } })
  log.info({ body: { password: secret, token: secret, access_token: secret } })
  expect(lines).toHaveLength(3)
  expect(lines.join('')).not.toContain(secret)
})
