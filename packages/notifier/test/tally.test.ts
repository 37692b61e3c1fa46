/** What the engine counts of itself: each number rises by what it says, and by nothing else. */
import { afterEach, expect, it } from 'vitest'
import type { Bus, BusMessage } from '../src/bus/bus.ts'
import type { HubReadings } from '../src/hub.ts'
import { distribution, observe } from '../src/tally.ts'
import { type Desk, type DeskOptions, NOW, openDesk, since } from './desk.ts'

let desk: Desk
/** What the numbers were when they were looked at last. */
let before: HubReadings
afterEach(() => desk.close())

async function open(options: DeskOptions = {}): Promise<void> {
  desk = await openDesk(options)
  before = desk.hub.readings()
}

/** The numbers that have changed since this was last asked, and by how much. */
function risen(): Record<string, number> {
  const now = desk.hub.readings()
  const rises: Record<string, number> = {}
  for (const [name, value] of Object.entries(now)) {
    const was = before[name as keyof HubReadings]
    if (typeof value === 'number' && typeof was === 'number' && value !== was) rises[name] = value - was
  }
  before = now
  return rises
}

it('counts who comes and goes, and what each socket was handed', async () => {
  await open({ limits: { socketsPerUser: 2 } })
  const first = desk.connect('amy')
  const second = desk.connect('amy')
  const bob = desk.connect('bob')
  for (const tab of [first, second, bob]) await tab.hears()
  expect(risen()).toEqual({ opened: 3, activeUsers: 2, totalConnections: 3 })

  await desk.assign(['amy', 'bob', 'cat'], 't1')
  expect(risen()).toEqual({ delivered: 3 })

  expect(() => desk.connect('amy')).toThrow('refused')
  expect(risen()).toEqual({ crowdedOut: 1 })

  bob.leave()
  expect(risen()).toEqual({ activeUsers: -1, totalConnections: -1 })
})

it('counts pages, resets and commands that were refused', async () => {
  await open()
  const amy = desk.connect('amy', since(0))
  await amy.hears()
  expect(risen()).toMatchObject({ replays: 1, pages: 1 })
  amy.say('mark_read:not-there')
  amy.say('dance')
  amy.say('ping')
  await amy.hears()
  expect(risen()).toEqual({ refusedCommands: 2 })

  const stranger = desk.connect('amy', since(0, 'another database'))
  await stranger.hears()
  expect(risen()).toMatchObject({ resets: 1 })
})

it('counts a reader that is too slow, once', async () => {
  await open({ limits: { maxBufferedBytes: 10 } })
  const amy = desk.connect('amy')
  await amy.hears()
  risen()
  amy.socket.buffered = 11
  await desk.assign('amy', 't1')
  await desk.assign('amy', 't2')
  expect(risen()).toEqual({ delivered: 1, slowReaders: 1 })
})

it('counts who was found behind when versions were compared, and how far', async () => {
  let doubt: (userIds: null) => void = () => {}
  const deaf = (bus: Bus): Bus => ({
    ...bus,
    publish: () => undefined,
    onDoubt(listener) {
      doubt = listener
      return () => {}
    },
  })
  await open({ bus: deaf })
  const tabs = [desk.connect('amy'), desk.connect('amy'), desk.connect('bob')]
  for (const tab of tabs) await tab.hears()
  await desk.assign('amy', 't1', 't2', 't3')
  risen()
  doubt(null)
  for (const tab of tabs) await tab.hears()
  expect(risen()).toEqual({ gapsHealed: 2, pages: 2, versionLag: 3 })
  doubt(null)
  for (const tab of tabs) await tab.hears()
  expect(risen()).toEqual({ versionLag: -3 })
})

it('knows how late news is, and never calls it early', async () => {
  let now = Date.parse(NOW)
  let isConnected = true
  let tell: (messages: readonly BusMessage[]) => void = () => {}
  const slow = (bus: Bus): Bus => ({
    ...bus,
    get isConnected() {
      return isConnected
    },
    publish: messages => {
      tell = () => bus.publish(messages)
    },
  })
  await open({ bus: slow, clock: { now: () => now, every: () => () => {} } })
  const amy = desk.connect('amy')
  await amy.hears()
  for (const late of [40, 9_000, -3]) {
    await desk.assign('amy', `t${late}`)
    now = Date.parse(NOW) + late
    tell([])
  }
  const { deliveryMs, isBusConnected } = desk.hub.readings()
  expect(deliveryMs.sum).toBe(9_040)
  const filled = deliveryMs.counts.flatMap((count, n) => (count ? [[deliveryMs.bounds[n], count]] : []))
  expect(filled).toEqual([
    [2, 1],
    [50, 1],
    [10_000, 1],
  ])
  expect(isBusConnected).toBe(true)
  isConnected = false
  expect(desk.hub.readings().isBusConnected).toBe(false)
})

it('puts a value where its bound is, and what is beyond all of them apart', async () => {
  const spread = distribution([1, 10])
  for (const value of [0, 1, 1.5, 10, 11]) observe(spread, value)
  expect(spread).toEqual({ bounds: [1, 10], counts: [2, 2, 1], sum: 23.5 })
})
