import { expect, test } from 'vitest'
import { settle } from '../src/testing/index.ts'
import { harness } from './harness.ts'

/** A JWT as far as a client looks into it: its payload in base64url, without padding. */
function jwt(fields: object): string {
  // The mark makes an alphabet that differs between base64 and base64url.
  const payload = Buffer.from(JSON.stringify({ ...fields, mark: '>>>???' })).toString('base64url')
  return `head.${payload}.signature`
}

const HOUR = 3_600_000

/** Connected on a token that lasts an hour; each further one lasts an hour from when it is asked for. */
async function signedIn(lifetime = HOUR) {
  const asked: boolean[] = []
  const made = harness({
    async getToken({ fresh }) {
      asked.push(fresh)
      return jwt({ exp: (made.server.clock.now() + lifetime) / 1000, number: asked.length })
    },
  })
  made.inbox.connect()
  await settle()
  const renewals = () => made.server.connection.received.filter(text => text.startsWith('auth:'))
  return { ...made, asked, renewals }
}

test('about a minute before its token ends a fresh one is sent over the same socket', async () => {
  const { server, asked, renewals, status } = await signedIn()
  await server.clock.advance(HOUR - 70_000)
  expect(renewals()).toEqual([])
  await server.clock.advance(12_000)
  expect(renewals().length).toBe(1)
  expect(renewals()[0]).toMatch(/^auth:head\./)
  expect(asked.filter(Boolean).length).toBe(1)

  await server.clock.advance(6 * HOUR)
  expect(server.connections.length).toBe(1)
  expect(status()).toBe('live')
  expect(renewals().length).toBe(7)
})

test('a token that does not say when it ends, or is no JWT, is never renewed', async () => {
  for (const token of [jwt({ sub: 'ada' }), jwt({ exp: 'soon' }), 'opaque', 'a.%%%.c', 'a.bm8.c']) {
    const made = harness({ getToken: async () => token })
    made.inbox.connect()
    await made.server.clock.advance(3 * HOUR)
    expect(made.server.connection.received.filter(text => text !== 'ping')).toEqual([])
    expect(made.status()).toBe('live')
  }
})

test('a token that is over by this clock, and was taken, is left alone: the clock is wrong', async () => {
  const { server, asked, status } = await signedIn(-HOUR)
  await server.clock.advance(HOUR)
  expect(asked.includes(true)).toBe(false)
  expect(status()).toBe('live')
})

test('one that lasts less than a minute is renewed half way, not over and over', async () => {
  const { server, renewals } = await signedIn(40_000)
  server.script.said = (connection, text) => {
    const expires = new Date(server.clock.now() + 40_000).toISOString()
    if (text.startsWith('auth:')) connection.send({ type: 'auth_refreshed', expires_at: expires })
  }
  await server.clock.advance(19_000)
  expect(renewals().length).toBe(0)
  await server.clock.advance(2_000)
  expect(renewals().length).toBe(1)
  await server.clock.advance(19_000)
  expect(renewals().length).toBe(2)
})

test('an answer that prolongs nothing is not asked for again', async () => {
  const { server, renewals } = await signedIn(100_000)
  const same = new Date(server.clock.now() + 100_000).toISOString()
  server.script.said = (connection, text) => {
    if (text.startsWith('auth:')) connection.send({ type: 'auth_refreshed', expires_at: same })
    else connection.send('pong')
  }
  await server.clock.advance(HOUR)
  expect(renewals().length).toBe(1)
})

test('unanswered or refused it is left at that: the socket ends with its token and the next begins', async () => {
  for (const refused of [false, true]) {
    const { server, renewals, status, events } = await signedIn()
    server.script.said = (connection, text) => {
      if (text === 'ping') connection.send('pong')
      else if (refused) connection.send({ type: 'error', code: 'bad_token', message: 'No', request: 'auth' })
    }
    await server.clock.advance(HOUR - 1)
    expect(renewals().length).toBe(1)
    expect(events).toEqual([])
    server.connection.close(4401)
    await settle()
    await server.clock.advance(0)
    expect(server.connections.length).toBe(2)
    expect(status()).toBe('live')
  }
})

test('without a fresh token nothing is sent', async () => {
  const made = harness({
    async getToken({ fresh }) {
      if (fresh) throw new Error('Offline')
      return jwt({ exp: made.server.clock.now() / 1000 + 3600 })
    },
  })
  made.inbox.connect()
  await made.server.clock.advance(HOUR)
  expect(made.server.connection.received.filter(text => text !== 'ping')).toEqual([])
  expect(made.status()).toBe('live')
})

test('a fresh token that comes after the socket has ended is not sent to the next', async () => {
  let answer = () => {}
  const made = harness({
    getToken: ({ fresh }) =>
      new Promise(resolve => {
        const token = jwt({ exp: made.server.clock.now() / 1000 + 3600 })
        answer = () => resolve(token)
        if (!fresh) answer()
      }),
  })
  made.inbox.connect()
  await made.server.clock.advance(HOUR - 30_000)
  const late = answer
  made.server.connection.close(1006)
  await made.server.clock.advance(1_000)
  late()
  await settle()
  expect(made.server.connections.length).toBe(2)
  expect(made.server.connection.received).toEqual([])
})

test('after sleep the clock on the wall counts, not the timers', async () => {
  const { server, renewals } = await signedIn()
  await server.clock.advance(1_000)
  server.clock.sleep(HOUR - 50_000)
  await server.clock.advance(31_000)
  expect(renewals().length).toBe(1)
})
