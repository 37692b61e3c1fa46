/** Who is connected to this process: brings what the bus carries for a person to each of their sockets. */
import type { Bus } from './bus/bus.ts'
import { Connection, type Resume } from './connection.ts'
import type { Inboxes } from './inbox.ts'
import { DEFAULT_SOCKET_LIMITS, type Socket, type SocketLimits } from './socket.ts'

export interface HubOptions {
  bus: Bus
  inboxes: Inboxes
  limits?: Partial<SocketLimits & { socketsPerUser: number }>
  /** Told of errors that are nobody's input. */
  onError(error: unknown): void
}

export interface HubStats {
  activeUsers: number
  totalConnections: number
}

export type Hub = ReturnType<typeof createHub>

/** What a transport needs of an accepted socket. */
export type Accepted = Pick<Connection, 'command' | 'refuse'> & {
  /** To be called once, when the socket is gone for whatever reason. */
  closed(): void
}

export function createHub({ bus, inboxes, limits = {}, onError }: HubOptions) {
  const socketLimits = { ...DEFAULT_SOCKET_LIMITS, ...limits }
  const socketsPerUser = limits.socketsPerUser ?? 20
  const people = new Map<string, { connections: Set<Connection>; unsubscribe: () => void }>()
  let total = 0

  function present(userId: string) {
    const known = people.get(userId)
    if (known) return known
    const connections = new Set<Connection>()
    const unsubscribe = bus.subscribe(userId, message => {
      for (const connection of connections) connection.receive(message)
    })
    const person = { connections, unsubscribe }
    people.set(userId, person)
    return person
  }

  return {
    /** Takes a socket of a person; null when they have as many as they may. */
    accept(userId: string, socket: Socket, resume: Resume | null): Accepted | null {
      const person = present(userId)
      if (person.connections.size >= socketsPerUser) return null
      // Listed before it reads where the inbox stands, so that nothing falls between.
      const connection = new Connection({ userId, socket, inboxes, limits: socketLimits, resume, onError })
      person.connections.add(connection)
      total += 1
      return {
        command: text => connection.command(text),
        refuse: (problem, request) => connection.refuse(problem, request),
        closed() {
          connection.closed()
          if (!person.connections.delete(connection)) return
          total -= 1
          if (person.connections.size > 0) return
          person.unsubscribe()
          people.delete(userId)
        },
      }
    },

    stats: (): HubStats => ({ activeUsers: people.size, totalConnections: total }),

    isOnline: (userId: string): boolean => people.has(userId),
  }
}
