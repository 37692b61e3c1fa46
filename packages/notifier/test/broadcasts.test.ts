/** What all may see is told to everybody who is connected: a few at once, many in turns, and no more than must be. */
import { afterEach, expect, test } from 'vitest'
import { createBroadcasts } from '../src/broadcasts.ts'
import { resourceChangedForAll } from '../src/notify.ts'
import { type Desk, openDesk, since } from './desk.ts'

let desk: Desk | undefined
afterEach(async () => {
  await desk?.close()
  desk = undefined
})

/** Hearers by number, and a timer that the test turns. */
function setUp(count: number) {
  const heard = new Map<string, string[]>()
  const names = Array.from({ length: count }, (_, n) => `user-${n}`)
  let turn: (() => void) | null = null
  const broadcasts = createBroadcasts({
    *hearers() {
      for (const userId of names)
        yield {
          userId,
          signal: ({ id }: { id: string }) => heard.set(userId, [...(heard.get(userId) ?? []), id]),
        }
    },
    every(_ms, call) {
      turn = call
      return () => {
        turn = null
      }
    },
  })
  return {
    heard,
    add: (id: string, except: string[] = []) =>
      broadcasts.add({ kind: 'broadcast', resource: 'desk', id, except }),
    clear: broadcasts.clear,
    /** @returns whether there is a timer to turn */
    turn() {
      turn?.()
      return turn !== null
    },
    /** @returns how many turns it took until all was told */
    turnOut() {
      let turns = 0
      while (turn) {
        turn()
        turns += 1
      }
      return turns
    },
  }
}

test('a few are told at once, and the timer stops', () => {
  const { heard, add, turnOut } = setUp(3)
  add('a', ['user-1'])
  expect(Object.fromEntries(heard)).toEqual({ 'user-0': ['a'], 'user-2': ['a'] })
  expect(turnOut()).toBe(1)
})

test('many are told in turns, each once, in the order of those who came first', () => {
  const { heard, add, turn, turnOut } = setUp(1_000)
  add('a')
  expect([...heard.keys()]).toEqual(Array.from({ length: 40 }, (_, n) => `user-${n}`))
  turn()
  expect(heard.size).toBe(80)
  turnOut()
  expect(heard.size).toBe(1_000)
  expect([...heard.values()].every(ids => ids.join() === 'a')).toBe(true)
})

test('what changes meanwhile waits for the next round, told once however often it changed', () => {
  const { heard, add, turnOut } = setUp(100)
  add('a')
  for (let times = 0; times < 50; times++) add('b')
  turnOut()
  expect([...heard.values()].every(ids => ids.join() === 'a,b')).toBe(true)
  expect(heard.size).toBe(100)
})

test('of very much that changed at once each round takes a part', () => {
  const { heard, add, turn, turnOut } = setUp(1)
  for (let n = 0; n < 50; n++) add(String(n))
  turn()
  expect(heard.get('user-0')).toHaveLength(21)
  turnOut()
  expect(heard.get('user-0')).toEqual(Array.from({ length: 50 }, (_, n) => String(n)))
})

test('who was told of one change is told of the next, unless of both', () => {
  const { heard, add, turnOut } = setUp(100)
  add('first')
  add('a', ['user-1', 'user-2'])
  add('a', ['user-2', 'user-3'])
  turnOut()
  expect(heard.get('user-1')).toEqual(['first', 'a'])
  expect(heard.get('user-2')).toEqual(['first'])
})

test('a round takes ten seconds at most, however many there are', () => {
  const { heard, add, turnOut } = setUp(100_000)
  add('a')
  expect(turnOut()).toBeLessThanOrEqual(500)
  expect(heard.size).toBe(100_000)
})

test('when the last has left nothing is kept for anybody', () => {
  const { heard, add, clear, turnOut } = setUp(100)
  add('a')
  add('b')
  clear()
  turnOut()
  expect(heard.size).toBe(40)
})

test('a transaction tells everybody who is connected, once, and a plain client nothing', async () => {
  desk = await openDesk()
  const tabs = [desk.connect('amy', since(0)), desk.connect('bob', since(0)), desk.connect('cat')]
  for (const tab of tabs) await tab.hears()
  await desk.database.transaction(async tx => resourceChangedForAll(tx, 'desk', 'd1', ['amy', 'amy']))
  const told = [{ type: 'resource_changed', resource: 'desk', id: 'd1' }]
  expect(await Promise.all(tabs.map(tab => tab.hears()))).toEqual([told, told, []])

  await expect(
    desk.database.transaction(async tx => {
      resourceChangedForAll(tx, 'desk', 'd2')
      throw new Error('taken back')
    }),
  ).rejects.toThrow('taken back')
  expect(await tabs[1]?.hears()).toEqual([])
})
