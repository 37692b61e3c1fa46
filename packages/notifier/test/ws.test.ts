/** The socket on a real server, with real clients: who is let in, what is refused and how, and the end of it all. */
import { once } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Admission } from '../src/admission.ts'
import { admit } from './desk.ts'
import { closeCode, frame, PATH, type SocketServer, startSocketServer } from './socket-server.ts'

let here: SocketServer
const start = async (options?: Parameters<typeof startSocketServer>[0]) => {
  here = await startSocketServer(options)
  return here
}
afterEach(async () => {
  vi.useRealTimers()
  await here.stop()
  expect(here.desk.hub.stats()).toEqual({ activeUsers: 0, totalConnections: 0 })
})

const greeting = (user_id: string) => ({ type: 'connection_established', user_id })

describe('who is let in', () => {
  it('a token in the query', async () => {
    await start()
    const amy = here.connect('?token=token-amy')
    expect(await amy.next()).toMatchObject(greeting('amy'))
    expect(amy.socket.protocol).toBe('')
    amy.say('ping')
    expect(await amy.next()).toBe('pong')
    expect(here.desk.hub.stats()).toEqual({ activeUsers: 1, totalConnections: 1 })
  })

  it('a token as second subprotocol, of which only the first is echoed', async () => {
    await start()
    for (const query of ['', '?token=']) {
      const amy = here.connect(query, ['bearer', 'token-amy'])
      expect(await amy.next()).toMatchObject(greeting('amy'))
      expect(amy.socket.protocol).toBe('bearer')
    }
  })

  it.each([
    ['no token', '', []],
    ['a bad token', '?token=nonsense', []],
    ['a bad token as subprotocol', '', ['bearer', 'nonsense']],
    ['a subprotocol without token', '', ['bearer']],
    ['an unknown subprotocol', '', ['basic', 'token-amy']],
  ])('not %s: 4401', async (_, query, protocols) => {
    await start()
    // `ws` clients want one of their subprotocols echoed; a socket that offers none of ours is raw.
    if (protocols[0] !== 'basic') return expect(await here.connect(query, protocols).next()).toBe(4401)
    const raw = here.raw(PATH, [`Sec-WebSocket-Protocol: ${protocols.join(', ')}`])
    await raw.until(received => closeCode(received) !== null)
    expect(closeCode(raw.received())).toBe(4401)
  })

  it('not whoever may not: 4403, and nothing they say is heard', async () => {
    await start()
    const eve = here.connect('?token=token-eve')
    await once(eve.socket, 'open')
    eve.say('ping')
    expect(await eve.next()).toBe(4403)
  })

  it('pages of our origin and clients without any; not foreign pages: 4403, their token not even looked at', async () => {
    const authenticate = vi.fn(async () => admit('amy'))
    await start({ authenticate })
    expect(await here.connect('?token=token-amy', [], { origin: 'http://evil.test' }).next()).toBe(4403)
    expect(await here.connect('?token=token-amy', [], { origin: 'null' }).next()).toBe(4403)
    expect(authenticate).not.toHaveBeenCalled()
    const amy = here.connect('?token=token-amy', [], { origin: 'http://desk.test' })
    expect(await amy.next()).toMatchObject(greeting('amy'))
    expect(authenticate).toHaveBeenCalledExactlyOnceWith({ kind: 'token', value: 'token-amy' })
  })

  it('nobody when it cannot be found out: 1011', async () => {
    const broken = new Error('no database')
    await start({ authenticate: () => Promise.reject(broken) })
    expect(await here.connect('?token=token-amy').next()).toBe(1011)
    expect(here.desk.errors).toEqual([broken])
  })

  it('no more sockets than a person may have: 4429', async () => {
    await start({ limits: { socketsPerUser: 1 } })
    await here.connect('?token=token-amy').next()
    expect(await here.connect('?token=token-amy').next()).toBe(4429)
    expect(await here.connect('?token=token-bob').next()).toMatchObject(greeting('bob'))
  })

  it('no more upgrades a second than an address may have: 4429', async () => {
    await start({ upgradesPerSecond: 3 })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => here.connect('?token=token-amy').next()),
    )
    // The second may have turned in between, which allows three more.
    expect(answers.filter(answer => answer === 4429).length).toBeGreaterThanOrEqual(20 - 6)
    expect(answers.filter(answer => answer !== 4429).length).toBeGreaterThanOrEqual(3)
  })

  it('a ticket as it lets in a token', async () => {
    const authenticate = vi.fn(async () => admit('amy'))
    await start({ authenticate })
    expect(await here.connect('?ticket=once').next()).toMatchObject(greeting('amy'))
    expect(authenticate).toHaveBeenCalledExactlyOnceWith({ kind: 'ticket', value: 'once' })
  })

  it('nobody who has gone while it was being found out', async () => {
    const asked = Promise.withResolvers<void>()
    const found = Promise.withResolvers<Admission>()
    await start({
      authenticate: () => {
        asked.resolve()
        return found.promise
      },
    })
    const connected = once(here.server, 'connection')
    const raw = here.raw()
    const [stream] = await connected
    const gone = new Promise(resolve => stream.on('close', resolve))
    await asked.promise
    raw.socket.resetAndDestroy()
    await gone
    found.resolve(admit('amy'))
    const again = here.connect('?token=token-amy')
    expect(await again.next()).toMatchObject(greeting('amy'))
    await vi.waitFor(() => expect(here.desk.hub.stats().totalConnections).toBe(1))
  })
})

