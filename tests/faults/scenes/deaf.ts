/** Some of what is told never reaches the client, whoever is to blame: it sees the gap and asks. */
import { afterAll, expect, test } from 'vitest'
import { report, sum } from '../kit/figures.ts'
import { chanceOf, freshSeed } from '../kit/random.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { allShowTheTruth, expectNoGhosts, readLedger } from '../kit/truth.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { isLive, watch } from '../kit/watched.ts'
import { createWriter } from '../kit/writer.ts'

export interface DeafSize {
  writes: number
  /** One change of so many is lost. */
  oneOf: number
}

export function deaf({ writes, oneOf }: DeafSize): void {
  let stage: Stage
  afterAll(() => stage?.close())

  test(
    `one change of ${oneOf} is lost on its way to the client`,
    async () => {
      const chance = chanceOf(freshSeed())
      stage = await openStage({ chiefs: 2, staffEach: 2 })
      const { cast, proxy } = stage
      let isDeaf = true
      let lost = 0
      const loses = () => {
        const isLost = isDeaf && chance.below(oneOf) === 0
        if (isLost) lost += 1
        return isLost
      }
      const clients = [...cast.chiefs, ...cast.staff].map(member => watch(member, { url: proxy.url, loses }))
      await eventually(() => clients.every(isLive), 'every client is live')
      const writer = createWriter({ stage, chance, tended: clients })
      await writer.until(writes)
      await writer.rest()
      // What is lost is noticed by what comes after it.
      isDeaf = false
      await writer.toEverybody()

      const caughtUp = await allShowTheTruth(await stage.up(), clients)
      expect(sum(clients).reconnects, 'a gap is no reason to leave').toBe(0)
      for (const { inbox } of clients) inbox.close()
      const { code, stderr } = await stage.stop()
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expectNoGhosts(await readLedger(stage.dataDir), clients)
      report('deaf', {
        seed: chance.seed,
        clients: clients.length,
        ...writer.counts,
        lost,
        ...sum(clients),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}
