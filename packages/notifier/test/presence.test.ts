/** Presence by each of its means; and over Redis, what comes of several nodes and of a server that goes away. */
import { type RedisServer, startRedis } from '@pms/test-services/redis'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { memoryPresence } from '../src/presence/memory.ts'
import type { Presence } from '../src/presence/presence.ts'
import { type RedisPresenceOptions, redisPresence } from '../src/presence/redis.ts'
import { presenceSuite } from '../src/testing/presence-suite.ts'

let server: RedisServer
let nodes: Presence[] = []
let errors: unknown[] = []
/** Of each test another one: nobody sees what the one before left behind. */
let prefix = ''

beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.stop())
afterEach(async () => {
  for (const node of nodes) await node.close()
  nodes = []
  errors = []
  prefix = ''
})

/** Long enough for a busy machine, short enough to be waited for. */
const LIFE_MS = 1_500

/** Resolves when the node is known to Redis. */
async function openNode(more: Partial<RedisPresenceOptions> = {}): Promise<Presence> {
  prefix ||= crypto.randomUUID()
  const onError = (error: unknown) => errors.push(error)
  const node = redisPresence({ url: server.url, prefix, onError, lifeMs: LIFE_MS, beatMs: 300, ...more })
  nodes.push(node)
  // Only Redis refuses anybody.
  await expect.poll(() => refuses(node)).toBe(true)
  return node
}

async function refuses(node: Presence): Promise<boolean> {
  const isIn = await node.enter('witness', 0)
  if (isIn) node.leave('witness')
  return !isIn
}

/** Everybody is let in. */
async function come(node: Presence, ...people: string[]): Promise<void> {
  await Promise.all(people.map(person => node.enter(person, 1_000)))
}

presenceSuite('memory', async () => memoryPresence())
presenceSuite('redis', () => openNode())

const nobody = { activeUsers: 0, totalConnections: 0 }

test('nodes count together: a person at two of them is one, and has room once', async () => {
  const [here, there] = [await openNode(), await openNode()]
  await come(here, 'amy', 'amy', 'bob')
  expect(await there.totals()).toEqual({ activeUsers: 2, totalConnections: 3 })
  expect(await there.enter('amy', 3)).toBe(true)
  expect(await there.enter('amy', 3)).toBe(false)
  expect(await here.enter('amy', 3)).toBe(false)
  expect(await here.totals()).toEqual({ activeUsers: 2, totalConnections: 4 })
  expect([await there.isPresent('bob'), await there.isPresent('cat')]).toEqual([true, false])
  here.leave('amy')
  expect((await here.totals()).totalConnections).toBe(3)
  expect(await there.enter('amy', 3)).toBe(true)
})

test('of many who come at once at two nodes exactly as many get in as there is room for', async () => {
  const both = [await openNode(), await openNode()]
  const came = await Promise.all(
    both.flatMap(node => Array.from({ length: 20 }, () => node.enter('amy', 25))),
  )
  expect(came.filter(Boolean)).toHaveLength(25)
  // Who is refused is counted out again a moment later.
  for (const node of both)
    await expect.poll(() => node.totals()).toEqual({ activeUsers: 1, totalConnections: 25 })
})

test('what a node had that died without a word is forgotten; one that says goodbye is forgotten at once', async () => {
  const [here, leaving] = [await openNode(), await openNode()]
  const dead = await openNode({ beatMs: 3_600_000 })
  const people = Array.from({ length: 1_200 }, (_, n) => `user-${n}`)
  await come(dead, ...people, 'amy', 'amy')
  await come(here, 'amy')
  await come(leaving, 'bob')
  expect(await here.totals()).toEqual({ activeUsers: 1_202, totalConnections: 1_204 })
  await leaving.close()
  expect(await here.totals()).toEqual({ activeUsers: 1_201, totalConnections: 1_203 })
  await expect.poll(() => here.totals(), { timeout: 10_000 }).toEqual({ activeUsers: 1, totalConnections: 1 })
  expect(await here.isPresent('user-7')).toBe(false)
})

test('a node that was taken for dead tells again what it has', async () => {
  const here = await openNode()
  const asleep = await openNode({ beatMs: 3_600_000 })
  await come(asleep, 'amy', 'amy')
  await expect.poll(() => here.totals(), { timeout: 10_000 }).toEqual(nobody)
  await come(asleep, 'bob')
  await expect.poll(() => here.totals()).toEqual({ activeUsers: 2, totalConnections: 3 })
})

test('while Redis is away each node goes by what it has, and nobody is refused; then all is told again', async () => {
  const [here, there] = [await openNode(), await openNode()]
  await come(here, 'amy')
  await come(there, 'amy')
  expect(await here.enter('amy', 2)).toBe(false)
  server.signal('SIGKILL')
  await expect.poll(() => errors.length, { timeout: 10_000 }).toBe(2)
  expect(await here.totals()).toEqual({ activeUsers: 1, totalConnections: 1 })
  expect(await here.enter('amy', 2)).toBe(true)
  await come(here, 'cat')
  expect([await here.isPresent('cat'), await there.isPresent('cat')]).toEqual([true, false])

  await server.restart()
  const all = { activeUsers: 2, totalConnections: 4 }
  await expect.poll(() => there.totals(), { timeout: 10_000 }).toEqual(all)
  expect(await here.totals()).toEqual(all)
  expect(await here.enter('amy', 3)).toBe(false)
})

test('a Redis that was stopped holds nobody up for long', async () => {
  const here = await openNode()
  server.signal('SIGSTOP')
  try {
    expect(await here.enter('amy', 0)).toBe(true)
    expect(await here.totals()).toEqual({ activeUsers: 1, totalConnections: 1 })
  } finally {
    server.signal('SIGCONT')
  }
})
