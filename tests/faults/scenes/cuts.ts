/** Connections are cut, truncated, slowed and refused at random while everybody works. */
import { afterAll, expect, test } from 'vitest'
import { report, sum } from '../kit/figures.ts'
import { openGuidePage } from '../kit/guide.ts'
import { chanceOf, freshSeed } from '../kit/random.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { allShowTheTruth, expectNoGhosts, readLedger, truthOf } from '../kit/truth.ts'
import { SCENE_MS, until } from '../kit/until.ts'
import { type Watched, watch } from '../kit/watched.ts'
import { createWriter } from '../kit/writer.ts'

export interface CutsSize {
  writes: number
  /** A fault comes with every so manieth answer. */
  faultEvery: number
  chiefs: number
}

const FAULTS = { cutOne: 5, cutAll: 1, truncate: 3, refuse: 1, slow: 1 }

export function hardCuts({ writes, faultEvery, chiefs }: CutsSize): void {
  let stage: Stage
  afterAll(() => stage.close())

  test(
    `connections cut at random during ${writes} writes`,
    async () => {
      const chance = chanceOf(freshSeed())
      stage = await openStage({ chiefs, staffEach: 2 })
      const { cast, proxy } = stage
      const clients = [...cast.chiefs, ...cast.chiefs, ...cast.staff].map(member =>
        watch(member, { url: proxy.url }),
      )
      const pages = cast.chiefs.map(member => openGuidePage(member, proxy.url))
      // The inbox of one chief is only written to: all that came to it was new when it came.
      const isTended = ({ member }: Watched) => member !== cast.chiefs[0]
      const writer = createWriter({ stage, chance, tended: clients.filter(isTended) })
      let faults = 0

      function fault(): void {
        faults += 1
        const sockets = proxy.sockets()
        switch (chance.weighted(FAULTS)) {
          case 'cutOne':
            if (sockets.length > 0) chance.pick(sockets).cut(chance.pick(['rst', 'fin']))
            break
          case 'cutAll':
            for (const link of [...proxy.links]) link.cut(chance.pick(['rst', 'fin']))
            break
          case 'truncate':
            if (sockets.length > 0) chance.pick(sockets).truncate(1 + chance.below(2_000))
            break
          case 'refuse':
            proxy.refuse()
            break
          case 'slow':
            proxy.slow(chance.below(40))
        }
      }

      await writer.until(writes, count => {
        if (count % faultEvery === Math.floor(faultEvery / 2)) proxy.pass()
        if (count % faultEvery === 0) fault()
      })
      proxy.pass()
      proxy.slow(0)
      await writer.rest()

      const url = await stage.up()
      const caughtUp = await allShowTheTruth(url, clients)
      for (const page of pages) {
        const { items } = await truthOf(url, page.member)
        const newest = items.slice(0, 100).map(({ id }) => id)
        const missing = () => newest.filter(id => !page.shown.has(id))
        await until(
          () => page.isConnected() && missing().length === 0,
          page.subscribe,
          () => `a page by the guide lacks ${missing().length}`,
        )
      }
      for (const { announced, member, begunAt } of clients.filter(client => !isTended(client))) {
        const { items } = await truthOf(url, member)
        const news = items.filter(
          ({ seq, is_read, resolved_at }) => seq > begunAt() && !is_read && !resolved_at,
        )
        expect(
          news.filter(({ id }) => !announced.has(id)).map(({ seq }) => seq),
          'never shown as new',
        ).toEqual([])
      }

      for (const client of clients) client.inbox.close()
      for (const page of pages) page.close()
      const { code, stderr } = await stage.stop()
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expectNoGhosts(await readLedger(stage.dataDir), [...clients, ...pages])

      const { reconnects, ...rest } = sum(clients)
      expect(reconnects, 'cuts that were felt').toBeGreaterThan(0)
      report('hard cuts', {
        seed: chance.seed,
        clients: clients.length,
        ...writer.counts,
        faults,
        ...rest,
        reconnects,
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}
