/**
 * Several servers behind nginx, on PostgreSQL and Redis, while everybody writes on all of them: one part after another
 * dies, stands still or is cut off, and comes back. Then all servers are started anew, one after another.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Cluster } from '../kit/cluster.ts'
import { report, sum } from '../kit/figures.ts'
import type { Chance } from '../kit/random.ts'
import { allReachNow, type ClusterSize, openTheatre } from '../kit/theatre.ts'
import { SCENE_MS } from '../kit/until.ts'
import type { Watched } from '../kit/watched.ts'
import type { Writer } from '../kit/writer.ts'

/**
 * Something bad that begins, lasts, and is over when this resolves.
 * @param quiet resolves when nobody writes any more. Where writes went on, the strike asks for it before it is over: the
 *   next write would bring what is missing along
 */
type Strike = (cluster: Cluster, chance: Chance, quiet: () => Promise<void>) => Promise<void>

const MOMENT_MS = 1_500

/** Less than the 25 s after which everything heals by itself. */
const HEALED_MS = 12_000

/** The servers compare versions with the database every 25 s; whatever else was lost is found by then. */
const COMPARED_MS = 35_000

/** What can happen to each part. Milliseconds are how long it lasts. */
export const STRIKES = {
  'kill -9 of a server': async ({ nodes }, chance) => {
    const node = chance.pick(nodes)
    await node.end('SIGKILL')
    await wait(MOMENT_MS)
    await node.start()
  },
  'a server stands still for 8 s': ({ nodes }, chance) => chance.pick(nodes).hold(8_000),
  'kill -9 of Redis': async ({ redis }, _, quiet) => {
    redis.signal('SIGKILL')
    await wait(MOMENT_MS)
    await quiet()
    await redis.restart()
  },
  'Redis stands still for 6 s': async ({ redis }, _, quiet) => {
    redis.signal('SIGSTOP')
    await wait(6_000)
    await quiet()
    redis.signal('SIGCONT')
  },
  'one server is cut off from Redis': async ({ nodes }, chance, quiet) => {
    const { redis } = chance.pick(nodes)
    redis.refuse()
    await wait(4_000)
    await quiet()
    redis.pass()
  },
  'one server hears nothing of Redis': async ({ nodes }, chance, quiet) => {
    const { redis } = chance.pick(nodes)
    redis.silence()
    await wait(4_000)
    await quiet()
    redis.pass()
  },
  'PostgreSQL is started anew': async ({ postgres }) => {
    postgres.shutDown()
    await postgres.restart()
  },
  'kill -9 of PostgreSQL': async ({ postgres }) => {
    postgres.signal('SIGKILL')
    await postgres.restart()
  },
  'PostgreSQL stands still for 5 s': async ({ postgres }) => {
    postgres.signal('SIGSTOP')
    await wait(5_000)
    postgres.signal('SIGCONT')
  },
  // Longer than anybody waits for an answer of it.
  'PostgreSQL stands still for 20 s': async ({ postgres }) => {
    postgres.signal('SIGSTOP')
    await wait(20_000)
    postgres.signal('SIGCONT')
  },
} satisfies Record<string, Strike>

export type StrikeName = keyof typeof STRIKES

export interface StrikesSize extends ClusterSize {
  /** Calls that are answered before each strike, and again after it. */
  writes: number
  strikes: readonly StrikeName[]
}

export function strikes({ writes, strikes, ...size }: StrikesSize): void {
  const theatre = openTheatre(size)

  test.each(strikes)(
    `${size.nodes} servers: %s`,
    async strike => {
      const { cluster, clients, writer, chance } = await theatre.begin()
      await writer.until(writes)
      const struckAt = performance.now()
      await writeDuring(writer, quiet => STRIKES[strike](cluster, chance, quiet))
      const overAt = performance.now()
      await allReachNow(cluster, clients, HEALED_MS)
      const healedMs = Math.round(performance.now() - overAt)
      await writer.until(writes)
      const caughtUp = await theatre.judge()
      report(strike, {
        seed: chance.seed,
        clients: clients.length,
        ...writer.counts,
        ...sum(clients),
        'lasted ms': Math.round(overAt - struckAt),
        'healed in ms': healedMs,
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
  theatre.end()
}

/** Writes until the strike asks for quiet, at the latest until it is over. */
async function writeDuring(writer: Writer, strike: (quiet: () => Promise<void>) => Promise<void>) {
  const end = Promise.withResolvers<void>()
  const writing = writer.during(end.promise).then(writer.rest)
  function quiet(): Promise<void> {
    end.resolve()
    return writing
  }
  await strike(quiet).finally(quiet)
}

export interface WithoutRedisSize extends ClusterSize {
  writes: number
}

/** Redis is gone and does not come back: nobody hears of anybody, and all is found by comparison with the database. */
export function withoutRedis({ writes, ...size }: WithoutRedisSize): void {
  const theatre = openTheatre(size)

  test(
    `${size.nodes} servers without Redis`,
    async () => {
      const { cluster, clients, writer, chance } = await theatre.begin()
      cluster.redis.signal('SIGKILL')
      await writer.until(writes)
      const from = performance.now()
      await allReachNow(cluster, clients, COMPARED_MS)
      const alone = Math.round(performance.now() - from)
      await cluster.redis.restart()
      await writer.until(writes)
      const caughtUp = await theatre.judge()
      report('without Redis', {
        seed: chance.seed,
        clients: clients.length,
        ...writer.counts,
        ...sum(clients),
        'caught up without it in ms': alone,
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
  theatre.end()
}

export interface RollingSize extends ClusterSize {
  /** Calls that are answered after each server is back. */
  writes: number
}

/** As a deployment does it: one server after another is stopped, and started again. */
export function rollingRestart({ writes, ...size }: RollingSize): void {
  const theatre = openTheatre(size)

  test(
    `${size.nodes} servers are started anew, one after another`,
    async () => {
      const { cluster, clients, writer, chance } = await theatre.begin()
      await writer.until(writes)
      const from = performance.now()
      const stoppedMs: number[] = []
      async function roll(): Promise<void> {
        for (const node of cluster.nodes) {
          const stoppedAt = performance.now()
          const { code, stderr } = await node.end('SIGTERM')
          expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
          stoppedMs.push(Math.round(performance.now() - stoppedAt))
          await node.start()
          await writer.until(writes)
        }
        await allReachNow(cluster, clients)
      }
      await writer.during(roll())
      const tookS = (performance.now() - from) / 1_000
      const caughtUp = await theatre.judge()
      // One that a proxy had just handed to a server that stopped is answered as left open.
      expect(writer.counts.cut, 'writes that were not answered').toBe(0)
      expect(writer.counts.leftOpen, 'writes of which nobody knows what became').toBeLessThan(size.nodes * 2)
      report('rolling restart', {
        seed: chance.seed,
        clients: clients.length,
        ...writer.counts,
        'stopped in ms': stoppedMs.join('/'),
        ...sum(clients),
        'in s': tookS.toFixed(1),
        'reconnects each second': eachSecond(clients, from).join(' '),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
  theatre.end()
}

/** How many came back in each second since. */
function eachSecond(clients: readonly Watched[], from: number): number[] {
  const counts: number[] = []
  for (const { figures } of clients)
    for (const at of figures.greetedAt.filter(moment => moment >= from)) {
      const second = Math.floor((at - from) / 1_000)
      while (counts.length <= second) counts.push(0)
      counts[second] = (counts[second] ?? 0) + 1
    }
  return counts
}
