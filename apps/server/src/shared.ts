/** What servers on one database share through Redis: word of what happened, who is connected where, and limits. */
import { type Bus, memoryBus, type Presence, redisBus, redisPresence } from '@pms/notifier'
import type { FastifyBaseLogger } from 'fastify'
import type { AppDatabase } from './database.ts'
import { createLimits, type Limits } from './http/limits.ts'

/** Other installations may use the same Redis. */
const prefixOf = (epoch: string) => `pms:${epoch}`

/** @param redisUrl null: there is one server, and what is shared stays within it */
export function busOf(redisUrl: string | null, log: FastifyBaseLogger): Bus | ((epoch: string) => Bus) {
  if (redisUrl === null) return memoryBus()
  return epoch =>
    redisBus({
      url: redisUrl,
      prefix: prefixOf(epoch),
      onError: error => log.error({ err: error }, 'Redis is away: what other servers do is brought late'),
      onRecovered: () => log.warn('Redis is back'),
    })
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
