/**
 * Who is connected to this process: brings what the bus carries for a person to each of their sockets, and looks
 * after all of them with one timer.
 */
import { setImmediate as others, setTimeout as wait } from 'node:timers/promises'
import { CLOSE_CODES, EVERYTHING } from '@pms/protocol'
import type { Admission, Authenticate, Recheck } from './admission.ts'
import { inBatches } from './batches.ts'
import { createBroadcasts } from './broadcasts.ts'
import type { Bus } from './bus/bus.ts'
import { Connection, type Resume } from './connection.ts'
import type { Inboxes } from './inbox.ts'
import type { Journal } from './journal.ts'
import { memoryPresence } from './presence/memory.ts'
import type { Presence, Totals } from './presence/presence.ts'
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
  /** Which sign-ins have ended; asked whenever versions are compared. */
  recheck?: Recheck
  /** Counts people and their sockets where there are other nodes. Closed by whoever made it. */
  presence?: Presence
  /** Keeps what may be asked of connections later; nothing is kept if not given. */
  journal?: Journal
  limits?: Partial<HubLimits>
  clock?: Partial<HubClock>
  /** Told of errors that are nobody's input, and on whose connection they happened, if it was one. */
  onError(error: unknown, connection?: Pick<Connection, 'number' | 'userId'>): void
}

export type HubStats = Totals

/** How the engine of this process is, and what it has done. */
export interface HubReadings extends Readonly<Tally>, HubStats {
  isBusConnected: boolean
  /** How many versions the sockets that were furthest behind lacked when versions were last compared. */
  versionLag: number
}

export type Hub = ReturnType<typeof createHub>

interface Person {
  /** Never changed but replaced: most people have one or two, and lists take less room than sets. */
  connections: readonly Connection[]
  unsubscribe: () => void
}

const TICK_MS = 1_000
/** A tick that comes later than this comes to a process that stood still. */
const LATE_MS = TICK_MS + 250
const SLOTS = 64

/** Whatever a page shows may have changed. */
const ANYTHING = { resource: EVERYTHING, id: EVERYTHING }

/** People whose rows are asked for in one query; others come between two. */
const COMPARED_AT_ONCE = 1_000

/** When versions are compared again after the database could not be asked. */
const COMPARED_AGAIN_MS = 2_000

/** How often it is looked whether room was made at other nodes, and how long that may take. */
const ROOM_LOOKS = 5
const BETWEEN_LOOKS_MS = 50

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

