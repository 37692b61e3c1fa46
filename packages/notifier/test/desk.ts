/** A whole engine in memory, with people of a ticket desk who connect to it. For the tests of its live half. */
import { ServerMessage } from '@pms/protocol'
import { Check } from 'typebox/value'
import type { Admission, Authenticate, Recheck } from '../src/admission.ts'
import type { Bus } from '../src/bus/bus.ts'
import { memoryBus } from '../src/bus/memory.ts'
import type { Connection, Resume } from '../src/connection.ts'
import { openDatabase } from '../src/database/database.ts'
import { sqlite } from '../src/database/sqlite.ts'
import type { NotifierTables } from '../src/database/tables.ts'
import { createHub, type HubClock, type HubOptions } from '../src/hub.ts'
import { createInboxes, type Inboxes } from '../src/inbox.ts'
import type { Journal } from '../src/journal.ts'
import { notify, resolve } from '../src/notify.ts'
import type { Presence } from '../src/presence/presence.ts'
import { ticketAssigned } from '../src/testing/definitions.ts'
import { type FakeSocket, fakeSocket } from '../src/testing/fake-socket.ts'

export const NOW = '2027-01-04T09:00:00.000Z'
export const DAN = { id: 'dan', name: 'Dan Dee' }
const ticket = (id: string) => ({ type: 'ticket', id })

export interface DeskOptions {
  limits?: HubOptions['limits']
  /** What the hub gets instead of the inboxes: slower ones, broken ones. */
  inboxes?: (real: Inboxes) => Inboxes
  /** What everybody gets instead of the bus: one that loses something. */
  bus?: (real: Bus) => Bus
  /** What the hub takes for time. */
  clock?: HubClock
  authenticate?: Authenticate
  recheck?: Recheck
  presence?: Presence
  journal?: Journal
}

export type Desk = Awaited<ReturnType<typeof openDesk>>

/** Tokens are `token-<user>`; other ones are bad; that of `eve` is forbidden. */
const byToken: Authenticate = async ({ value }) => {
  if (value === 'token-eve') return 'forbidden'
  return value.startsWith('token-') ? admit(value.slice('token-'.length)) : 'unauthenticated'
}

/** Lets a person in, on a session of theirs, for as long as a test lasts and longer. */
export const admit = (userId: string, more: Partial<Admission> = {}): Admission => ({
  userId,
  session: `session of ${userId}`,
  expiresAt: Number.MAX_SAFE_INTEGER,
  ...more,
})

export async function openDesk(options: DeskOptions = {}) {
  const { limits, clock, authenticate = byToken, recheck, presence, journal, ...instead } = options
  const memory = memoryBus()
  const bus = instead.bus?.(memory) ?? memory
  const database = await openDatabase<NotifierTables>({
    engine: sqlite(':memory:'),
    bus,
    clock: () => new Date(NOW),
  })
  const inboxes = createInboxes(database)
  const errors: unknown[] = []
  const hub = createHub({
    bus,
    inboxes: instead.inboxes?.(inboxes) ?? inboxes,
    authenticate,
    onError: error => errors.push(error),
    ...(limits && { limits }),
    ...(clock && { clock }),
    ...(recheck && { recheck }),
    ...(presence && { presence }),
    ...(journal && { journal }),
  })

  /** Raises one notification a ticket, all in one transaction. */
  const assign = (to: string | string[], ...ids: string[]) =>
    database.transaction(async tx => {
      for (const id of ids) {
        notify(tx, ticketAssigned, {
          to,
          actor: DAN,
          data: { ticket_id: id },
          words: { subject: id },
          object: ticket(id),
        })
      }
    })

  return {
    bus,
    database,
    inboxes,
    hub,
    errors,
    assign,
    settle: (id: string) => database.transaction(async tx => resolve(tx, ticket(id), DAN)),
    /** Ids in a person's inbox, newest first. */
    ids: async (userId: string) =>
      (await inboxes.list(userId, { skip: 0, limit: 1_000 })).notifications.map(item => item.id),
    /** Connects a person; throws when the hub refuses. */
    connect(who: string | Admission, resume: Resume | null = null, socket = fakeSocket()) {
      const admission = typeof who === 'string' ? admit(who) : who
      const connection = hub.accept(admission, socket, resume)
      if (!connection) throw new Error(`${admission.userId} was refused`)
      return tab(socket, connection, code => hub.release(connection, code))
    },
    close: () => database.close(),
  }
}

export type Tab = ReturnType<typeof tab>

function tab(socket: FakeSocket, connection: Connection, leave: (code?: number) => void) {
  let seen = 0
  return {
    socket,
    say: (text: string) => connection.command(text),
    /** Says what the transport cannot even hand on as text. */
    garble: () => connection.refuse({ code: 'garbled', message: 'That is no text' }, ''),
    leave,
    /** A sign of life without a word. */
    beat: () => connection.heard(),
    /** What was heard since this was last asked, once all is quiet; each message checked against its schema. */
    async hears() {
      await quiet()
      const fresh = socket.sent.slice(seen).map(read)
      seen = socket.sent.length
      return fresh
    },
  }
}

/** What a returning client says of where it stopped listening. */
export const since = (version: number, epoch: string | null = null): Resume => ({ since: version, epoch })

/** The part of a greeting that is the same for all. */
export const greeting = { type: 'connection_established' }

/** Something to wait for until it is let pass. */
export function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: resolve }
}

/** Lets everything happen that waits for nothing: with an in-process database that is all but a held write. */
export function quiet(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

/** One text from the server: a message of the protocol, or the bare `pong`. */
export function read(text: string): ServerMessage | 'pong' {
  if (text === 'pong') return text
  const message: unknown = JSON.parse(text)
  if (!Check(ServerMessage, message)) throw new Error(`No message of the protocol: ${text}`)
  return message
}
