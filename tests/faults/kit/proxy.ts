/**
 * A bad network: TCP between clients and a server that can be cut, slowed, silenced, truncated or refused. Knows
 * bytes; what they mean is not its business, but for telling sockets from REST calls.
 */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type FaultyProxy = Awaited<ReturnType<typeof openProxy>>
export type Link = ReturnType<typeof createLink>

/** How a connection ends: by a reset, or in good order but in the middle of everything. */
export type Cut = 'rst' | 'fin'

export async function openProxy() {
  const links = new Set<Link>()
  let target = 0
  let mood: 'pass' | 'refuse' | 'silent' = 'pass'
  let delayMs = 0

  const server = createServer({ allowHalfOpen: true }, client => {
    client.on('error', () => undefined)
    if (mood === 'refuse') {
      client.resetAndDestroy()
      return
    }
    const link = createLink(client, target, () => links.delete(link))
    links.add(link)
    if (delayMs > 0) link.slow(delayMs)
    if (mood === 'silent') link.silence()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    links,
    sockets: () => [...links].filter(link => link.isSocket && !link.isSilent),
    /** Where connections lead from now on. */
    aim(port: number) {
      target = port
    },
    /** Every connection, and every new one, is reset. */
    refuse() {
      mood = 'refuse'
      for (const link of links) link.cut('rst')
    },
    /**
     * No byte passes any more and nobody is told: what is open now is dead for good, as behind a router that forgot
     * it; what is opened meanwhile never gets an answer.
     */
    silence() {
      mood = 'silent'
      for (const link of links) link.silence()
    },
    /** What is opened from now on passes. */
    pass() {
      mood = 'pass'
    },
    /** Everything that is sent arrives so much later. */
    slow(ms: number) {
      delayMs = ms
      for (const link of links) link.slow(ms)
    },
    async close(): Promise<void> {
      for (const link of links) link.cut('rst')
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function createLink(client: Socket, port: number, onGone: () => void) {
  const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let isSocket = false
  let isSilent = false
  let delayMs = 0
  /** How many more bytes reach the client before it is cut off. */
  let left = Number.POSITIVE_INFINITY

  server.on('error', () => undefined)
  // A connection may carry a few calls before it becomes a socket.
  const recognise = (chunk: Buffer) => {
    if (!/^upgrade: *websocket/im.test(chunk.toString('latin1'))) return
    isSocket = true
    client.off('data', recognise)
  }
  client.on('data', recognise)

  function cut(how: Cut): void {
    for (const side of [client, server]) {
      if (how === 'rst') side.resetAndDestroy()
      else side.destroySoon()
    }
    onGone()
  }

  function pass(chunk: Buffer, to: Socket, from: Socket): void {
    if (isSilent || to.destroyed) return
    const some = to === client ? chunk.subarray(0, left) : chunk
    if (to === client) left -= some.length
    if (!to.write(some) && !from.isPaused()) {
      from.pause()
      to.once('drain', () => from.resume())
    }
    if (left === 0) cut('fin')
  }

  function join(from: Socket, to: Socket): void {
    let tail = Promise.resolve()
    let waiting = 0
    /** In order, after whatever was held back before. */
    function later(run: () => void): void {
      if (delayMs === 0 && waiting === 0) {
        run()
        return
      }
      waiting += 1
      const due = performance.now() + delayMs
      tail = tail
        .then(() => new Promise<void>(resolve => setTimeout(resolve, Math.max(due - performance.now(), 0))))
        .then(() => {
          waiting -= 1
          run()
        })
    }
    from.on('data', (chunk: Buffer) => later(() => pass(chunk, to, from)))
    from.on('end', () => later(() => !isSilent && to.end()))
    from.on('close', () =>
      later(() => {
        if (isSilent) return
        to.destroySoon()
        onGone()
      }),
    )
  }
  join(client, server)
  join(server, client)

  return {
    cut,
    get isSocket() {
      return isSocket
    },
    get isSilent() {
      return isSilent
    },
    silence() {
      isSilent = true
    },
    slow(ms: number) {
      delayMs = ms
    },
    /** The client gets so many bytes more, and then no more: the end of a frame is missing. */
    truncate(bytes: number) {
      left = Math.min(left, bytes)
    },
    /** The client has stopped reading: what the server sends piles up on the way. */
    stall: () => void server.pause(),
    unstall: () => void server.resume(),
  }
}
