/** A real HTTP server with the socket of a ticket desk, and two kinds of clients: well-behaved ones and raw TCP. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect as connectTcp } from 'node:net'
import type { ServerMessage } from '@pms/protocol'
import { type ClientOptions, WebSocket } from 'ws'
import { type MountOptions, mountSocket } from '../src/ws.ts'
import { type DeskOptions, openDesk, read } from './desk.ts'

export const PATH = '/socket'

export type SocketServer = Awaited<ReturnType<typeof startSocketServer>>

export async function startSocketServer(
  options: DeskOptions & Partial<Pick<MountOptions, 'upgradesPerSecond'>> = {},
) {
  const desk = await openDesk(options)
  const server = createServer((_, response) => response.end('plain HTTP'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const unmount = mountSocket(server, {
    path: PATH,
    hub: desk.hub,
    upgradesPerSecond: options.upgradesPerSecond ?? 10_000,
    originAllowed: origin => origin === 'http://desk.test',
    onError: error => desk.errors.push(error),
  })
  const clients = new Set<{ terminate(): void }>()
  const keep = <C extends { terminate(): void }>(client: C): C => {
    clients.add(client)
    return client
  }

  return {
    desk,
    server,
    unmount,
    connect: (query: string, protocols: string[] = [], headers: ClientOptions['headers'] = {}) =>
      keep(webSocket(`ws://127.0.0.1:${port}${PATH}${query}`, protocols, headers)),
    /** A TCP connection on which a handshake was sent, for `path` and with further headers. */
    raw: (path = `${PATH}?token=token-amy`, headers: readonly string[] = []) =>
      keep(rawSocket(port, path, headers)),
    /** Stops it all; hangs, and so fails the test, when the server still holds a connection. */
    async stop() {
      for (const client of clients) client.terminate()
      await unmount()
      if (server.listening) await new Promise(resolve => server.close(resolve))
      await desk.close()
    },
  }
}

function webSocket(url: string, protocols: string[], headers: ClientOptions['headers'] = {}) {
  const socket = new WebSocket(url, protocols, { headers })
  const messages: (ServerMessage | 'pong')[] = []
  const waiting: ((message: ServerMessage | 'pong') => void)[] = []
  socket.on('message', data => {
    const message = read(String(data))
    const taker = waiting.shift()
    if (taker) taker(message)
    else messages.push(message)
  })
  // A refused handshake; tests look at the close that follows.
  socket.on('error', () => undefined)
  const closed = new Promise<number>(resolve => socket.on('close', code => resolve(code)))
  return {
    socket,
    /** The code it was closed with. */
    closed,
    /** The next message, or what it was closed with where none comes any more. */
    next: (): Promise<ServerMessage | 'pong' | number> => {
      const message = messages.shift()
      if (message !== undefined) return Promise.resolve(message)
      return Promise.race([closed, new Promise<ServerMessage | 'pong'>(resolve => waiting.push(resolve))])
    },
    say: (data: string | Buffer) => socket.send(data),
    terminate: () => socket.terminate(),
  }
}

function rawSocket(port: number, path: string, headers: readonly string[]) {
  const socket = connectTcp(port, '127.0.0.1')
  let received = Buffer.alloc(0)
  socket.on('data', data => {
    received = Buffer.concat([received, data])
    socket.emit('more')
  })
  socket.on('error', () => undefined)
  const closed = new Promise<void>(resolve => socket.on('close', () => resolve()))
  const lines = [
    `GET ${path} HTTP/1.1`,
    'Host: desk.test',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  return {
    socket,
    closed,
    received: () => received,
    /** Waits until what was received is as wanted. */
    async until(wanted: (received: Buffer) => boolean) {
      while (!wanted(received)) await once(socket, 'more')
    },
    terminate: () => socket.destroy(),
  }
}

/** A frame as a client would send it, masked with zeros unless told otherwise. */
export function frame(
  opcode: number,
  payload: string | Uint8Array | readonly number[],
  { fin = true, masked = true }: { fin?: boolean; masked?: boolean } = {},
): Buffer {
  const body = typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(payload)
  if (body.length > 125) throw new Error('Only short frames here')
  const head = [(fin ? 0x80 : 0) | opcode, (masked ? 0x80 : 0) | body.length]
  return Buffer.concat([Buffer.from(head), Buffer.alloc(masked ? 4 : 0), body])
}

/** The code of the close frame among what a server sent after its handshake; null when there is none. */
export function closeCode(received: Buffer): number | null {
  let at = received.indexOf('\r\n\r\n') + 4
  while (at >= 4 && at + 2 <= received.length) {
    const short = (received[at + 1] ?? 0) & 0x7f
    const head = short === 126 ? 4 : 2
    if (received[at] === 0x88) return received.readUInt16BE(at + head)
    at += head + (short === 126 ? received.readUInt16BE(at + 2) : short)
  }
  return null
}
