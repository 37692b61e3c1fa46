/**
 * Nonsense on many sockets, with calls by REST at the same time: whoever says something wrong is told so in the words
 * of the protocol, and those who behave notice nothing.
 */
import { afterAll, expect, test } from 'vitest'
import { sum } from '../../faults/kit/figures.ts'
import { chanceOf } from '../../faults/kit/random.ts'
import { allShowTheTruth } from '../../faults/kit/truth.ts'
import { eventually } from '../../faults/kit/until.ts'
import { isLive, watch } from '../../faults/kit/watched.ts'
import { growth, heapInUse } from '../kit/heap.ts'
import { report } from '../kit/report.ts'
import { createRestFuzz } from '../kit/rest-fuzz.ts'
import { createSpeakers } from '../kit/speakers.ts'
import { openTown, type Town } from '../kit/town.ts'

export interface SocketSize {
  seed: number
  /** At least so many sockets speak; more until so much time has passed. */
  sockets: number
  forMs?: number
  /** How many speak at once. */
  atOnce: number
  /** Whether all operations of the API are called meanwhile, or only people are told things. */
  withCalls: boolean
  /** How much more may be held at the end than at half time, in MB. */
  mayGrowMb: number
}

/** After so many of them memory is measured, when nobody speaks. */
const BATCH = 100

export function socket({ seed, sockets, forMs = 0, atOnce, withCalls, mayGrowMb }: SocketSize): void {
  let town: Town
  afterAll(() => town?.close())

  test('nonsense on sockets', { timeout: forMs * 2 + 120_000 }, async () => {
    town = await openTown()
    const { server, calm } = town
    const chance = chanceOf(seed)
    const clients = calm.map(person =>
      watch({ ...person, chief: null, token: () => server.tokenOf(person) }, { url: server.url, speed: 1 }),
    )
    await eventually(() => clients.every(isLive), 'every client is live')
    const calls = withCalls ? await createRestFuzz(town) : null
    const speakers = createSpeakers(town, chance)
    const heap: number[] = []
    const from = performance.now()
    while (speakers.figures.sockets < sockets || performance.now() - from < forMs) {
      let isSpeaking = true
      const meanwhile = (async () => {
        do {
          if (calls) await calls.round({ seed: chance.below(2 ** 31), runs: 1, lanes: 1 })
          else await town.whisper()
        } while (isSpeaking)
      })()
      await speakers.speak(Math.min(BATCH, sockets), atOnce)
      isSpeaking = false
      await meanwhile
      heap.push(await heapInUse())
      if (speakers.problems.length > 0 || (calls?.problems.length ?? 0) > 0) break
    }
    const grown = growth(heap)
    const { codes, ...figures } = speakers.figures
    report('socket', {
      seed,
      ...figures,
      'closed with': [...codes].map(([code, times]) => `${times}× ${code ?? 'none'}`).join(' '),
      ...(calls?.figures() ?? {}),
      'heap in MB': grown.words,
    })
    const problems = [...speakers.problems, ...(calls?.problems ?? []), ...town.troubles()]
    expect(problems.join('\n\n'), `FUZZ_SEED=${seed}`).toBe('')
    await eventually(
      async () => (await speakers.connections()) === clients.length,
      'nobody but those who behave is connected',
    )
    await allShowTheTruth(server.url, clients)
    expect(sum(clients).reconnects, 'whoever behaves is not disturbed').toBe(0)
    for (const { inbox } of clients) inbox.close()
    expect(await town.wrongCounters()).toEqual([])
    expect(grown.sinceHalf, grown.words).toBeLessThan(mayGrowMb)
  })
}
