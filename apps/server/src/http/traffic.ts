/** What is called here just now: for work that lets others pass, and for a server that stops. */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import type { Others } from '../jobs/others.ts'

/** What a connection carries. */
interface Carried {
  underWay: number
  /** It has carried a call before, or does now. */
  ever: boolean
}

export interface Traffic extends Others {
  /** Connections that are open. */
  readonly connections: ReadonlyMap<Socket, Readonly<Carried>>
  /** Tells one listener of each call that was answered, or given up: the connection that it was on. */
  onAnswered(listener: (socket: Socket) => void): void
}

export interface TrafficOptions {
  /** Whoever called longer ago is not at it any more. */
  aboutMs?: number
  /**
   * Most calls are answered in less. It is no more, so that many who never stop calling, or one whose body takes minutes
   * to arrive, make other work slower and do not end it.
   */
  patienceMs?: number
}

export function watchTraffic(
  server: Server,
  { aboutMs = 50, patienceMs = 10 }: TrafficOptions = {},
): Traffic {
  const connections = new Map<Socket, Carried>()
  let answered = (_socket: Socket): void => {}
  let underWay = 0
  let lastAt = Number.NEGATIVE_INFINITY

  server.on('connection', socket => {
    connections.set(socket, { underWay: 0, ever: false })
    socket.once('close', () => connections.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    const carried = connections.get(socket) ?? { underWay: 0, ever: true }
    carried.underWay += 1
    carried.ever = true
    underWay += 1
    response.once('close', () => {
      carried.underWay -= 1
      underWay -= 1
      lastAt = performance.now()
      answered(socket)
    })
  })

  return {
    connections,
    onAnswered(listener) {
      answered = listener
    },
    areAbout: () => underWay > 0 || performance.now() - lastAt < aboutMs,
    async pass() {
      const until = performance.now() + patienceMs
      // In one turn of the event loop what has come is read, in the next it is known.
      await turn()
      do await turn()
      while (underWay > 0 && performance.now() < until)
    },
  }
}
