/**
 * The presence of many nodes, in Redis or Valkey. Each node tells what changed, and gives a sign of life now and then:
 * what a node has told that died without a word is forgotten after a while. While Redis is away every node goes by
 * what it knows of itself; afterwards it tells again what it has.
 */
import { randomUUID } from 'node:crypto'
import { inBatches } from '../batches.ts'
import { redisLink } from '../bus/redis-link.ts'
import { createHeadcount } from './headcount.ts'
import type { Presence } from './presence.ts'
import { definePresence, TOLD } from './scripts.ts'

export interface RedisPresenceOptions {
  /** `redis://host:port` */
  url: string
  /** Before the names of all keys, so that several products can share a server. */
  prefix?: string
  /** Told when Redis cannot be reached, once each time. */
  onError(error: unknown): void
  /** How long a node that is silent still counts. */
  lifeMs?: number
  /** How often a node gives a sign of life. */
  beatMs?: number
}

/** Somebody waits for a socket while it is asked. */
const PATIENCE_MS = 1_000
/** People in one command. */
const BATCH = 200

export function redisPresence(options: RedisPresenceOptions): Presence {
  const { url, prefix = 'inbox', onError, lifeMs = 10_000, beatMs = 2_000 } = options
  const headcount = createHeadcount()
  const link = redisLink({ url, patienceMs: PATIENCE_MS, onError })
  const client = link.open()
  definePresence(client)
  /** The name under which this node is known to Redis; null while it is not. */
  let node: string | null = null
  /** People of whom Redis knows something else than is true, or may. */
  const untold = new Set<string>()
  let isTelling = false
  let isBeating = false

  const isKnown = () => node !== null && client.status === 'ready'

  function changed(userId: string): void {
    untold.add(userId)
    if (isTelling) return
    isTelling = true
    setImmediate(() => {
      isTelling = false
      tell()
    })
  }

  /** Hands all that is untold over to the connection: what is asked after it is answered with it. */
  function tell(): void {
    if (node === null || !isKnown()) return
    const people = [...untold]
    untold.clear()
    for (const batch of inBatches(people, BATCH)) {
      const pairs = batch.flatMap(userId => [userId, headcount.of(userId)])
      const again = () => {
        for (const userId of batch) untold.add(userId)
      }
      client.presenceTell(prefix, node, '', ...pairs).then(told => {
        if (told !== TOLD.unknownNode) return
        again()
        beat()
      }, again)
    }
  }

  function beat(): void {
    if (isBeating || client.status !== 'ready') return
    isBeating = true
    giveSign()
      .then(tell, link.trouble)
      .finally(() => {
        isBeating = false
      })
  }

  /** Under a name that Redis has forgotten, or never knew, nothing counts: then all is told under a new one. */
  async function giveSign(): Promise<void> {
    if (node !== null && (await client.presenceBeat(prefix, node, lifeMs, 0)) === 1) return
    const name = randomUUID()
    await client.presenceBeat(prefix, name, lifeMs, 1)
    node = name
    for (const userId of headcount.everybody()) untold.add(userId)
  }

  client.on('ready', beat)
  const beating = setInterval(beat, beatMs).unref()

  /** Asks Redis, after telling it what there is to tell; null when that fails. */
  async function ask<R>(question: () => Promise<R>): Promise<R | null> {
    if (!isKnown()) return null
    tell()
    return question().catch(() => null)
  }

  return {
    async enter(userId, most) {
      headcount.add(userId, 1)
      untold.delete(userId)
      const told = await ask(() =>
        client.presenceTell(prefix, node ?? '', most, userId, headcount.of(userId)),
      )
      if (told === TOLD.done) return true
      if (told === TOLD.refused) headcount.add(userId, -1)
      changed(userId)
      return told !== TOLD.refused
    },

    leave(userId) {
      headcount.add(userId, -1)
      changed(userId)
    },

    async totals() {
      const counted = await ask(() => client.multi().hlen(`${prefix}/users`).get(`${prefix}/total`).exec())
      const [users, total] = counted ?? []
      if (!users || !total) return headcount.totals()
      return { activeUsers: Number(users[1]), totalConnections: Number(total[1]) }
    },

    async isPresent(userId) {
      if (headcount.of(userId) > 0) return true
      return (await ask(() => client.hexists(`${prefix}/users`, userId))) === 1
    },

    async close() {
      clearInterval(beating)
      // One whose life is over at once is cleared away by its own last sign.
      if (node !== null) await ask(() => client.presenceBeat(prefix, node ?? '', 0, 0))
      link.close()
    },
  }
}
