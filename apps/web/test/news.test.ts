// Live news is gathered: what comes together is acted on together, and soon.
import { expect, test } from 'vitest'
import { gatherNews } from '../src/api/news.ts'

function setUp() {
  const acted: string[][] = []
  const shown: (() => void)[] = []
  const timers: { call: () => void; at: number }[] = []
  let now = 1_000
  const hear = gatherNews({
    act(changes) {
      acted.push(changes.map(({ resource, id }) => `${resource} ${id}`))
      return new Promise<void>(resolve => shown.push(resolve))
    },
    now: () => now,
    later: (call, ms) => timers.push({ call, at: now + ms }),
  })
  return {
    acted,
    hear: (resource: string, id: string) => hear({ resource, id }),
    async pass(ms: number) {
      now += ms
      for (const due of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(due), 1)
        due.call()
      }
      await settled()
    },
    /** The page has what it asked for. */
    async show() {
      shown.shift()?.()
      await settled()
    },
  }
}

const settled = () => new Promise(setImmediate)

test('the first is acted on at once, with what came along, each thing once', async () => {
  const { acted, hear, pass, show } = setUp()
  hear('goal', 'g1')
  hear('user', 'u1')
  hear('goal', 'g1')
  await pass(50)
  await show()
  await pass(10_000)
  expect(acted).toEqual([['goal g1', 'user u1']])
})

test('a stream of news is acted on a few times a second, and the last of it is not lost', async () => {
  const { acted, hear, pass, show } = setUp()
  hear('goal', 'g1')
  await pass(50)
  await show()
  for (let n = 0; n < 100; n++) hear('goal', `g${n % 7}`)
  await pass(200)
  expect(acted).toHaveLength(1)
  await pass(100)
  expect(acted).toHaveLength(2)
  expect(acted[1]).toHaveLength(7)
  await show()
  await pass(10_000)
  expect(acted).toHaveLength(2)
})

test('what comes while the page still waits for an answer is acted on once it has that', async () => {
  const { acted, hear, pass, show } = setUp()
  hear('goal', 'g1')
  await pass(50)
  for (let n = 0; n < 10; n++) {
    hear('goal', `g${n % 2}`)
    await pass(300)
  }
  expect(acted).toEqual([['goal g1']])
  await show()
  await pass(50)
  expect(acted).toEqual([['goal g1'], ['goal g0', 'goal g1']])
})

test('an answer that does not come holds up the rest for a few seconds', async () => {
  const { acted, hear, pass } = setUp()
  hear('goal', 'g1')
  await pass(50)
  hear('goal', 'g2')
  await pass(4_000)
  expect(acted).toHaveLength(1)
  await pass(1_000)
  await pass(50)
  expect(acted).toEqual([['goal g1'], ['goal g2']])
})
