/** The server dies under thousands of sockets, and all of them come back in the same moment. */
import { afterAll, expect, test } from 'vitest'
import { report, sum } from '../kit/figures.ts'
import { chanceOf, freshSeed } from '../kit/random.ts'
import { createReader } from '../kit/reader.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { expectNoGhosts, readLedger, type Truth, truthOf } from '../kit/truth.ts'
import { SCENE_MS } from '../kit/until.ts'
import { createWriter } from '../kit/writer.ts'

export interface HerdSize {
  people: number
  /** Of each of them; 20 is what one person may have. */
  sockets: number
  /** Written while nobody is connected, and as much again while all come back. */
  writes: number
}

/** What is needed besides the sockets themselves. */
const SPARE_FILES = 200

export function herd({ people, sockets, writes }: HerdSize): void {
  let stage: Stage
  afterAll(() => stage?.close())

  test(
    `${people * sockets} sockets come back at once`,
    async () => {
      const chance = chanceOf(freshSeed())
      const wanted = people * sockets
      const count = Math.min(wanted, mostFiles() - SPARE_FILES)
      stage = await openStage({ chiefs: people, staffEach: 1 })
      const { cast } = stage
      const readers = Array.from({ length: count }, (_, n) =>
        createReader(cast.chiefs[n % people] ?? chance.pick(cast.chiefs)),
      )
      const writer = createWriter({ stage, chance, tended: [] })
      const connectAll = async () => {
        const url = await stage.up()
        const from = performance.now()
        await Promise.all(readers.map(reader => reader.connect(url)))
        return Math.round(performance.now() - from)
      }

      const firstMs = await connectAll()
      await writer.until(writes)
      await stage.kill()
      await stage.start()
      await writer.until(writes)
      const [againMs] = await Promise.all([connectAll(), writer.until(writes)])
      const from = performance.now()
      const url = await stage.up()
      const truths = new Map<string, Truth>()
      for (const chief of cast.chiefs) truths.set(chief.id, await truthOf(url, chief))
      await Promise.all(readers.map(reader => reader.reaches(truths.get(reader.member.id) as Truth)))
      const caughtUp = Math.round(performance.now() - from)

      for (const reader of readers) reader.close()
      const { code, stderr } = await stage.stop()
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expectNoGhosts(await readLedger(stage.dataDir), readers)
      const { reconnects, ...rest } = sum(readers)
      expect(reconnects).toBeGreaterThanOrEqual(count)
      report('herd', {
        seed: chance.seed,
        sockets: count === wanted ? count : `${count} of ${wanted} (limit of open files)`,
        ...writer.counts,
        ...rest,
        reconnects,
        'first connected in ms': firstMs,
        'all back in ms': againMs,
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}

/** How many files one process may have open; a socket is one on each side. */
function mostFiles(): number {
  const { userLimits } = process.report.getReport() as {
    userLimits?: { open_files?: { soft: number | string } }
  }
  const soft = userLimits?.open_files?.soft
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY
}
