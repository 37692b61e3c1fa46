/**
 * A server that stops waits until its connections have ended. Those that carry no call would keep it waiting:
 * browsers open some in advance, and some clients never send the rest of what they began.
 */
import type { Socket } from 'node:net'
import type { Http } from './server.ts'

/** Ends, when the server stops, each connection as soon as no call is under way on it. Sockets must have ended before. */
export function endUnusedConnections(http: Http): void {
  const callsOn = new Map<Socket, number>()
  let isStopping = false

  function endIfUnused(socket: Socket): void {
    if (isStopping && callsOn.get(socket) === 0) socket.destroySoon()
  }

  function count(socket: Socket, more: 1 | -1): void {
    const calls = callsOn.get(socket)
    if (calls !== undefined) callsOn.set(socket, calls + more)
  }

  http.server.on('connection', socket => {
    callsOn.set(socket, 0)
    socket.once('close', () => callsOn.delete(socket))
    endIfUnused(socket)
  })
  http.server.on('request', ({ socket }, response) => {
    count(socket, 1)
    response.once('close', () => {
      count(socket, -1)
      endIfUnused(socket)
    })
  })
  http.addHook('preClose', async () => {
    isStopping = true
    for (const socket of callsOn.keys()) endIfUnused(socket)
  })
}
