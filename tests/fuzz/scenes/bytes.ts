/** Requests as bytes that no HTTP library would send: refused in words or cut off, and the server goes on. */
import { afterAll, expect, test } from 'vitest'
import { chanceOf } from '../../faults/kit/random.ts'
import { growth, heapInUse } from '../kit/heap.ts'
import { report } from '../kit/report.ts'
import { rawRequest } from '../kit/requests.ts'
import { openTown, type Town } from '../kit/town.ts'
import { exchange } from '../kit/wire.ts'

export interface BytesSize {
  seed: number
  /** At least; more until so much time has passed. */
  requests: number
  forMs?: number
  atOnce: number
  /** How much more may be held at the end than at half time, in MB. */
  mayGrowMb: number
}

const BATCH = 400

export function bytes({ seed, requests, forMs = 0, atOnce, mayGrowMb }: BytesSize): void {
  let town: Town
  afterAll(() => town?.close())

  test('requests of odd bytes', { timeout: forMs * 2 + 120_000 }, async () => {
    town = await openTown()
    const { server, people } = town
    await town.whisper()
    const chance = chanceOf(seed)
    const statuses = new Map<number, number>()
    const problems = new Set<string>()
    const heap: number[] = []
    let sent = 0

    async function send(): Promise<void> {
      const token = await town.tokenOf('john')
      const { bytes, isWrong } = rawRequest(chance, token)
      const cut = chance.below(bytes.length + 1)
      const pieces = chance.below(3) === 0 ? [bytes.subarray(0, cut), bytes.subarray(cut)] : [bytes]
      sent += 1
      const answers = await exchange(server.url, pieces)
      for (const { status, head, body } of answers) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        const say = (problem: string) =>
          problems.add(
            `${problem}: ${JSON.stringify(bytes.toString('latin1').replace(token, '…').slice(0, 400))} → ${head.slice(0, 200)} ${body.slice(0, 200)}`,
          )
        if (status >= 500 && !body.includes('"code":"unavailable"')) say('the server failed')
        if (isWrong && status < 400) say('taken')
        if (status >= 400 && !isProblem(head, body, /upgrade:/i.test(bytes.toString('latin1'))))
          say('refused without problem details')
        if (town.leaks(head + body, 'john').length > 0) say('told what is not theirs')
      }
    }

    const from = performance.now()
    while (sent < requests || performance.now() - from < forMs) {
      const until = Math.min(sent + BATCH, Math.max(requests, sent + 1))
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          while (sent < until) await send()
        }),
      )
      heap.push(await heapInUse())
      for (const line of town.troubles()) problems.add(`logged: ${line}`)
      if (problems.size > 10) break
    }
    const grown = growth(heap)
    const all = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${times}× ${status}`)
    report('bytes', { seed, sent, answers: all.join(' '), 'heap in MB': grown.words })
    expect([...problems].join('\n\n'), `FUZZ_SEED=${seed}`).toBe('')
    expect(await (await server.as(people.john)).get('/api/auth/me')).toMatchObject({ status: 200 })
    expect(await town.wrongCounters()).toEqual([])
    expect(grown.sinceHalf, grown.words).toBeLessThan(mayGrowMb)
  })
}

function isProblem(head: string, body: string, isUpgrade: boolean): boolean {
  // Node says by itself that it expects nothing; an upgrade that is none of ours ends without a word.
  if (/^HTTP\/1.1 (417|426)/.test(head) || isUpgrade) return true
  if (!/content-type: *application\/problem\+json/i.test(head)) return false
  // An answer to HEAD has none.
  return body === '' || typeof JSON.parse(body).code === 'string'
}
