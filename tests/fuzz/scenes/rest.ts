/** Calls made from the OpenAPI document, right ones and wrong ones: every answer is one that the document promises. */
import { afterAll, expect, test } from 'vitest'
import { chanceOf } from '../../faults/kit/random.ts'
import { growth, heapInUse } from '../kit/heap.ts'
import { report } from '../kit/report.ts'
import { createRestFuzz } from '../kit/rest-fuzz.ts'
import { openTown, type Town } from '../kit/town.ts'

export interface RestSize {
  seed: number
  /** At least; more until so much time has passed. */
  rounds: number
  forMs?: number
  /** Of each operation, in each round. */
  runs: number
  /** Operations that are to have been done for somebody by then. */
  done: number
  /** How much more may be held at the end than at half time, in MB. */
  mayGrowMb: number
}

export function rest({ seed, rounds, forMs = 0, runs, done, mayGrowMb }: RestSize): void {
  let town: Town
  afterAll(() => town?.close())

  test('calls made from the document', { timeout: forMs * 2 + 120_000 }, async () => {
    town = await openTown()
    const fuzz = await createRestFuzz(town)
    const chance = chanceOf(seed)
    const heap: number[] = []
    const from = performance.now()
    for (let n = 0; n < rounds || performance.now() - from < forMs; n++) {
      await fuzz.round({ seed: chance.below(2 ** 31), runs, lanes: 2 })
      heap.push(await heapInUse())
      if (fuzz.problems.length > 0) break
    }
    const grown = growth(heap)
    report('rest', { seed, rounds: heap.length, ...fuzz.figures(), 'heap in MB': grown.words })
    expect(fuzz.problems.join('\n\n'), `FUZZ_SEED=${seed}`).toBe('')
    expect(await town.wrongCounters()).toEqual([])
    const missing = fuzz.neverDone()
    expect(fuzz.operations.length - missing.length, `never done: ${missing}`).toBeGreaterThanOrEqual(done)
    expect(grown.sinceHalf, grown.words).toBeLessThan(mayGrowMb)
  })
}
