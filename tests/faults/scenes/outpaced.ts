/** One row after another changes that the client has not loaded: it must ask for each, and not ask too often. */
import { afterAll, expect, test } from 'vitest'
import { createRest } from '../../../apps/server/src/testing/rest.ts'
import { report, sum } from '../kit/figures.ts'
import { chanceOf } from '../kit/random.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { allShowTheTruth, truthOf } from '../kit/truth.ts'
import { eventually, SCENE_MS, until } from '../kit/until.ts'
import { isLive, watch } from '../kit/watched.ts'
import { createWriter } from '../kit/writer.ts'

export interface OutpacedSize {
  /** How many rows below what is loaded change, each as soon as the change before is shown. */
  rows: number
}

const LOADED = 30

/** Little more than a client asks for, whatever happens. */
const COMMANDS_PER_SECOND = '12'

export function outpaced({ rows }: OutpacedSize): void {
  let stage: Stage
  afterAll(() => stage?.close())

  test(
    `${rows} rows below what is loaded change, one upon another`,
    async () => {
      stage = await openStage({ chiefs: 1, staffEach: 1, variables: { COMMANDS_PER_SECOND } })
      const { cast, proxy } = stage
      const [chief] = cast.chiefs
      if (!chief) throw new Error('There is no chief')
      const url = await stage.up()
      const writer = createWriter({ stage, chance: chanceOf(1), tended: [] })
      await writer.do('create', LOADED + rows)
      const phone = createRest(url, { token: await chief.token() })
      await phone.put('/api/notifications/mark-all-read')
      const old = (await truthOf(url, chief)).items.slice(LOADED)
      const client = watch(chief, { url: proxy.url, speed: 1 })
      await eventually(() => isLive(client), 'the client is live')

      const { inbox } = client
      for (const { id } of old) {
        const { version } = inbox.getSnapshot()
        const { status } = await phone.put(`/api/notifications/${id}/unread`)
        expect(status).toBe(200)
        const isTold = () => inbox.getSnapshot().version > version || !isLive(client)
        await until(isTold, inbox.subscribe, () => `what is after ${version} is not told`)
      }
      const caughtUp = await allShowTheTruth(url, [client])
      expect(client.figures.closes, 'nobody is sent away for asking').toEqual([])
      inbox.close()
      report('outpaced', { rows, ...sum([client]), 'all caught up in ms': caughtUp })
    },
    SCENE_MS,
  )
}
