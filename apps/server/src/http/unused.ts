/**
 * A server that stops waits until its connections have ended. Those that carry no call would keep it waiting:
 * browsers open some in advance, and some clients never send the rest of what they began.
 */
import type { Socket } from 'node:net'
import { setImmediate as others } from 'node:timers/promises'
import type { Http } from './server.ts'

/**
 * A connection that has carried nothing yet may have its first call on the way. To end it then would leave its caller
 * not knowing whether the call was done; a moment later the call is there, and refused in words.
 */
const FIRST_CALL_MS = 250

/**
 * Ends, when the server stops, each connection as soon as no call is under way on it. Sockets must have ended before.
 * @param isDraining it will stop soon: each answer is then the last on its connection, so that a proxy keeps none on
 * which it would send a call just when it ends
 */
export function endUnusedConnections(http: Http, isDraining: () => boolean): void {
  const callsOn = new Map<Socket, { underWay: number; ever: boolean }>()
  let isStopping = false

  function endIfUnused(socket: Socket): void {
    if (isStopping && callsOn.get(socket)?.underWay === 0) socket.destroySoon()
  }

  function endInTime(socket: Socket): void {
    if (callsOn.get(socket)?.ever) endIfUnused(socket)
    else setTimeout(() => endIfUnused(socket), FIRST_CALL_MS)
  }

  function count(socket: Socket, more: 1 | -1): void {
    const calls = callsOn.get(socket)
    if (calls) callsOn.set(socket, { underWay: calls.underWay + more, ever: true })
  }

  http.server.on('connection', socket => {
    callsOn.set(socket, { underWay: 0, ever: false })
    socket.once('close', () => callsOn.delete(socket))
    if (isStopping) endInTime(socket)
  })
  http.server.on('request', ({ socket }, response) => {
    count(socket, 1)
    if (isDraining()) response.shouldKeepAlive = false
    response.once('close', () => {
      count(socket, -1)
      endIfUnused(socket)
    })
  })
  http.addHook('preClose', async () => {
    isStopping = true
    for (const socket of callsOn.keys()) endInTime(socket)
    // The server stops listening right after this. Just after the event loop has looked at what has come nobody stands
    // in the queue, who would be cut off with their call on the way.
    await others()
  })
}
