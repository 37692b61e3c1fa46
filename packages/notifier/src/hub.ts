/**
 * Who is connected to this process: brings what the bus carries for a person to each of their sockets, and looks
 * after all of them with one timer.
 */
import { CLOSE_CODES } from '@pms/protocol'
import type { Admission, Authenticate } from './admission.ts'
import { createBroadcasts } from './broadcasts.ts'
import type { Bus } from './bus/bus.ts'
import { Connection, type Resume } from './connection.ts'
import type { Inboxes } from './inbox.ts'
import { DEFAULT_SOCKET_LIMITS, type Socket, type SocketLimits } from './socket.ts'
import { createTally, observe, type Tally } from './tally.ts'
import { createWheel } from './wheel.ts'

/** Time, as tests would have it. */
export interface HubClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls again and again until the returned function is called. */
  every(ms: number, call: () => void): () => void
}

export interface HubLimits extends SocketLimits {
  socketsPerUser: number
  /** How often the versions of everybody connected are compared with the database. */
  compareMs: number
}

export interface HubOptions {
  bus: Bus
  inboxes: Inboxes
  authenticate: Authenticate
  limits?: Partial<HubLimits>
  clock?: Partial<HubClock>
  /** Told of errors that are nobody's input. */
  onError(error: unknown): void
}

export interface HubStats {
  activeUsers: number
  totalConnections: number
}

/** How the engine of this process is, and what it has done. */
export interface HubReadings extends Readonly<Tally>, HubStats {
  isBusConnected: boolean
  /** How many versions the sockets that were furthest behind lacked when versions were last compared. */
  versionLag: number
}

export type Hub = ReturnType<typeof createHub>

interface Person {
  connections: Set<Connection>
  unsubscribe: () => void
}

const TICK_MS = 1_000
const SLOTS = 64

/** When the server stops, clients are told to come back within this time, and within so much for each of them. */
const MOST_SPREAD_MS = 30_000
const SPREAD_MS_EACH = 2

const realClock: HubClock = {
  now: Date.now,
  every(ms, call) {
    const timer = setInterval(call, ms)
    return () => clearInterval(timer)
  },
}

export function createHub({ bus, inboxes, authenticate, limits, clock, onError }: HubOptions) {
  const { now, every } = { ...realClock, ...clock }
  const { socketsPerUser, compareMs, ...socketLimits } = {
    ...DEFAULT_SOCKET_LIMITS,
    socketsPerUser: 20,
    compareMs: 25_000,
    ...limits,
  }
  const people = new Map<string, Person>()
  const wheel = createWheel(TICK_MS, SLOTS)
  const tally = createTally()
  let versionLag = 0
  let total = 0
  let stopTicking = () => {}
  let comparedAt = 0
  let isComparing = false

  function present(userId: string): Person {
    const known = people.get(userId)
    if (known) return known
    const connections = new Set<Connection>()
    const unsubscribe = bus.subscribe(userId, message => {
      for (const connection of connections) connection.receive(message)
      // Clocks of two processes differ a little: what comes before it was sent came at once.
      if (message.kind === 'created')
        observe(tally.deliveryMs, Math.max(0, now() - Date.parse(message.item.created_at)))
    })
    const person = { connections, unsubscribe }
    people.set(userId, person)
    return person
  }

  function tick(): void {
    wheel.turn(now())
    if (now() - comparedAt < compareMs || isComparing) return
    comparedAt = now()
    isComparing = true
    compare([...people.keys()])
      .catch(onError)
      .finally(() => {
        isComparing = false
      })
  }

  /** Heals what the bus lost: whoever is behind the database reads what is missing. */
  async function compare(userIds: readonly string[]): Promise<void> {
    let furthest = 0
    for (const [userId, version] of await inboxes.versions(userIds)) {
      for (const connection of people.get(userId)?.connections ?? []) {
        furthest = Math.max(furthest, connection.lacks(version))
        if (connection.hint(version)) tally.gapsHealed += 1
      }
    }
    versionLag = furthest
  }

  bus.onDoubt(userIds => {
    compare(userIds?.filter(userId => people.has(userId)) ?? [...people.keys()]).catch(onError)
  })

  const broadcasts = createBroadcasts({ hearers: everyConnection, every })
  bus.onBroadcast(change => broadcasts.add(change))

  function* everyConnection() {
    for (const { connections } of people.values()) yield* connections
  }

  function release(connection: Connection): void {
    connection.closed()
    const person = people.get(connection.userId)
    if (!person?.connections.delete(connection)) return
    wheel.remove(connection)
    total -= 1
    if (total === 0) {
      stopTicking()
      broadcasts.clear()
    }
    if (person.connections.size > 0) return
    person.unsubscribe()
    people.delete(connection.userId)
  }

  /** At the limit a dead socket makes room; a living one never does, or tabs would evict each other in turns. */
  function hasRoom(userId: string): boolean {
    const connections = people.get(userId)?.connections
    if (!connections || connections.size < socketsPerUser) return true
    const dead = [...connections].find(connection => connection.isSuspect)
    if (!dead) return false
    dead.end(CLOSE_CODES.heartbeatLost, 'No sign of life')
    release(dead)
    return true
  }

  return {
    authenticate,

    /** Takes a socket of a person, until it is released; null when they have as many as they may. */
    accept(admission: Admission, socket: Socket, resume: Resume | null): Connection | null {
      if (!hasRoom(admission.userId)) {
        tally.crowdedOut += 1
        return null
      }
      // Listed before it reads where the inbox stands, so that nothing falls between.
      const connection = new Connection({
        admission,
        socket,
        inboxes,
        limits: socketLimits,
        resume,
        authenticate,
        now,
        onError,
        tally,
      })
      present(admission.userId).connections.add(connection)
      if (total === 0) {
        comparedAt = now()
        stopTicking = every(TICK_MS, tick)
      }
      total += 1
      tally.opened += 1
      const first = connection.check(now())
      if (first !== null) wheel.add(connection, first)
      return connection
    },

    /** To be called when a socket is gone, for whatever reason; more than once does no harm. */
    release,

    stats: (): HubStats => ({ activeUsers: people.size, totalConnections: total }),

    /** How this process's engine is. Costs nothing to ask. */
    readings: (): HubReadings => ({
      ...tally,
      activeUsers: people.size,
      totalConnections: total,
      isBusConnected: bus.isConnected,
      versionLag,
    }),

    isOnline: (userId: string): boolean => people.has(userId),

    /** Announces a stop, takes no more commands, and resolves when those taken are done. */
    async drain(): Promise<void> {
      const spread = Math.min(MOST_SPREAD_MS, total * SPREAD_MS_EACH)
      const connections = [...people.values()].flatMap(person => [...person.connections])
      await Promise.all(connections.map(connection => connection.drain(Math.round(Math.random() * spread))))
    },
  }
}
