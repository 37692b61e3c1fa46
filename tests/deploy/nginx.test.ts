/**
 * The configuration of nginx that is shipped, run by a real nginx before servers that only tell what came to them:
 * what is passed on, what is tried again and what never, and what its log does not say.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRest } from '../../apps/server/src/testing/rest.ts'
import { type Nginx, startNginx } from '../services/nginx.ts'
import { freePort } from '../services/program.ts'

interface Call {
  method: string
  url: string
  headers: IncomingMessage['headers']
  bytes: number
}

/** A server that notes what comes; `cut` breaks the connection where an answer should be. */
async function startStub() {
  const calls: Call[] = []
  let cuts = false
  const server = createServer(async (incoming, response) => {
    const { method = '', url = '', headers } = incoming
    let bytes = 0
    for await (const chunk of incoming) bytes += (chunk as Buffer).length
    calls.push({ method, url, headers, bytes })
    if (cuts) incoming.socket.destroy()
    else response.end('done')
  })
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket) => {
    const { method = '', url = '', headers } = incoming
    calls.push({ method, url, headers, bytes: 0 })
    const accept = createHash('sha1')
      .update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64')
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
  })
  const port = await freePort()
  async function listen(): Promise<void> {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  return {
    port,
    calls,
    listen,
    isListening: () => server.listening,
    cut(does: boolean) {
      cuts = does
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

let stubs: Awaited<ReturnType<typeof startStub>>[]
let nginx: Nginx

beforeAll(async () => {
  stubs = [await startStub(), await startStub()]
  nginx = await startNginx(stubs.map(({ port }) => port))
})
afterAll(async () => {
  await nginx?.stop()
  for (const stub of stubs) if (stub.isListening()) await stub.close()
})

/** An nginx that has not learnt yet who is down. */
beforeEach(async () => {
  for (const stub of stubs) {
    if (!stub.isListening()) await stub.listen()
    stub.cut(false)
    stub.calls.length = 0
  }
})

const calls = () => stubs.flatMap(stub => stub.calls)
const rest = () => createRest(nginx.url)

/** With an nginx of its own: this one has not been disappointed by anybody. */
async function withFreshNginx(work: (rest: ReturnType<typeof createRest>) => Promise<void>): Promise<void> {
  const fresh = await startNginx(stubs.map(({ port }) => port))
  try {
    await work(createRest(fresh.url))
  } finally {
    await fresh.stop()
  }
}

test('a call arrives with who made it, and nothing that it claims of that', async () => {
  const claims = {
    'x-forwarded-for': '203.0.113.9',
    'x-real-ip': '203.0.113.9',
    'x-request-id': 'made-up-by-them',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'elsewhere.example',
    upgrade: 'h2c',
  }
  // Not by fetch, which sends no such headers.
  const call = request(`${nginx.url}/api/goals?limit=5`, { headers: claims, agent: false }).end()
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  response.resume()
  const [{ url, headers } = {}] = calls() as [Call]
  expect(url).toBe('/api/goals?limit=5')
  expect(headers).toMatchObject({
    host: new URL(nginx.url).host,
    'x-forwarded-for': '127.0.0.1',
    'x-real-ip': '127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-request-id': expect.stringMatching(/^[\da-f]{32}$/),
  })
  expect(headers).not.toHaveProperty('x-forwarded-host')
  expect(headers).not.toHaveProperty('upgrade')
})

test('a socket is upgraded, on the path of sockets', async () => {
  const socket = new WebSocket(`${nginx.url.replace('http', 'ws')}/api/notifications/ws?token=abc`, [])
  await once(socket, 'open')
  const [{ url, headers } = {}] = calls() as [Call]
  expect(url).toBe('/api/notifications/ws?token=abc')
  expect(headers).toMatchObject({ upgrade: 'websocket', connection: 'upgrade' })
})

test('sockets come back at once when the servers do', async () => {
  for (const stub of stubs) await stub.close()
  await withFreshNginx(async ({ get }) => {
    for (let n = 0; n < 4; n++) expect((await get('/api/notifications/ws')).status).toBe(502)
    for (const stub of stubs) await stub.listen()
    for (let n = 0; n < 4; n++) expect((await get('/api/notifications/ws')).status).toBe(200)
  })
})

test('no log holds what follows a question mark', async () => {
  await rest().get('/welcome?token=keep-this-quiet')
  await rest().get('/api/notifications/ws?token=keep-this-quiet&ticket=keep-this-quiet')
  for (const stub of stubs) await stub.close()
  await rest().get('/welcome?token=keep-this-quiet')
  await rest().get('/api/notifications/ws?token=keep-this-quiet')
  expect(nginx.accessLog()).toMatch(/"GET \/welcome HTTP\/1.1" 200 .* status "200"/)
  expect(nginx.accessLog()).toMatch(/"GET \/welcome HTTP\/1.1" 503 .* status "502, 502"/)
  expect(nginx.accessLog() + nginx.errorLog()).not.toContain('keep-this-quiet')
})

test.each(['/metrics', '/metrics?x=1', '//metrics', '/%6detrics', '/a/../metrics'])(
  '%s is not there for the world',
  async path => {
    const call = request({ port: nginx.port, host: '127.0.0.1', path, agent: false }).end()
    const [response] = (await once(call, 'response')) as [IncomingMessage]
    response.resume()
    expect(response.statusCode).toBe(404)
    expect(calls()).toEqual([])
  },
)

test('a file of the largest size that is usual passes; what is far larger is refused in words', async () => {
  const upload = (megabytes: number) =>
    rest().post<{ code: string }>('/api/initiatives/1/attachments', 'x'.repeat(megabytes * 1_048_576))
  expect((await upload(10)).status).toBe(200)
  expect(calls().map(({ bytes }) => bytes)).toEqual([10 * 1_048_576])
  const { status, body } = await upload(12)
  expect({ status, code: body.code }).toEqual({ status: 413, code: 'too_large' })
})

test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])(
  '%s passes by a server that is gone, with all it carries',
  async method => {
    await stubs[0]?.close()
    await withFreshNginx(async fresh => {
      for (let n = 0; n < 4; n++) {
        const options = method === 'GET' ? {} : { body: { title: 'Learn to fly' } }
        expect((await fresh.call(method, '/api/goals/1', options)).status).toBe(200)
      }
    })
    const whole = method === 'GET' ? 0 : JSON.stringify({ title: 'Learn to fly' }).length
    expect(calls().map(call => call.bytes)).toEqual([whole, whole, whole, whole])
  },
)

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  '%s that a server took and did not answer is never sent again, and the answer says so',
  async method => {
    for (const stub of stubs) stub.cut(true)
    await withFreshNginx(async fresh => {
      const { status, headers, body } = await fresh.call<{ code: string }>(method, '/api/goals/1/approve', {
        body: {},
      })
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'outcome_unknown' })
      expect(headers.get('content-type')).toBe('application/problem+json')
      expect(headers.has('retry-after')).toBe(false)
    })
    expect(calls()).toHaveLength(1)
  },
)

test('a question that a server did not answer is asked of the other one', async () => {
  stubs[0]?.cut(true)
  await withFreshNginx(async fresh => {
    for (let n = 0; n < 4; n++) expect((await fresh.get('/api/goals')).status).toBe(200)
  })
  expect(stubs[0]?.calls).toHaveLength(1)
  expect(stubs[1]?.calls).toHaveLength(4)
})

test.each(['GET', 'POST', 'PUT'])(
  '%s finds nobody: nothing was done, and the answer says so',
  async method => {
    for (const stub of stubs) await stub.close()
    await withFreshNginx(async fresh => {
      // Also when it knows already that nobody is there.
      for (let n = 0; n < 3; n++) {
        const { status, headers, body } = await fresh.call<{ code: string }>(method, '/api/goals', {
          ...(method !== 'GET' && { body: {} }),
        })
        expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' })
        expect(headers.get('retry-after')).toBe('1')
      }
    })
  },
)
