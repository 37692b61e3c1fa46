/** One person, several devices, everything at once: mark all, undo, bulk, singles; no fault but the haste. */
import { afterAll, expect, test } from 'vitest'
import { report, sum } from '../kit/figures.ts'
import { chanceOf, freshSeed } from '../kit/random.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { allShowTheTruth, expectNoGhosts, readLedger } from '../kit/truth.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { isLive, watch } from '../kit/watched.ts'
import { createWriter } from '../kit/writer.ts'

const MOST_DELAY_MS = 60

export interface BurstSize {
  devices: number
  notifications: number
  /** How many calls are answered before everybody rests. */
  calls: number
}

export function burst({ devices, notifications, calls }: BurstSize): void {
  let stage: Stage
  afterAll(() => stage.close())

  test(
    `${calls} marks, undos and bulks from ${devices} devices at once`,
    async () => {
      const chance = chanceOf(freshSeed())
      stage = await openStage({ chiefs: 1, staffEach: 2 })
      const { cast, proxy } = stage
      const clients = Array.from({ length: devices }, () =>
        cast.chiefs.map(member => watch(member, { url: proxy.url })),
      ).flat()
      await eventually(() => clients.every(isLive), 'every device is live')
      const work = { create: 1, decide: 1, assign: 0, phone: 6, tab: 12 }
      const writer = createWriter({ stage, chance, tended: clients, work })
      await writer.do('create', notifications)
      // Answers overtake what sockets tell, and the other way round.
      const hasten = () => {
        for (const link of proxy.links) link.slow(chance.below(MOST_DELAY_MS))
      }
      await writer.until(calls, hasten, 8)
      await writer.rest()
      // The last word is an undo, after which nothing comes that would put right who did not hear it.
      await writer.do('create', 1)
      const [first] = clients
      const marked = await first?.inbox.markAllRead()
      expect(marked).toMatchObject({ ok: true })
      if (marked?.ok) expect(await marked.undo()).toEqual({ ok: true })

      const caughtUp = await allShowTheTruth(await stage.up(), clients)
      for (const { inbox } of clients) inbox.close()
      const { code, stderr } = await stage.stop()
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expectNoGhosts(await readLedger(stage.dataDir), clients)
      report('burst', {
        seed: chance.seed,
        clients: clients.length,
        ...writer.counts,
        ...sum(clients),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}
