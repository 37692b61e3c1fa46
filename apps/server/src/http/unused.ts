/**
 * A server that stops waits until its connections have ended. Those that carry no call would keep it waiting:
 * browsers open some in advance, and some clients never send the rest of what they began.
 */
import type { Socket } from 'node:net'
import { setImmediate as others } from 'node:timers/promises'
import type { Http } from './server.ts'
import type { Traffic } from './traffic.ts'

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
export function endUnusedConnections(http: Http, traffic: Traffic, isDraining: () => boolean): void {
  const { connections } = traffic
  let isStopping = false

  function endIfUnused(socket: Socket): void {
    if (isStopping && connections.get(socket)?.underWay === 0) socket.destroySoon()
  }

  function endInTime(socket: Socket): void {
    if (connections.get(socket)?.ever) endIfUnused(socket)
    else setTimeout(() => endIfUnused(socket), FIRST_CALL_MS)
  }

  http.server.on('connection', socket => {
    if (isStopping) endInTime(socket)
  })
  http.server.on('request', (_request, response) => {
    if (isDraining()) response.shouldKeepAlive = false
  })
  traffic.onAnswered(endIfUnused)
  http.addHook('preClose', async () => {
    isStopping = true
    for (const socket of connections.keys()) endInTime(socket)
    // The server stops listening right after this. Just after the event loop has looked at what has come nobody stands
    // in the queue, who would be cut off with their call on the way.
    await others()
  })
}
