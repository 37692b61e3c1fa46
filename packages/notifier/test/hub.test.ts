/** Who is connected, and that nothing is kept of those who left. */
import { afterEach, expect, it } from 'vitest'
import type { Bus } from '../src/bus/bus.ts'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk
let listening = 0
afterEach(() => desk.close())

const counting = (real: Bus): Bus => ({
  ...real,
  subscribe(userId, listener) {
    const leave = real.subscribe(userId, listener)
    listening += 1
    return () => {
      listening -= 1
      leave()
    }
  },
})

it('knows who is here, listens once a person, and forgets those who left', async () => {
  desk = await openDesk({ bus: counting })
  const { hub } = desk
  const tabs = [desk.connect('amy'), desk.connect('amy'), desk.connect('bob')]
  expect(hub.stats()).toEqual({ activeUsers: 2, totalConnections: 3 })
  expect(listening).toBe(2)
  expect(await hub.totals()).toEqual(hub.stats())
  expect(await Promise.all(['amy', 'bob', 'cat'].map(hub.isOnline))).toEqual([true, true, false])

  const [first, second, third] = tabs
  for (const tab of tabs) await tab.hears()
  first?.leave()
  first?.leave()
  expect(hub.stats()).toEqual({ activeUsers: 2, totalConnections: 2 })
  await desk.assign(['amy', 'bob'], 't1')
  expect(await first?.hears()).toEqual([])
  expect(await second?.hears()).toHaveLength(1)

  second?.leave()
  third?.leave()
  expect(hub.stats()).toEqual({ activeUsers: 0, totalConnections: 0 })
  expect(await hub.totals()).toEqual(hub.stats())
  expect(await Promise.all(['amy', 'bob'].map(hub.isOnline))).toEqual([false, false])
  expect(listening).toBe(0)

  // Who comes back is served, and a late goodbye of an old tab takes nothing from them.
  const back = desk.connect('amy')
  second?.leave()
  await back.hears()
  await desk.assign('amy', 't2')
  expect(await back.hears()).toHaveLength(1)
  expect(hub.stats()).toEqual({ activeUsers: 1, totalConnections: 1 })
})

it('goes on serving the others when a socket ends while a change is handed round', async () => {
  desk = await openDesk({ limits: { maxBufferedBytes: 10 } })
  const tabs = [desk.connect('amy'), desk.connect('amy'), desk.connect('amy')]
  for (const tab of tabs) await tab.hears()
  const [first, second, third] = tabs
  if (!first || !second) throw new Error('not connected')
  first.socket.close = () => {
    first.leave()
    second.leave()
  }
  first.socket.buffered = 11
  await desk.assign('amy', 't1')
  expect(await second.hears()).toEqual([])
  expect(await third?.hears()).toHaveLength(1)
  expect(desk.hub.stats()).toEqual({ activeUsers: 1, totalConnections: 1 })
})