export function createHub(options: HubOptions) {
  const { bus, inboxes, authenticate, journal, limits, clock, onError } = options
  const { recheck = async () => [], presence = memoryPresence() } = options
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
  const shared = { inboxes, limits: socketLimits, authenticate, now, onError, tally }
  let versionLag = 0
  let total = 0
  let stopTicking = () => {}
  let tickedAt = 0
  let wasLate = false
  let comparedAt = 0
  let isComparing = false

  function present(userId: string): Person {
    const known = people.get(userId)
    if (known) return known
    const unsubscribe = bus.subscribe(userId, message => {
      if (message.kind === 'crowded') {
        dropDead(userId)
        return
      }
      if (message.kind === 'record_asked') {
        journal?.asked(person.connections.flatMap(({ record }) => record ?? []))
        return
      }
      for (const connection of person.connections) connection.receive(message)
      // Clocks of two processes differ a little: what comes before it was sent came at once.
      if (message.kind === 'created')
        observe(tally.deliveryMs, Math.max(0, now() - Date.parse(message.item.created_at)))
    })
    const person: Person = { connections: [], unsubscribe }
    people.set(userId, person)
    return person
  }

  function tick(): void {
    // Whoever stood still first hears what was said meanwhile, and judges at the next tick who is silent.
    wasLate = !wasLate && now() - tickedAt > LATE_MS
    tickedAt = now()
    if (!wasLate) wheel.turn(now())
    if (now() - comparedAt < compareMs || isComparing) return
    comparedAt = now()
    isComparing = true
    compare([...people.keys()])
      .then(behind => {
        // What brought no change of the inbox may not have brought other news either.
        for (const connection of behind) connection.signal(ANYTHING)
      })
      .catch(compareAgain)
      .finally(() => {
        isComparing = false
      })
  }

  /** Until versions have been compared nobody knows what is missing. */
  function compareAgain(error: unknown): void {
    comparedAt = now() - compareMs + Math.min(compareMs, COMPARED_AGAIN_MS)
    onError(error)
  }

  /**
   * Heals what the bus lost: whoever is behind the database reads what is missing, and whose sign-in has ended goes.
   * @returns the sockets that were behind
   */
  async function compare(userIds: readonly string[]): Promise<Connection[]> {
    const behind: Connection[] = []
    let furthest = 0
    for (const [at, batch] of inBatches(userIds, COMPARED_AT_ONCE).entries()) {
      if (at > 0) await others()
      for (const [userId, version] of await inboxes.versions(batch)) {
        for (const connection of people.get(userId)?.connections ?? []) {
          furthest = Math.max(furthest, connection.lacks(version))
          if (connection.hint(version)) behind.push(connection)
        }
      }
      const signIns = connectionsOf(batch).map(({ userId, session }) => ({ userId, session }))
      for (const part of inBatches(signIns, COMPARED_AT_ONCE)) {
        for (const revocation of await recheck(part)) {
          for (const connection of connectionsOf([revocation.user_id])) connection.receive(revocation)
        }
      }
    }
    tally.gapsHealed += behind.length
    versionLag = furthest
    return behind
  }

  const connectionsOf = (userIds: readonly string[]): Connection[] =>
    userIds.flatMap(userId => people.get(userId)?.connections ?? [])

  bus.onDoubt(userIds => {
    compare(userIds?.filter(userId => people.has(userId)) ?? [...people.keys()]).catch(compareAgain)
    if (userIds === null) broadcasts.add({ kind: 'broadcast', ...ANYTHING, except: [] })
    else for (const connection of connectionsOf(userIds)) connection.signal(ANYTHING)
  })

  const broadcasts = createBroadcasts({ hearers: everyConnection, every })
  bus.onBroadcast(change => broadcasts.add(change))

  function* everyConnection() {
    for (const { connections } of people.values()) yield* connections
  }

  function release(connection: Connection, code: number | null = null): void {
    connection.closed(code)
    const person = people.get(connection.userId)
    if (!person?.connections.includes(connection)) return
    person.connections = person.connections.filter(each => each !== connection)
    if (connection.isCounted) presence.leave(connection.userId)
    connection.isCounted = false
    wheel.remove(connection)
    journal?.closed(connection, connection.record)
    total -= 1
    if (total === 0) {
      stopTicking()
      broadcasts.clear()
    }
    if (person.connections.length > 0) return
    person.unsubscribe()
    people.delete(connection.userId)
  }

  /** Lets go of one socket of a person that is dead, if there is one. */
  function dropDead(userId: string): boolean {
    const dead = connectionsOf([userId]).find(connection => connection.isSuspect)
    if (!dead) return false
    dead.end(CLOSE_CODES.heartbeatLost, 'No sign of life')
    release(dead)
    return true
  }

  /** At the limit a dead socket makes room; a living one never does, or tabs would evict each other in turns. */
  const hasRoomHere = (userId: string) =>
    (people.get(userId)?.connections.length ?? 0) < socketsPerUser || dropDead(userId)

  /** Counts a socket that is listed already among those at all nodes, where there is room for it. */
  async function enter(connection: Connection): Promise<boolean> {
    const { userId } = connection
    if (!(await findRoom(userId))) return false
    if (people.get(userId)?.connections.includes(connection)) connection.isCounted = true
    // It was gone before it was in.
    else presence.leave(userId)
    return true
  }

  async function findRoom(userId: string): Promise<boolean> {
    if (await presence.enter(userId, socketsPerUser)) return true
    bus.publish([{ kind: 'crowded', user_id: userId }])
    for (let look = 0; look < ROOM_LOOKS; look++) {
      await wait(BETWEEN_LOOKS_MS, undefined, { ref: false })
      if (await presence.enter(userId, socketsPerUser)) return true
    }
    return false
  }

  return {
    authenticate,

    /** Takes a socket of a person, until it is released; null when they have as many as they may. */
    accept(admission: Admission, socket: Socket, resume: Resume | null): Connection | null {
      const { userId } = admission
      if (!hasRoomHere(userId)) {
        tally.crowdedOut += 1
        return null
      }
      const entry = Promise.withResolvers<boolean>()
      tally.opened += 1
      // Listed before it reads where the inbox stands, so that nothing falls between.
      const connection = new Connection(shared, {
        number: tally.opened,
        admission,
        socket,
        resume,
        entry: entry.promise,
      })
      const person = present(userId)
      person.connections = [...person.connections, connection]
      enter(connection).then(entry.resolve, entry.reject)
      if (total === 0) {
        comparedAt = now()
        tickedAt = now()
        stopTicking = every(TICK_MS, tick)
      }
      total += 1
      journal?.opened(connection)
      const first = connection.check(now())
      if (first !== null) wheel.add(connection, first)
      return connection
    },

    /**
     * To be called when a socket is gone, for whatever reason, with the code it was closed with; more than once does no
     * harm.
     */
    release,

    /** Who is connected to this process. */
    stats: (): HubStats => ({ activeUsers: people.size, totalConnections: total }),

    /** Who is connected to any of them. */
    totals: (): Promise<Totals> => presence.totals(),

    /** How this process's engine is. Costs nothing to ask. */
    readings: (): HubReadings => ({
      ...tally,
      activeUsers: people.size,
      totalConnections: total,
      isBusConnected: bus.isConnected,
      versionLag,
    }),

    /** Whether a person has a socket, at whichever process. */
    isOnline: (userId: string): Promise<boolean> => presence.isPresent(userId),

    /** Announces a stop, takes no more commands, and resolves when those taken are done. */
    async drain(): Promise<void> {
      const spread = Math.min(MOST_SPREAD_MS, total * SPREAD_MS_EACH)
      const connections = [...people.values()].flatMap(person => person.connections)
      await Promise.all(connections.map(connection => connection.drain(Math.round(Math.random() * spread))))
    },
  }
}
