/**
 * The bus of many processes, over the channels of Redis or Valkey: one for each person who is connected somewhere, and
 * one that all processes hear.
 * What is published here is heard here at once, without Redis. While Redis is away nothing waits for it and nothing is
 * kept for it: whoever was deaf says so when they hear again, and the rows are looked at.
 */
import { randomUUID } from 'node:crypto'
import { Redis, type RedisOptions } from 'ioredis'
import type { Bus, BusMessage } from './bus.ts'
import { createListeners } from './listeners.ts'

export interface RedisBusOptions {
  /** `redis://host:port` */
  url: string
  /** Before the names of all channels, so that several products can share a server. */
  prefix?: string
  /** Told when Redis cannot be reached, once each time. */
  onError(error: unknown): void
}

/** Beyond this a message is only a hint that there is something to read. Characters. */
const LARGEST = 8_192
/** Channels in one command. */
const BATCH = 500
/** What may be on its way to Redis; what is more is left to the comparison of versions. Messages. */
const MOST_UNDERWAY = 10_000
/** A server that does not answer for so long is taken for gone. */
const PATIENCE_MS = 2_000
const LOOK_MS = 1_000
const MOST_BETWEEN_TRIES_MS = 1_000

/** What goes over a channel. */
interface Parcel {
  from: string
  messages: BusMessage[]
}

export function redisBus({ url, prefix = 'inbox', onError }: RedisBusOptions): Bus {
  const here = randomUUID()
  const listeners = createListeners()
  const doubters = new Set<(userIds: readonly string[] | null) => void>()
  const options: RedisOptions = {
    // What could not be said is not said later: by then the rows have told it.
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: PATIENCE_MS,
    connectTimeout: PATIENCE_MS,
    retryStrategy: tries => Math.random() * Math.min(MOST_BETWEEN_TRIES_MS, 50 * 2 ** tries),
  }
  const speaker = new Redis(url, options)
  const hearer = new Redis(url, options)
  const channelOf = (userId: string) => `${prefix}:${userId}`
  const everybody = `${prefix}/everybody`

  /** Channels that Redis knows to bring here. */
  const heard = new Set<string>()
  /** People who came or went since Redis was last told. */
  const moved = new Set<string>()
  let isTelling = false
  let hears = false
  let underway = 0
  let isClosed = false
  /** Told already; cleared when all is well. */
  let isTroubled = false

  const isConnected = () => hears && speaker.status === 'ready'

  const channelOfMessage = (message: BusMessage) =>
    message.kind === 'broadcast' ? everybody : channelOf(message.user_id)

  function trouble(error: unknown): void {
    if (isClosed || isTroubled) return
    isTroubled = true
    onError(error)
  }

  function doubt(userIds: readonly string[] | null): void {
    for (const doubter of doubters) doubter(userIds)
  }

  // Listeners first: an error that nobody listens to ends the process.
  for (const client of [speaker, hearer]) client.on('error', trouble)
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
    if (from !== here) listeners.tell(messages)
  })

  function tellSoon(): void {
    if (isTelling || isClosed) return
    isTelling = true
    setImmediate(() => {
      tell()
        // The connection is gone, and its successor begins anew.
        .catch(trouble)
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
    for (const batch of inBatches(went)) await hearer.unsubscribe(...batch.map(channelOf))
    for (const batch of inBatches(came)) {
      await hearer.subscribe(...batch.map(channelOf))
      for (const userId of batch) heard.add(userId)
    }
    const wasDeaf = !hears
    if (wasDeaf) await hearer.subscribe(everybody)
    hears = true
    if (wasDeaf) doubt(null)
    else if (came.length > 0) doubt(came)
  }

  /** A server that was stopped keeps its connections: only asking shows it. */
  const looking = setInterval(() => {
    for (const client of [speaker, hearer]) {
      if (client.status !== 'ready') continue
      client.ping().then(
        () => {
          if (isConnected()) isTroubled = false
        },
        error => {
          trouble(error)
          if (!isClosed) client.disconnect(true)
        },
      )
    }
  }, LOOK_MS).unref()

  return {
    get isConnected() {
      return isConnected()
    },

    publish(messages) {
      listeners.tell(messages)
      if (speaker.status !== 'ready') return
      for (const [channel, some] of Map.groupBy(messages, channelOfMessage)) {
        if (underway >= MOST_UNDERWAY) return
        underway += 1
        speaker
          .publish(channel, pack(here, some))
          .catch(trouble)
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
      clearInterval(looking)
      for (const client of [speaker, hearer]) client.disconnect()
    },
  }
}

function inBatches<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, n) =>
    all.slice(n * BATCH, (n + 1) * BATCH),
  )
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
