/** The server process dies, or is stopped as by a deployment, while everybody works; another one takes its place. */
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { createRest } from '../../../apps/server/src/testing/rest.ts'
import { CLOSE_CODES } from '../../../packages/protocol/src/index.ts'
import type { Member } from '../kit/cast.ts'
import { report, sum } from '../kit/figures.ts'
import { chanceOf, freshSeed } from '../kit/random.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { allShowTheTruth, expectNoGhosts, readLedger } from '../kit/truth.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { isLive, type Watched, watch } from '../kit/watched.ts'
import { createWriter, type Writer } from '../kit/writer.ts'

export interface RestartsSize {
  chiefs: number
  restarts: number
  /** How many calls are answered before each. */
  writesBetween: number
}

/** A process that stops longer than this would be killed by whoever supervises it. */
const STOP_WITHIN_MS = 10_000

async function begin(chiefs: number) {
  const chance = chanceOf(freshSeed())
  const stage = await openStage({ chiefs, staffEach: 2 })
  const { cast, proxy } = stage
  const members = [...cast.chiefs, ...cast.chiefs, ...cast.staff]
  const clients = members.map(member => watch(member, { url: proxy.url }))
  const writer = createWriter({ stage, chance, tended: clients })
  await eventually(() => clients.every(isLive), 'every client is live')
  return { chance, stage, clients, writer }
}

/** Lets everybody write, and does something when half of it is written. */
async function halfWay(writer: Writer, writes: number, act: () => Promise<void>): Promise<void> {
  const done = Promise.withResolvers<void>()
  const onAnswered = (count: number) => {
    if (count === Math.ceil(writes / 2)) act().then(done.resolve, done.reject)
  }
  await Promise.all([writer.until(writes, onAnswered), done.promise])
}

async function finish(stage: Stage, clients: readonly Watched[]): Promise<number> {
  const caughtUp = await allShowTheTruth(await stage.up(), clients)
  for (const { inbox } of clients) inbox.close()
  const { code, stderr } = await stage.stop()
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expectNoGhosts(await readLedger(stage.dataDir), clients)
  return caughtUp
}

export function kills({ chiefs, restarts, writesBetween }: RestartsSize): void {
  let stage: Stage
  afterAll(() => stage?.close())

  test(
    `killed ${restarts} times while everybody writes`,
    async () => {
      const scene = await begin(chiefs)
      stage = scene.stage
      const { chance, clients, writer } = scene
      const downs: number[] = []
      for (let n = 0; n < restarts; n++) {
        await halfWay(writer, writesBetween, async () => {
          const from = performance.now()
          await stage.kill()
          await stage.start()
          downs.push(Math.round(performance.now() - from))
        })
      }
      await writer.rest()
      const caughtUp = await finish(stage, clients)
      expect(writer.counts.cut, 'calls that a kill cut off').toBeGreaterThan(0)
      report('kill -9', {
        seed: chance.seed,
        clients: clients.length,
        ...writer.counts,
        kills: restarts,
        'down for ms': downs.join('/'),
        ...sum(clients),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}

export function gracefulRestarts({ chiefs, restarts, writesBetween }: RestartsSize): void {
  let stage: Stage
  afterAll(() => stage?.close())

  test(
    `stopped and started ${restarts} times while everybody writes`,
    async () => {
      const scene = await begin(chiefs)
      stage = scene.stage
      const { chance, clients, writer } = scene
      const author = stage.cast.staff[0] as Member
      const tookMs: number[] = []
      const underWay: string[] = []

      async function restart(): Promise<void> {
        for (const { figures } of clients) figures.closes.length = 0
        const title = `Begun before stop ${underWay.length + 1}`
        await beginNothing(await stage.up())
        const { finish, answered } = await beginGoal(await stage.up(), author, title)
        const announced = sumOf(clients, 'announcements')
        const from = performance.now()
        const stopped = stage.stop()
        await eventually(() => sumOf(clients, 'announcements') > announced, 'the stop is announced')
        finish()
        expect(await answered, 'what was begun before the stop is answered').toBe(201)
        underWay.push(title)
        const { code, stderr } = await stopped
        tookMs.push(Math.round(performance.now() - from))
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        await eventually(() => clients.every(client => !isLive(client)), 'every client has noticed')
        // Whoever tried again meanwhile has found nobody; what counts is what the server said.
        const codes = new Set(clients.map(({ figures }) => figures.closes[0]))
        expect([...codes], 'how sockets ended').toEqual([CLOSE_CODES.restart])
        await stage.start()
      }

      for (let n = 0; n < restarts; n++) {
        await halfWay(writer, writesBetween, restart)
        await eventually(() => clients.every(isLive), 'every client is live again')
      }
      await writer.rest()
      const rest = createRest(await stage.up(), { token: await author.token() })
      for (const title of underWay) {
        const { body } = await rest.get<{ total: number }>(`/api/goals?search=${encodeURIComponent(title)}`)
        expect(body.total, title).toBe(1)
      }
      const caughtUp = await finish(stage, clients)
      expect(Math.max(...tookMs)).toBeLessThan(STOP_WITHIN_MS)
      report('graceful restart', {
        seed: chance.seed,
        clients: clients.length,
        ...writer.counts,
        restarts,
        'stopped in ms': tookMs.join('/'),
        announced: sumOf(clients, 'announcements'),
        ...sum(clients),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}

const sumOf = (clients: readonly Watched[], what: 'announcements') =>
  clients.reduce((so, { figures }) => so + figures[what], 0)

/** Connections that browsers open in advance, and one whose caller fell silent in the middle of a word. */
async function beginNothing(url: string): Promise<void> {
  const { port, hostname } = new URL(url)
  for (const words of ['', 'GET /api/notifica']) {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(words)
  }
}

/** A call that the server is waiting for the rest of: it has read the head and said so. */
async function beginGoal(url: string, author: Member, title: string) {
  const body = JSON.stringify({ title, type: 'INDIVIDUAL', quarter: 'Q1', year: 2027 })
  const call = request(`${url}/api/goals`, {
    method: 'POST',
    agent: false,
    headers: {
      authorization: `Bearer ${await author.token()}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  })
  const answered = once(call, 'response').then(([response]) => {
    response.resume()
    return response.statusCode as number
  })
  call.flushHeaders()
  await once(call, 'continue')
  return { finish: () => void call.end(body), answered }
}
