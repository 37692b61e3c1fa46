/** Bytes on a wire: a socket that does only what it is told, and answers no ping by itself. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { closeCode } from '../../../packages/notifier/test/socket-server.ts'

/** @param query of the address, such as `token=…` */
export function openRaw(url: string, query: string) {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = Buffer.alloc(0)
  socket.on('data', chunk => {
    received = Buffer.concat([received, chunk])
    socket.emit('more')
  })
  socket.on('error', () => undefined)
  const closed = new Promise<void>(resolve => socket.on('close', () => resolve()))
  const head = [
    `GET /api/notifications/ws?${query} HTTP/1.1`,
    'Host: faults.test',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  return {
    socket,
    closed,
    /** What the server closed it with; null while it has not. */
    closeCode: () => closeCode(received),
    /** Resolves when the server has greeted, or has ended it. */
    async greeted(): Promise<void> {
      const isOver = () => closeCode(received) !== null || socket.destroyed
      while (!received.includes('connection_established') && !isOver())
        await Promise.race([once(socket, 'more'), closed])
    },
  }
}
