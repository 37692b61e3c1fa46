import fc from 'fast-check'
import { expect, test } from 'vitest'
import { penaltyDelay, retryDelay } from '../src/backoff.ts'
import { settle } from '../src/testing/index.ts'
import { harness, liveHarness } from './harness.ts'

test('the token travels as a subprotocol, and the address says what the page has', async () => {
  const { server, status } = await liveHarness(3)
  expect(status()).toBe('live')
  expect(server.connection.url.href).toBe('ws://fake/api/notifications/ws?since=3&epoch=epoch-1')
  expect(server.connection.token).toBe('token-0')
  expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /api/notifications?limit=30',
  ])
})

test('a base address of https becomes wss', async () => {
  const { server } = await liveHarness(0, { url: 'https://example.test/base' })
  expect(server.connection.url.href).toBe(
    'wss://example.test/base/api/notifications/ws?since=0&epoch=epoch-1',
  )
})

test('a cut is followed by a fast retry with since and epoch', async () => {
  const { server, status, inbox, truth } = await liveHarness()
  truth.create()
  server.connection.close(1006)
  expect(inbox.getSnapshot().connection).toMatchObject({ status: 'reconnecting', closeCode: 1006 })
  const { retryAt } = inbox.getSnapshot().connection
  expect((retryAt ?? 0) - server.clock.now()).toBeLessThanOrEqual(500)
  await server.clock.advance(500)
  expect(status()).toBe('live')
  expect(server.connection.url.search).toBe('?since=1&epoch=epoch-1')
})

test('a server that stays away is asked less and less often, up to a bound', async () => {
  const { server, inbox } = await liveHarness()
  server.script.connected = connection => connection.close(1006)
  server.connection.close(1006)
  const delays: number[] = []
  for (let n = 0; n < 12; n++) {
    const delay = (inbox.getSnapshot().connection.retryAt ?? 0) - server.clock.now()
    delays.push(delay)
    await server.clock.advance(delay)
  }
  expect(delays).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 15_000, 15_000])
})

test('a server that greets and ends at once does not count as well', async () => {
  const { server, truth, inbox } = await liveHarness()
  server.script.connected = connection => {
    truth.script.connected(connection)
    connection.close(1006)
  }
  server.connection.close(1006)
  for (let n = 0; n < 5; n++) await server.clock.advance(20_000)
  const delay = (inbox.getSnapshot().connection.retryAt ?? 0) - server.clock.now()
  expect(delay).toBeGreaterThan(5_000)
})

test('after a good while the first retry is fast again', async () => {
  const { server, inbox } = await liveHarness()
  for (let n = 0; n < 5; n++) {
    await server.clock.advance(60_000)
    server.connection.close(1006)
    expect((inbox.getSnapshot().connection.retryAt ?? 0) - server.clock.now()).toBe(250)
  }
})

test('jitter is full and bounded', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
      expect(retryDelay(failures, random)).toBeLessThan(30_000)
      expect(retryDelay(failures, 0)).toBe(0)
      expect(penaltyDelay(random)).toBeGreaterThanOrEqual(30_000)
    }),
  )
})

test('4401: a fresh token and on at once; a second in a row backs off', async () => {
  const { server, tokens, status, inbox } = await liveHarness()
  server.connection.close(4401)
  await server.clock.advance(0)
  expect(status()).toBe('live')
  expect(server.connection.token).toBe('token-1')
  expect(tokens).toEqual([false, false, true])

  server.script.connected = connection => connection.close(4401)
  server.connection.close(4401)
  await server.clock.advance(0)
  const { retryAt, closeCode } = inbox.getSnapshot().connection
  expect(closeCode).toBe(4401)
  expect(retryAt).toBe(server.clock.now() + 250)
  await server.clock.advance(250)
  expect(inbox.getSnapshot().connection.retryAt).toBe(server.clock.now() + 500)
  expect(tokens.slice(3)).toEqual([true, true])
})

test('401 by REST asks once for a fresh token', async () => {
  const { server, tokens, status, inbox, truth } = harness()
  server.script.request = request =>
    request.token === 'token-0' ? { status: 401, body: {} } : truth.script.request(request)
  inbox.connect()
  await settle()
  expect(status()).toBe('live')
  expect(tokens).toEqual([false, true, false])
})

test('401 by REST for every token backs off', async () => {
  const { server, inbox } = harness()
  server.script.request = () => ({ status: 401, body: { code: 'token_expired', detail: 'Sign in again' } })
  inbox.connect()
  await settle()
  expect(inbox.getSnapshot()).toMatchObject({
    connection: { status: 'reconnecting', retryAt: server.clock.now() + 250, closeCode: 4401 },
    error: { status: 401, code: 'token_expired', message: 'Sign in again' },
    loaded: false,
    loading: false,
  })
})

