/** The half-open: clients that answer no ping, and a laptop that slept. Both sides find out by themselves. */
import { afterAll, expect, test } from 'vitest'
import { CLOSE_CODES } from '../../../packages/protocol/src/index.ts'
import { report, sum } from '../kit/figures.ts'
import { type Indoors, openIndoors } from '../kit/indoors.ts'
import { chanceOf, freshSeed } from '../kit/random.ts'
import { openRaw } from '../kit/raw.ts'
import { allShowTheTruth, expectNoGhosts, readLedger } from '../kit/truth.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { isLive, watch } from '../kit/watched.ts'
import { createWriter } from '../kit/writer.ts'

export interface SilenceSize {
  /** How many never answer. */
  mute: number
  writes: number
}

/** Instead of 25 s and 10 s. */
const LIMITS = { idleMs: 400, patienceMs: 400, commandsPerSecond: 1_000 }

export function neverAnswers({ mute, writes }: SilenceSize): void {
  let stage: Indoors
  afterAll(() => stage?.close())

  test(
    `${mute} clients that answer no ping are dropped; those that do are not`,
    async () => {
      const chance = chanceOf(freshSeed())
      stage = await openIndoors({ chiefs: 2, staffEach: 2, limits: LIMITS })
      const { cast, url } = stage
      // As slow as ours, so that what keeps them alive is the answer to the server's pings.
      const clients = cast.chiefs.map(member => watch(member, { url, speed: 1 }))
      await eventually(() => clients.every(isLive), 'every client is live')
      const tokens = await Promise.all(cast.staff.map(member => member.token()))
      // In turn: nobody may have too many.
      const mutes = Array.from({ length: mute }, (_, n) =>
        openRaw(url, `token=${tokens[n % tokens.length]}&since=0`),
      )
      await Promise.all(mutes.map(raw => raw.greeted()))

      const from = performance.now()
      const writer = createWriter({ stage, chance, tended: clients })
      const isDropped = () => mutes.every(raw => raw.closeCode() !== null)
      await Promise.all([eventually(isDropped, 'the mute are dropped'), writer.until(writes)])
      const droppedMs = Math.round(performance.now() - from)
      await writer.rest()
      expect(new Set(mutes.map(raw => raw.closeCode()))).toEqual(new Set([CLOSE_CODES.heartbeatLost]))
      for (const { socket } of mutes) socket.destroy()
      await eventually(
        async () => (await stage.connections()) === clients.length,
        'the dropped are forgotten',
      )

      const caughtUp = await allShowTheTruth(url, clients)
      expect(sum(clients).reconnects, 'those who answer stay').toBe(0)
      for (const { inbox } of clients) inbox.close()
      expect(stage.troubles()).toEqual([])
      await stage.stop()
      expectNoGhosts(await readLedger(stage.dataDir), clients)
      report('no pong', {
        seed: chance.seed,
        mute,
        ...writer.counts,
        ...sum(clients),
        'all dropped in ms': droppedMs,
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}

export interface SleepSize {
  /** Before, during and after the sleep, each. */
  writes: number
  /** New notifications of one person besides; more than one page holds, or more than is worth replaying. */
  missed: number
}

export function sleep({ writes, missed }: SleepSize): void {
  let stage: Indoors
  afterAll(() => stage?.close())

  test(
    'a laptop that slept for longer than the heartbeat notices by itself and catches up',
    async () => {
      const chance = chanceOf(freshSeed())
      stage = await openIndoors({ chiefs: 1, staffEach: 3, limits: LIMITS })
      const { cast, url, proxy } = stage
      const sleepers = [...cast.chiefs, ...cast.staff].map(member =>
        watch(member, { url: proxy.url, speed: 20 }),
      )
      const others = cast.chiefs.map(member => watch(member, { url }))
      const clients = [...sleepers, ...others]
      await eventually(() => clients.every(isLive), 'every client is live')
      const writer = createWriter({ stage, chance, tended: clients })
      await writer.until(writes)

      proxy.silence()
      const from = performance.now()
      const hasNoticed = async () => !sleepers.some(isLive) && (await stage.connections()) === others.length
      const noticed = eventually(hasNoticed, 'both sides notice').then(() => performance.now() - from)
      const [noticedMs] = await Promise.all([noticed, writer.until(writes)])
      expect(sum(others).reconnects, 'whoever is awake stays').toBe(0)
      await writer.do('create', missed)
      proxy.pass()
      await writer.until(writes)
      await writer.rest()

      const caughtUp = await allShowTheTruth(url, clients)
      const { reconnects, ...rest } = sum(clients)
      expect(reconnects).toBeGreaterThanOrEqual(sleepers.length)
      for (const { inbox } of clients) inbox.close()
      expect(stage.troubles()).toEqual([])
      await stage.stop()
      expectNoGhosts(await readLedger(stage.dataDir), clients)
      report('sleep', {
        seed: chance.seed,
        sleepers: sleepers.length,
        ...writer.counts,
        ...rest,
        reconnects,
        'both sides noticed in ms': Math.round(noticedMs),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}
