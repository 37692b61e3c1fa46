/**
 * Connections to Redis or Valkey that nobody waits for: a command that is not answered fails soon, nothing is kept for
 * later, and a server that was stopped is found out by asking it.
 */
import { Redis, type RedisOptions } from 'ioredis'

export interface RedisLinkOptions {
  /** `redis://host:port` */
  url: string
  /** So long an answer may take. Milliseconds. */
  patienceMs?: number
  /** Whether all is well, where that takes more than connections. */
  isWell?(): boolean
  /** Told when Redis cannot be reached, once each time. */
  onError(error: unknown): void
  /** Told when all is well again, once each time. */
  onRecovered?(): void
}

export type RedisLink = ReturnType<typeof redisLink>

const LOOK_MS = 1_000
const MOST_BETWEEN_TRIES_MS = 1_000

export function redisLink({ url, patienceMs = 2_000, isWell, onError, onRecovered }: RedisLinkOptions) {
  const clients: Redis[] = []
  let isClosed = false
  /** Told already; cleared when all is well. */
  let isTroubled = false
  const options: RedisOptions = {
    // What could not be said is not said later: by then the rows have told it.
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: patienceMs,
    connectTimeout: patienceMs,
    retryStrategy: tries => Math.random() * Math.min(MOST_BETWEEN_TRIES_MS, 50 * 2 ** tries),
  }

  function trouble(error: unknown): void {
    if (isClosed || isTroubled) return
    isTroubled = true
    onError(error)
  }

  function recovered(): void {
    const isReady = clients.every(client => client.status === 'ready') && (isWell?.() ?? true)
    if (!isTroubled || !isReady) return
    isTroubled = false
    onRecovered?.()
  }

  /** A server that was stopped keeps its connections: only asking shows it. */
  const looking = setInterval(() => {
    for (const client of clients) {
      if (client.status !== 'ready') continue
      client.ping().then(recovered, error => {
        trouble(error)
        if (!isClosed) client.disconnect(true)
      })
    }
  }, LOOK_MS).unref()

  return {
    /** One more connection, which comes back by itself. */
    open(): Redis {
      const client = new Redis(url, options)
      // At once: an error that nobody listens to ends the process.
      client.on('error', trouble)
      client.on('close', () => trouble(new Error('The connection to Redis was lost')))
      clients.push(client)
      return client
    },
    /** Something went wrong that no connection has noticed. */
    trouble,
    close(): void {
      isClosed = true
      clearInterval(looking)
      for (const client of clients) client.disconnect()
    },
  }
}
