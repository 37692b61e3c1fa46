/** Another process changes inboxes, and no word of it reaches this one: a look at the database finds out. */
import { afterAll, expect, test } from 'vitest'
import { openAppDatabase } from '../../../apps/server/src/database.ts'
import { createInboxes } from '../../../packages/notifier/src/index.ts'
import { report, sum } from '../kit/figures.ts'
import { type Indoors, openIndoors } from '../kit/indoors.ts'
import { chanceOf, freshSeed } from '../kit/random.ts'
import { allShowTheTruth, expectNoGhosts, readLedger } from '../kit/truth.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { isLive, watch } from '../kit/watched.ts'
import { createWriter } from '../kit/writer.ts'

export interface UnheardSize {
  notifications: number
}

/** Instead of 25 s. */
const COMPARE_MS = 500

export function unheard({ notifications }: UnheardSize): void {
  let stage: Indoors
  afterAll(() => stage?.close())

  test(
    'changes that nobody was told of are found by comparing',
    async () => {
      const chance = chanceOf(freshSeed())
      stage = await openIndoors({ chiefs: 2, staffEach: 2, limits: { compareMs: COMPARE_MS } })
      const { cast, url } = stage
      const clients = [...cast.chiefs, ...cast.chiefs].map(member => watch(member, { url }))
      await eventually(() => clients.every(isLive), 'every client is live')
      const writer = createWriter({ stage, chance, tended: [] })
      await writer.do('create', notifications)

      const elsewhere = await openAppDatabase({ dataDir: stage.dataDir, databaseUrl: null })
      const inboxes = createInboxes(elsewhere)
      let changes = 0
      for (const { id } of cast.chiefs) {
        const { notifications: items } = await inboxes.list(id, { limit: 100, skip: 0 })
        for (const item of items) {
          const kind = chance.pick(['read', 'delete'] as const)
          changes += (await inboxes.bulk(id, kind, [item.id])).changed
        }
      }
      await elsewhere.close()
      expect(changes).toBe(notifications)

      const caughtUp = await allShowTheTruth(url, clients)
      expect(sum(clients).reconnects).toBe(0)
      for (const { inbox } of clients) inbox.close()
      expect(stage.troubles()).toEqual([])
      await stage.stop()
      expectNoGhosts(await readLedger(stage.dataDir), clients)
      report('unheard', {
        seed: chance.seed,
        clients: clients.length,
        changes,
        ...sum(clients),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}