describe('resuming', () => {
  it('starts from the version and the database that the query names, and goes on live', async () => {
    await start()
    await here.desk.assign('amy', 't1', 't2')
    const { epoch } = await here.desk.inboxes.head('amy')
    const clients = ['since=1', `since=1&epoch=${epoch}`, 'since=1&epoch=other'].map(query =>
      here.connect(`?token=token-amy&${query}`),
    )
    const starts = [
      { type: 'sync', from: 1, version: 2 },
      { type: 'sync', from: 1, version: 2 },
      { type: 'sync_reset', reason: 'epoch_changed' },
    ]
    for (const [n, client] of clients.entries()) {
      expect(await client.next()).toMatchObject(greeting('amy'))
      expect(await client.next()).toMatchObject(starts[n] ?? {})
      client.say('ping')
      expect(await client.next()).toBe('pong')
    }
    await here.desk.assign('amy', 't3')
    for (const client of clients) {
      expect(await client.next()).toMatchObject({ type: 'new_notification', version: 3 })
    }
  })

  it.each(['abc', '', '-1', '1.5', '9'.repeat(16)])(
    'since=%s: an error, and served as a plain client',
    async since => {
      await start()
      const amy = here.connect(`?token=token-amy&since=${since}`)
      expect(await amy.next()).toMatchObject(greeting('amy'))
      expect(await amy.next()).toMatchObject({ type: 'error', code: 'bad_argument', request: since })
      await here.desk.assign('amy', 't1')
      expect(await amy.next()).not.toHaveProperty('notification.seq')
    },
  )
})

describe('frames', () => {
  it('larger than any command: 1009; everybody else is served', async () => {
    await start()
    const [amy, bob] = [here.connect('?token=token-amy'), here.connect('?token=token-bob')]
    for (const client of [amy, bob]) await client.next()
    amy.say('x'.repeat(8_192))
    expect(await amy.next()).toMatchObject({ type: 'error', code: 'unknown_command' })
    amy.say('x'.repeat(8_193))
    expect(await amy.next()).toBe(1009)
    bob.say('ping')
    expect(await bob.next()).toBe('pong')
  })

  it('that are binary: an error, and the socket stays open', async () => {
    await start()
    const amy = here.connect('?token=token-amy')
    await amy.next()
    amy.say(Buffer.from('ping'))
    expect(await amy.next()).toMatchObject({ type: 'error', code: 'binary_not_supported', request: '' })
    amy.say('ping')
    expect(await amy.next()).toBe('pong')
  })

  it('cut into a few pieces are put together; into very many: 1008', async () => {
    await start()
    const raw = here.raw()
    const pieces = [...'ping'].map((letter, n) => frame(n === 0 ? 1 : 0, letter, { fin: n === 3 }))
    raw.socket.write(Buffer.concat(pieces))
    await raw.until(received => received.includes('pong'))
    raw.socket.write(
      Buffer.concat([frame(1, '', { fin: false }), ...Array(50).fill(frame(0, '', { fin: false }))]),
    )
    await raw.until(received => closeCode(received) !== null)
    expect(closeCode(raw.received())).toBe(1008)
  })

  it('nobody reads: 4413', async () => {
    const limit = 10_000
    await start({ limits: { maxBufferedBytes: limit } })
    const connected = once(here.server, 'connection')
    const slow = here.connect('?token=token-amy')
    const [stream] = await connected
    await slow.next()
    slow.socket.pause()
    // First what lies between here and there fills up, then what waits here.
    while (stream.writableLength <= limit) await here.desk.assign('amy', 'x'.repeat(1_000_000))
    slow.socket.resume()
    expect(await slow.closed).toBe(4413)
  })
})

