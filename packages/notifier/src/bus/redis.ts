/**
 * The bus of many processes, over the channels of Redis or Valkey: one for each person who is connected somewhere, and
 * one that all processes hear.
 * What is published here is heard here at once, without Redis. While Redis is away nothing waits for it and nothing is
 * kept for it: whoever was deaf doubts when they hear again, whoever was mute says so to all, and the rows are looked at.
 */
import { randomUUID } from 'node:crypto'
import { inBatches } from '../batches.ts'
import type { Bus, BusMessage } from './bus.ts'
import { createListeners } from './listeners.ts'
import { redisLink } from './redis-link.ts'

export interface RedisBusOptions {
  /** `redis://host:port` */
  url: string
  /** Before the names of all channels, so that several products can share a server. */
  prefix?: string
  /** Told when Redis cannot be reached, once each time. */
  onError(error: unknown): void
  /** Told when all is heard again, once each time. */
  onRecovered?(): void
}

/** Beyond this a message is only a hint that there is something to read. Characters. */
const LARGEST = 8_192
/** Channels in one command. */
const BATCH = 500
/** What may be on its way to Redis; what is more is left to the comparison of versions. Messages. */
const MOST_UNDERWAY = 10_000
/** How often it is looked whether there is something to own up to. */
const OWN_UP_MS = 1_000

/** What goes over a channel. */
interface Parcel {
  from: string
  messages: BusMessage[]
}

export function redisBus({ url, prefix = 'inbox', onError, onRecovered }: RedisBusOptions): Bus {
  const here = randomUUID()
  const listeners = createListeners()
  const doubters = new Set<(userIds: readonly string[] | null) => void>()
  const link = redisLink({ url, isWell: () => hears, onError, ...(onRecovered && { onRecovered }) })
  const speaker = link.open()
  const hearer = link.open()
  const channelOf = (userId: string) => `${prefix}:${userId}`
  const everybody = `${prefix}/everybody`

  /** Channels that Redis knows to bring here. */
  const heard = new Set<string>()
  /** People who came or went since Redis was last told. */
  const moved = new Set<string>()
  let isTelling = false
  let hears = false
  let underway = 0
  /** Something was to be said that others have not heard, and do not know of. */
  let owesTruth = false
  let isClosed = false

  const isConnected = () => hears && speaker.status === 'ready'

  const channelOfMessage = (message: BusMessage) =>
    message.kind === 'broadcast' ? everybody : channelOf(message.user_id)

  function doubt(userIds: readonly string[] | null): void {
    for (const doubter of doubters) doubter(userIds)
  }

  hearer.on('close', () => {
    hears = false
    heard.clear()
  })
  hearer.on('ready', () => {
    heard.clear()
    for (const userId of listeners.ids()) moved.add(userId)
    tellSoon()
  })
  hearer.on('message', (_channel: string, text: string) => {
    const { from, messages } = JSON.parse(text) as Parcel
    if (from === here) return
    if (messages.length === 0) doubt(null)
    else listeners.tell(messages)
  })

  /** Tells all processes, by a parcel with nothing in it, that something was left unsaid. What it was is in the rows. */
  function ownUp(): void {
    if (!owesTruth || underway > 0 || speaker.status !== 'ready') return
    owesTruth = false
    speaker.publish(everybody, pack(here, [])).catch(notSaid)
  }

  function notSaid(error: unknown): void {
    owesTruth = true
    link.trouble(error)
  }

  speaker.on('ready', ownUp)
  const owningUp = setInterval(ownUp, OWN_UP_MS).unref()

  function tellSoon(): void {
    if (isTelling || isClosed) return
    isTelling = true
    setImmediate(() => {
      tell()
        // Whatever Redis did take: the successor of this connection begins anew. It may be gone already.
        .catch(error => {
          link.trouble(error)
          if (hearer.status === 'ready' && !isClosed) hearer.disconnect(true)
        })
        .finally(() => {
          isTelling = false
          if (moved.size > 0 && hearer.status === 'ready') tellSoon()
        })
    })
  }

  /** Tells Redis who came and who went. Whoever came has been deaf until then. */
  async function tell(): Promise<void> {
    if (hearer.status !== 'ready') return
    const people = [...moved]
    moved.clear()
    const came = people.filter(userId => listeners.has(userId) && !heard.has(userId))
    const went = people.filter(userId => !listeners.has(userId) && heard.has(userId))
    for (const userId of went) heard.delete(userId)
    for (const batch of inBatches(went, BATCH)) await hearer.unsubscribe(...batch.map(channelOf))
    for (const batch of inBatches(came, BATCH)) {
      await hearer.subscribe(...batch.map(channelOf))
      for (const userId of batch) heard.add(userId)
    }
    const wasDeaf = !hears
    if (wasDeaf) await hearer.subscribe(everybody)
    hears = true
    if (wasDeaf) doubt(null)
    else if (came.length > 0) doubt(came)
  }

  return {
    get isConnected() {
      return isConnected()
    },

    publish(messages) {
      listeners.tell(messages)
      for (const [channel, some] of Map.groupBy(messages, channelOfMessage)) {
        if (speaker.status !== 'ready' || underway >= MOST_UNDERWAY) {
          owesTruth = true
          return
        }
        underway += 1
        speaker
          .publish(channel, pack(here, some))
          .catch(notSaid)
          .finally(() => {
            underway -= 1
          })
      }
    },

    subscribe(userId, listener) {
      const remove = listeners.add(userId, listener)
      const changed = () => {
        moved.add(userId)
        tellSoon()
      }
      if (!heard.has(userId)) changed()
      return () => {
        if (remove()) changed()
      }
    },

    onBroadcast: listeners.onBroadcast,

    onDoubt(listener) {
      doubters.add(listener)
      return () => doubters.delete(listener)
    },

    async close() {
      isClosed = true
      clearInterval(owningUp)
      link.close()
    },
  }
}

function pack(from: string, messages: readonly BusMessage[]): string {
  const text = JSON.stringify({ from, messages } satisfies { from: string; messages: readonly BusMessage[] })
  return text.length <= LARGEST ? text : JSON.stringify({ from, messages: messages.map(shorten) })
}

/** Of a change, that there is one: its row can be read. Of what all are told, not who knows: being told twice does no harm. */
function shorten(message: BusMessage): BusMessage {
  if (message.kind === 'broadcast') return { ...message, except: [] }
  if (!('version' in message)) return message
  return { kind: 'moved', user_id: message.user_id, version: message.version }
}
