/** What servers on one database share through Redis: word of what happened, who is connected where, and limits. */
import { type Bus, memoryBus, type Presence, redisBus, redisPresence } from '@pms/notifier'
import type { FastifyBaseLogger } from 'fastify'
import type { AppDatabase } from './database.ts'
import { createLimits, type Limits } from './http/limits.ts'

/** Other installations may use the same Redis. */
const prefixOf = (epoch: string) => `pms:${epoch}`

export interface BusOptions {
  /** null: what is said stays within this server. */
  redisUrl: string | null
  /** Whether there is no other server, as far as one knows that has no Redis. */
  isAlone(): boolean
  log: FastifyBaseLogger
}

export function busOf({ redisUrl, isAlone, log }: BusOptions): Bus | ((epoch: string) => Bus) {
  if (redisUrl === null) return soliloquy(isAlone)
  return epoch =>
    redisBus({
      url: redisUrl,
      prefix: prefixOf(epoch),
      onError: error => log.error({ err: error }, 'Redis is away: what other servers do is brought late'),
      onRecovered: () => log.warn('Redis is back'),
    })
}

/** A bus within one server. Where there are others, it is not what would bring word of them. */
function soliloquy(isAlone: () => boolean): Bus {
  return {
    ...memoryBus(),
    get isConnected() {
      return isAlone()
    },
  }
}

export interface Shared {
  limits: Limits
  /** null: what the hub knows by itself is all there is. */
  presence: Presence | null
  close(): Promise<void>
}

export async function openShared(redisUrl: string | null, { db }: AppDatabase): Promise<Shared> {
  if (redisUrl === null) return { limits: createLimits(null), presence: null, close: async () => {} }
  const { epoch } = await db.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
  const prefix = prefixOf(epoch)
  const limits = createLimits({ redisUrl, prefix })
  // That Redis is away the bus says.
  const presence = redisPresence({ url: redisUrl, prefix, onError: () => {} })
  return {
    limits,
    presence,
    async close() {
      await presence.close()
      limits.close()
    },
  }
}
