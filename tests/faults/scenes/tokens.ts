/** Tokens that end in the middle of everything: renewed in place, or ended by the server and replaced. */
import { afterAll, expect, test } from 'vitest'
import { CLOSE_CODES } from '../../../packages/protocol/src/index.ts'
import type { Member } from '../kit/cast.ts'
import { report, sum } from '../kit/figures.ts'
import { chanceOf, freshSeed } from '../kit/random.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { allShowTheTruth, expectNoGhosts, readLedger } from '../kit/truth.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { isLive, type Watched, watch } from '../kit/watched.ts'
import { createWriter } from '../kit/writer.ts'

export interface TokensSize {
  /** How often each is renewed, or ends. */
  times: number
}

const TOKEN_SECONDS = 3
/** Renewed when half of it is over: a machine that stands still for less than the other half ends none of them. */
const RENEWED_SECONDS = 6

export function endingTokens({ times }: TokensSize): void {
  let stage: Stage
  afterAll(() => stage?.close())

  test(
    `tokens of ${TOKEN_SECONDS} and ${RENEWED_SECONDS} seconds`,
    async () => {
      const chance = chanceOf(freshSeed())
      stage = await openStage({ chiefs: 2, staffEach: 1 })
      const { cast, proxy } = stage
      const { url } = proxy
      const renewing = cast.chiefs.map(member =>
        watch(member, { url, speed: 1, getToken: () => member.token(RENEWED_SECONDS) }),
      )
      const forgetful = cast.chiefs.map(member => forgetfulOne(member, url))
      const clients = [...renewing, ...forgetful]
      await eventually(() => clients.every(isLive), 'every client is live')

      const writer = createWriter({ stage, chance, tended: [] })
      const isDone = () =>
        renewing.every(({ figures }) => figures.renewals >= times) &&
        forgetful.every(({ figures }) => figures.closes.length >= times)
      const from = performance.now()
      while (!isDone() && performance.now() - from < (times + 2) * RENEWED_SECONDS * 1_000)
        await writer.until(1, undefined, 1)
      expect(isDone(), 'every token has ended often enough').toBe(true)

      const caughtUp = await allShowTheTruth(await stage.up(), clients)
      expect(sum(renewing).reconnects, 'who renews stays').toBe(0)
      const codes = new Set(forgetful.flatMap(({ figures }) => figures.closes))
      expect(codes, 'how the others were ended').toEqual(new Set([CLOSE_CODES.unauthenticated]))
      for (const { inbox } of clients) inbox.close()
      const { code, stderr } = await stage.stop()
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expectNoGhosts(await readLedger(stage.dataDir), clients)
      report('ending tokens', {
        seed: chance.seed,
        clients: clients.length,
        ...writer.counts,
        renewals: renewing.reduce((so, { figures }) => so + figures.renewals, 0),
        ...sum(clients),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}

/** One that gets no fresh token while its socket lives. */
function forgetfulOne(member: Member, url: string): Watched {
  const client: Watched = watch(member, {
    url,
    speed: 1,
    getToken: ({ fresh }) =>
      fresh && isLive(client) ? Promise.reject(new Error('Not now')) : member.token(TOKEN_SECONDS),
  })
  return client
}
