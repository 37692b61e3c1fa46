// What a bus over Redis has besides: other processes, and a server that can go away.

import { type RedisServer, startRedis } from '@pms/test-services/redis'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Bus, BusMessage } from '../src/bus/bus.ts'
import { redisBus } from '../src/bus/redis.ts'

let server: RedisServer
let here: Bus
let there: Bus
let errors: unknown[]
let recoveries: number

beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.stop())
beforeEach(async () => {
  errors = []
  recoveries = 0
  const open = () =>
    redisBus({
      url: server.url,
      onError: error => errors.push(error),
      onRecovered: () => {
        recoveries += 1
      },
    })
  here = open()
  there = open()
  await connected()
})
afterEach(async () => {
  await here.close()
  await there.close()
})

const connected = () =>
  expect.poll(() => here.isConnected && there.isConnected, { timeout: 10_000 }).toBe(true)
const signal = (user_id: string, id: string): BusMessage => ({
  kind: 'resource_changed',
  user_id,
  resource: 'ticket',
  id,
})

/** Hears somebody at a bus; resolves once Redis knows of it. */
async function listen(bus: Bus, userId: string, heard: BusMessage[] = []) {
  const known = Promise.withResolvers<void>()
  const stop = bus.onDoubt(ids => {
    if (ids === null || ids.includes(userId)) known.resolve()
  })
  const leave = bus.subscribe(userId, message => heard.push(message))
  await known.promise
  stop()
  return { heard, leave }
}

test('what is published in one process is heard in the other, in order, and once where it was published', async () => {
  const near = await listen(here, 'amy')
  const far = await listen(there, 'amy')
  const messages = Array.from({ length: 50 }, (_, n) => signal('amy', String(n)))
  for (const message of messages) here.publish([message, signal('bob', 'not hers')])
  await expect.poll(() => far.heard.length).toBe(50)
  expect(far.heard).toEqual(messages)
  // What came back to where it was said has come by now.
  there.publish([signal('amy', 'last')])
  await expect.poll(() => near.heard.at(-1)).toEqual(signal('amy', 'last'))
  expect(near.heard).toEqual([...messages, signal('amy', 'last')])
})

test('what concerns everybody goes to each process once, whoever is connected there', async () => {
  const heard: unknown[] = []
  there.onBroadcast(message => heard.push(message))
  const near: unknown[] = []
  here.onBroadcast(message => near.push(message))
  const change = { kind: 'broadcast', resource: 'desk', id: '1', except: ['amy'] } as const
  here.publish([signal('bob', '1'), change])
  await expect.poll(() => heard).toEqual([change])
  // Of who was told already goes only what is small.
  here.publish([{ ...change, id: '2', except: Array.from({ length: 1_000 }, (_, n) => `user-${n}`) }])
  await expect.poll(() => heard).toEqual([change, { ...change, id: '2', except: [] }])
  expect(near).toHaveLength(2)
})

test('whoever comes is told that something may have been missed, once Redis knows of them, in batches', async () => {
  const doubts: (readonly string[] | null)[] = []
  there.onDoubt(ids => doubts.push(ids))
  const people = Array.from({ length: 1_200 }, (_, n) => `user-${n}`)
  const heard: BusMessage[] = []
  for (const person of people) there.subscribe(person, message => heard.push(message))
  await expect.poll(() => doubts.flat().length).toBe(1_200)
  expect(doubts).toEqual([people])
  here.publish([signal('user-7', 'a'), signal('user-1199', 'b')])
  await expect.poll(() => heard).toEqual([signal('user-7', 'a'), signal('user-1199', 'b')])
})

test('who left and came back at once is heard, and who left is not', async () => {
  const first = await listen(there, 'amy')
  first.leave()
  const again: BusMessage[] = []
  there.subscribe('amy', message => again.push(message))
  const gone = await listen(there, 'bob')
  gone.leave()
  here.publish([signal('bob', '1'), signal('amy', '2')])
  await expect.poll(() => again).toEqual([signal('amy', '2')])
  expect(first.heard).toEqual([])
  expect(gone.heard).toEqual([])
})

test('of what is large only that there is something goes over the bus', async () => {
  const far = await listen(there, 'amy')
  here.publish([{ kind: 'deleted', user_id: 'amy', version: 4, unread_count: 0, id: 'x'.repeat(9_000) }])
  await expect.poll(() => far.heard).toEqual([{ kind: 'moved', user_id: 'amy', version: 4 }])
})

test('without Redis a process still hears itself; when it is back everybody is in doubt, and all is heard again', async () => {
  const near = await listen(here, 'amy')
  const far = await listen(there, 'amy')
  server.signal('SIGKILL')
  await expect.poll(() => here.isConnected || there.isConnected, { timeout: 10_000 }).toBe(false)
  here.publish([signal('amy', 'lost')])
  expect(near.heard).toEqual([signal('amy', 'lost')])
  const newcomer = here.subscribe('bob', () => {})

  const doubts: unknown[] = []
  there.onDoubt(ids => doubts.push(ids))
  await server.restart()
  await connected()
  // They were deaf themselves, and the other one was mute.
  expect(new Set(doubts)).toEqual(new Set([null]))
  here.publish([signal('amy', 'found')])
  await expect.poll(() => far.heard).toEqual([signal('amy', 'found')])
  // Said once by each of the two, however often they tried.
  expect(errors).toHaveLength(2)
  await expect.poll(() => recoveries, { timeout: 10_000 }).toBe(2)
  newcomer()
})

test('whoever could not speak for a moment says so, and the others doubt though they heard all the time', async () => {
  const far = await listen(there, 'amy')
  const doubts: unknown[] = []
  there.onDoubt(ids => doubts.push(ids))
  const admin = new Redis(server.url)
  try {
    // Who has subscribed to something is of another type.
    await admin.call('client', 'kill', 'type', 'normal')
    here.publish(Array.from({ length: 20 }, (_, n) => signal('amy', String(n))))
    await expect.poll(() => doubts).toEqual([null])
    expect(far.heard).toEqual([])
    await connected()
    here.publish([signal('amy', 'after')])
    await expect.poll(() => far.heard).toEqual([signal('amy', 'after')])
    expect(doubts).toEqual([null])
  } finally {
    admin.disconnect()
  }
})

test('people whom Redis did not take, though it answers all else, are asked for again', async () => {
  const operator = new Redis(server.url)
  const heard: BusMessage[] = []
  try {
    await operator.acl('SETUSER', 'default', '-subscribe')
    there.subscribe('bob', message => heard.push(message))
    await expect.poll(() => errors).not.toEqual([])
  } finally {
    await operator.acl('SETUSER', 'default', '+subscribe')
    operator.disconnect()
  }
  const isHeard = () => {
    here.publish([signal('bob', 'now')])
    return heard.length > 0
  }
  await expect.poll(isHeard, { timeout: 10_000 }).toBe(true)
})

test('a Redis that was stopped is found out, holds nothing up, and is heard again when it runs', async () => {
  const far = await listen(there, 'amy')
  server.signal('SIGSTOP')
  try {
    for (let n = 0; n < 20_000; n++) here.publish([signal('amy', String(n))])
    await expect.poll(() => here.isConnected || there.isConnected, { timeout: 15_000 }).toBe(false)
  } finally {
    server.signal('SIGCONT')
  }
  await connected()
  here.publish([signal('amy', 'after')])
  await expect.poll(() => far.heard.at(-1)).toEqual(signal('amy', 'after'))
})
