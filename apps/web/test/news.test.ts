// Live news is gathered: what comes together is acted on together, and soon.
import { expect, test } from 'vitest'
import { gatherNews } from '../src/api/news.ts'

function setUp() {
  const acted: string[][] = []
  const timers: { call: () => void; ms: number }[] = []
  let now = 1_000
  const hear = gatherNews({
    act: changes => acted.push(changes.map(({ resource, id }) => `${resource} ${id}`)),
    now: () => now,
    later: (call, ms) => timers.push({ call, ms }),
  })
  return {
    acted,
    hear: (resource: string, id: string) => hear({ resource, id }),
    /** @returns after how long the timer that was set last rang */
    ring() {
      const timer = timers.shift()
      if (!timer) return null
      now += timer.ms
      timer.call()
      return timer.ms
    },
  }
}

test('the first is acted on at once, with what came along, each thing once', () => {
  const { acted, hear, ring } = setUp()
  hear('goal', 'g1')
  hear('user', 'u1')
  hear('goal', 'g1')
  expect(ring()).toBeLessThan(50)
  expect(acted).toEqual([['goal g1', 'user u1']])
  expect(ring()).toBeNull()
})

test('a stream of news is acted on a few times a second, and the last of it is not lost', () => {
  const { acted, hear, ring } = setUp()
  hear('goal', 'g1')
  ring()
  for (let n = 0; n < 100; n++) hear('goal', `g${n % 7}`)
  expect(ring()).toBeGreaterThanOrEqual(300)
  expect(acted).toHaveLength(2)
  expect(acted[1]).toHaveLength(7)
  expect(ring()).toBeNull()
})
