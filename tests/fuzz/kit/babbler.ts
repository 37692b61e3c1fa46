/** A connection that says what it likes, and keeps a record of what the server says to it. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { decodeFrames, OPCODES } from './frames.ts'

export type Babbler = ReturnType<typeof openBabbler>

/** @param query of the address, such as `token=…` */
export function openBabbler(url: string, query: string, moreHeaders: readonly string[] = []) {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname)
  /** What is not read as frames yet; before the handshake is answered, that answer. */
  let rest: Buffer = Buffer.alloc(0)
  let handshake: string | null = null
  const texts: string[] = []
  let closeCode: number | null = null
  const others: number[] = []

  function take(chunk: Buffer): void {
    rest = Buffer.concat([rest, chunk])
    if (handshake === null) {
      const end = rest.indexOf('\r\n\r\n')
      if (end === -1) return
      handshake = rest.toString('latin1', 0, end)
      rest = rest.subarray(end + 4)
    }
    // A handshake that is refused is answered with a page.
    if (!handshake.includes(' 101 ')) return
    const decoded = decodeFrames(rest)
    rest = decoded.rest
    for (const { opcode, payload } of decoded.frames) {
      if (opcode === OPCODES.text) texts.push(payload.toString())
      else if (opcode === OPCODES.close) closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      else if (opcode !== OPCODES.ping && opcode !== OPCODES.pong) others.push(opcode)
    }
    socket.emit('more')
  }

  socket.on('data', take)
  socket.on('error', () => undefined)
  const closed = new Promise<void>(resolve => socket.on('close', () => resolve()))
  const head = [
    `GET /api/notifications/ws?${query} HTTP/1.1`,
    'Host: fuzz.test',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...moreHeaders,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`, 'latin1')

  return {
    socket,
    closed,
    texts,
    /** Opcodes that no server of ours sends. */
    others,
    closeCode: () => closeCode,
    /** Of the answer to the handshake; null when there was none. */
    status: () => (handshake === null ? null : Number(handshake.split(' ')[1])),
    /** Resolves when it is so, or the connection has ended. */
    async until(isSo: () => boolean): Promise<void> {
      while (!isSo() && !socket.destroyed) await Promise.race([once(socket, 'more'), closed])
    },
  }
}