test('a final code ends it, until somebody connects again', async () => {
  const { server, inbox, status } = await liveHarness()
  server.connection.close(4403)
  expect(inbox.getSnapshot().connection).toEqual({ status: 'closed', retryAt: null, closeCode: 4403 })
  expect(server.clock.timers).toBe(0)
  expect(server.signalListeners).toBe(0)
  inbox.connect()
  await settle()
  expect(status()).toBe('live')
})

test('4429 waits long, and looking at the page does not shorten it', async () => {
  const { server, inbox } = await liveHarness()
  server.connection.close(4429)
  const { retryAt } = inbox.getSnapshot().connection
  expect((retryAt ?? 0) - server.clock.now()).toBe(45_000)
  await server.clock.advance(10_000)
  server.wake()
  expect(inbox.getSnapshot().connection.retryAt).toBe(retryAt)
})

test('the network coming back, or a look at the page, tries at once, but not over and over', async () => {
  const { server, status, inbox, truth } = await liveHarness()
  server.script.connected = connection => connection.close(1006)
  server.connection.close(1006)
  await server.clock.advance(60_000)
  server.setOnline(false)
  expect(status()).toBe('offline')

  const opened = server.connections.length
  server.setOnline(true)
  await server.clock.advance(2_000)
  expect(server.connections.length).toBeGreaterThan(opened)
  const after = server.connections.length
  for (let n = 0; n < 20; n++) server.wake()
  await settle()
  expect(server.connections.length).toBe(after)

  server.script.connected = truth.script.connected
  inbox.connect()
  await settle()
  expect(status()).toBe('live')
})

test('a quiet socket is pinged, and one that answers stays', async () => {
  const { server, status } = await liveHarness()
  for (let n = 0; n < 6; n++) await server.clock.advance(60_000)
  expect(server.connections.length).toBe(1)
  expect(server.connection.received.filter(text => text === 'ping').length).toBeGreaterThanOrEqual(12)
  expect(status()).toBe('live')
})

test('a socket that died silently is found out and replaced', async () => {
  const { server, status, truth, inbox } = await liveHarness()
  server.connection.drop()
  truth.create()
  await server.clock.advance(36_000)
  expect(server.connections.length).toBe(2)
  expect(status()).toBe('live')
  expect(inbox.getSnapshot().unreadCount).toBe(1)
})

test('after a long sleep one look is enough', async () => {
  const { server, status, truth, inbox } = await liveHarness()
  server.connection.drop()
  truth.create()
  server.clock.sleep(8 * 3_600_000)
  server.wake()
  await server.clock.advance(11_000)
  expect(status()).toBe('live')
  expect(inbox.getSnapshot().unreadCount).toBe(1)
})

test('a server that accepts and says nothing is given up', async () => {
  const { server, inbox } = harness()
  server.script.connected = () => {}
  inbox.connect()
  await server.clock.advance(16_000)
  expect(server.connections.length).toBe(2)
})

test('close leaves nothing behind: no timer, no listener, no socket', async () => {
  const { server, inbox, status } = await liveHarness()
  inbox.close()
  expect(status()).toBe('closed')
  expect(server.connection.open).toBe(false)
  expect(server.clock.timers).toBe(0)
  expect(server.signalListeners).toBe(0)
  await server.clock.advance(120_000)
  expect(server.connections.length).toBe(1)
})

test('connect and close in turns, as a double mount does, leave one socket', async () => {
  const { server, inbox, status } = harness()
  inbox.connect()
  inbox.close()
  inbox.connect()
  inbox.connect()
  await settle()
  expect(status()).toBe('live')
  expect(server.connections.filter(({ open }) => open).length).toBe(1)
})

test('a server that is about to stop says when to come back, and a look at the page does not hasten it', async () => {
  const { server, inbox, status } = await liveHarness()
  server.connection.send({ type: 'server_draining', retry_after_ms: 7_000 })
  expect(status()).toBe('live')
  server.connection.close(1012)
  const back = server.clock.now() + 7_000
  expect(inbox.getSnapshot().connection).toEqual({ status: 'reconnecting', retryAt: back, closeCode: 1012 })
  await server.clock.advance(6_000)
  server.wake()
  await server.clock.advance(999)
  expect(server.connections.length).toBe(1)
  await server.clock.advance(1)
  expect(status()).toBe('live')

  // What was asked for is done with.
  await server.clock.advance(20_000)
  server.connection.close(1012)
  expect(inbox.getSnapshot().connection.retryAt).toBe(server.clock.now() + 250)
})

test('a person may come back sooner than a stopping server asked for', async () => {
  const { server, inbox, status } = await liveHarness()
  server.connection.send({ type: 'server_draining', retry_after_ms: 7_000 })
  server.connection.close(1012)
  inbox.connect()
  await settle()
  expect(status()).toBe('live')
})

test('a token that ends while the server stops is renewed at once all the same', async () => {
  const { server, status } = await liveHarness()
  server.connection.send({ type: 'server_draining', retry_after_ms: 7_000 })
  server.connection.close(4401)
  await server.clock.advance(0)
  expect(status()).toBe('live')
})
