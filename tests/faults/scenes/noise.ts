/** Malformed and random bytes on some sockets, while others are served as if nothing were. */
import { afterAll, expect, test } from 'vitest'
import { frame } from '../../../packages/notifier/test/socket-server.ts'
import { report, sum } from '../kit/figures.ts'
import { type Chance, chanceOf, freshSeed } from '../kit/random.ts'
import { openRaw } from '../kit/raw.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { allShowTheTruth, expectNoGhosts, readLedger } from '../kit/truth.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { isLive, watch } from '../kit/watched.ts'
import { createWriter } from '../kit/writer.ts'

export interface NoiseSize {
  /** How many sockets say something wrong. */
  sockets: number
  writes: number
}

const WORDS = ['ping', 'sync:', 'mark_read:', 'mark_all_read', 'auth:', 'delete:', 'pong', '{}', '\0', '€:']
const AT_ONCE = 8

export function noise({ sockets, writes }: NoiseSize): void {
  let stage: Stage
  afterAll(() => stage?.close())

  test(
    `${sockets} sockets that speak nonsense`,
    async () => {
      const chance = chanceOf(freshSeed())
      stage = await openStage({ chiefs: 2, staffEach: 3 })
      const { cast, proxy } = stage
      const clients = cast.chiefs.map(member => watch(member, { url: proxy.url }))
      await eventually(() => clients.every(isLive), 'every client is live')
      const tokens = await Promise.all(cast.staff.map(member => member.token()))
      const url = await stage.up()
      const codes = new Map<number | null, number>()
      let begun = 0

      async function babble(): Promise<void> {
        while (begun < sockets) {
          begun += 1
          const token = chance.below(8) === 0 ? String(chance.next()) : chance.pick(tokens)
          const since = chance.pick(['', '&since=0', '&since=99999999', '&since=-1&epoch=%00'])
          const raw = openRaw(url, `token=${token}${since}`)
          // Some do not even wait to be greeted.
          if (chance.below(4) > 0) await raw.greeted()
          for (let n = chance.below(6); n >= 0; n--) raw.socket.write(nonsense(chance))
          raw.socket.end()
          await raw.closed
          const code = raw.closeCode()
          codes.set(code, (codes.get(code) ?? 0) + 1)
        }
      }

      const writer = createWriter({ stage, chance, tended: clients })
      await Promise.all([writer.until(writes), ...Array.from({ length: AT_ONCE }, babble)])
      await writer.rest()
      const caughtUp = await allShowTheTruth(url, clients)
      expect(sum(clients).reconnects, 'whoever speaks sense is not disturbed').toBe(0)
      for (const { inbox } of clients) inbox.close()
      const { code, stderr, stdout } = await stage.stop()
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout, 'nobody’s input is an error of the server').not.toMatch(/"level":(50|60)/)
      expectNoGhosts(await readLedger(stage.dataDir), clients)
      const ends = [...codes].map(([end, times]) => `${times}× ${end ?? 'none'}`).join(' ')
      report('nonsense', {
        seed: chance.seed,
        sockets,
        'closed with': ends,
        ...writer.counts,
        ...sum(clients),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}

/** A well-formed frame of anything, a frame that breaks a rule, or bytes that are no frame. */
function nonsense(chance: Chance): Buffer {
  const bytes = (most: number) => Uint8Array.from({ length: chance.below(most) }, () => chance.below(256))
  switch (chance.below(4)) {
    case 0:
      return frame(0x1, `${chance.pick(WORDS)}${chance.pick(WORDS)}${chance.below(1e9)}`)
    case 1:
      return frame(chance.below(16), bytes(126), {
        fin: chance.below(2) === 0,
        masked: chance.below(4) > 0,
      })
    case 2:
      return Buffer.from([0x81, 0xff, ...bytes(9)])
    default:
      return Buffer.from(bytes(2_000))
  }
}