describe('another path', () => {
  it('is not found, and its connection is destroyed', async () => {
    await start()
    const raw = here.raw('/elsewhere?token=token-amy')
    await raw.closed
    expect(String(raw.received())).toMatch(/^HTTP\/1\.1 404 /)
    expect(await new Promise(resolve => here.server.getConnections((_, count) => resolve(count)))).toBe(0)
  })

  it('does no harm when its client is gone before the answer', async () => {
    await start()
    for (let n = 0; n < 20; n += 1) {
      const connected = once(here.server, 'connection')
      const raw = here.raw('/elsewhere')
      const [stream] = await connected
      const gone = new Promise(resolve => stream.on('close', resolve))
      raw.socket.resetAndDestroy()
      // An error that nobody listens for would end the process, and here the test run.
      await gone
    }
  })

  it('is left to whoever else serves it', async () => {
    await start()
    here.server.on('upgrade', (request, stream) => {
      if (request.url === '/elsewhere') stream.end('HTTP/1.1 418 Teapot\r\n\r\n')
    })
    const raw = here.raw('/elsewhere')
    await raw.closed
    expect(String(raw.received())).toMatch(/^HTTP\/1\.1 418 /)
  })
})

describe('the end', () => {
  it('closes every socket with 1012, and the server has nothing left', async () => {
    await start()
    const clients = ['amy', 'amy', 'bob'].map(user => here.connect(`?token=token-${user}`))
    for (const client of clients) await client.next()
    const closed = new Promise(resolve => here.server.close(resolve))
    await here.unmount()
    expect(await Promise.all(clients.map(client => client.closed))).toEqual([1012, 1012, 1012])
    expect(here.desk.hub.stats()).toEqual({ activeUsers: 0, totalConnections: 0 })
    await closed
  })

  it('does not wait for whoever is still being judged', async () => {
    const asked = Promise.withResolvers<void>()
    await start({
      authenticate: () => {
        asked.resolve()
        return new Promise(() => undefined)
      },
    })
    const amy = here.connect('?token=token-amy')
    await asked.promise
    const closed = new Promise(resolve => here.server.close(resolve))
    await here.unmount()
    await closed
    expect(await amy.closed).toBe(1006)
  })

  it('lets nobody in who was judged meanwhile', async () => {
    const asked = Promise.withResolvers<void>()
    const found = Promise.withResolvers<Admission>()
    await start({
      authenticate: () => {
        asked.resolve()
        return found.promise
      },
    })
    const amy = here.connect('?token=token-amy')
    await asked.promise
    const unmounted = here.unmount()
    found.resolve(admit('amy'))
    await unmounted
    expect(await amy.next()).toBe(1006)
    expect(here.desk.hub.stats().totalConnections).toBe(0)
  })

  it('does not wait for ever for what a client asked', async () => {
    await start({ inboxes: real => ({ ...real, markAllRead: () => new Promise(() => undefined) }) })
    const amy = here.connect('?token=token-amy')
    await amy.next()
    amy.say('mark_all_read')
    amy.say('ping')
    expect(await amy.next()).toBe('pong')
    await here.unmount()
    expect(await amy.next()).toBe(1012)
  })

  it('has little patience with a client that does not say goodbye', async () => {
    await start()
    const raw = here.raw()
    await raw.until(received => received.includes('connection_established'))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const unmounted = here.unmount()
    await raw.until(received => closeCode(received) !== null)
    expect(closeCode(raw.received())).toBe(1012)
    vi.advanceTimersByTime(1_000)
    await unmounted
    await raw.closed
  })
})
