/** A click is done, and undone from elsewhere, before the tab that clicked hears that it was done. */
import { afterAll, expect, test } from 'vitest'
import { createRest } from '../../../apps/server/src/testing/rest.ts'
import type { Inbox } from '../../../packages/client/src/index.ts'
import { report } from '../kit/figures.ts'
import { chanceOf } from '../kit/random.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { allShowTheTruth } from '../kit/truth.ts'
import { eventually, SCENE_MS, until } from '../kit/until.ts'
import { isLive, watch } from '../kit/watched.ts'
import { createWriter } from '../kit/writer.ts'

type Click = (inbox: Inbox, id: string) => Promise<{ ok: boolean }>

const CASES: { name: string; click: Click; takenBack: [method: string, path: (id: string) => string] }[] = [
  {
    name: 'read, then unread elsewhere',
    click: (inbox, id) => inbox.markRead(id),
    takenBack: ['PUT', id => `/${id}/unread`],
  },
  {
    name: 'removed, then restored elsewhere',
    click: (inbox, id) => inbox.remove(id),
    takenBack: ['POST', id => `/${id}/restore`],
  },
  {
    name: 'all marked read, then one unread elsewhere',
    click: inbox => inbox.markAllRead(),
    takenBack: ['PUT', id => `/${id}/unread`],
  },
]

export function lateAnswers(): void {
  let stage: Stage
  afterAll(() => stage.close())

  test(
    'a click that was taken back before its answer came is not shown for ever',
    async () => {
      stage = await openStage({ chiefs: 1, staffEach: 1 })
      const { cast, proxy } = stage
      const [chief] = cast.chiefs
      if (!chief) throw new Error('There is no chief')
      const client = watch(chief, { url: proxy.url })
      const { inbox } = client
      await until(
        () => isLive(client),
        inbox.subscribe,
        () => 'it never went live',
      )
      const writer = createWriter({ stage, chance: chanceOf(1), tended: [] })
      const url = await stage.up()
      const phone = createRest(url, { token: await chief.token() })

      for (const { name, click, takenBack } of CASES) {
        await writer.do('create', 2)
        // Else what was just written could be taken for the click, below.
        await allShowTheTruth(url, [client])
        const reaches = (version: number) =>
          until(
            () => inbox.getSnapshot().version >= version,
            inbox.subscribe,
            () => `${name}: ${version}`,
          )
        const { version, items } = inbox.getSnapshot()
        const id = items.find(({ is_read }) => !is_read)?.id ?? ''
        // Leaves an idle connection behind, on which the click will go.
        await inbox.fetchPage()
        // The answers are held back, what the socket tells is not.
        for (const link of proxy.links) if (!link.isSocket) link.stall()
        const clicked = click(inbox, id)
        await eventually(() => inbox.getSnapshot().version > version, `${name}: it is done`)
        const [method, path] = takenBack
        const { status } = await phone.call(method, `/api/notifications${path(id)}`)
        expect(status).toBe(200)
        await reaches(version + 2)
        for (const link of proxy.links) link.unstall()
        expect(await clicked).toMatchObject({ ok: true })
        await allShowTheTruth(url, [client])
      }
      inbox.close()
      report('late answers', { cases: CASES.length })
    },
    SCENE_MS,
  )
}
