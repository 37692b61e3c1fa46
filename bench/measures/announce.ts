/**
 * An announcement to everybody while everybody is connected: a durable row and a counter for each. First alone, for how
 * fast it goes; then with somebody who asks for other things meanwhile, and for how long they wait without and with it.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { dealTo, type Worker, withCrew } from '../load/crew.ts'
import { now } from '../load/crowd.ts'
import { openLine, requestOf } from '../load/line.ts'
import { limitOf, watchUsage } from '../machine.ts'
import { ANNOUNCEMENT, bodyFor } from '../sides/payload.ts'
import { personId, tokenOf } from '../sides/people.ts'
import type { Server, Side } from '../sides/side.ts'
import { type Figure, interleaved, type Measure, named } from './measure.ts'
import { onStage } from './stage.ts'

/** Announcements with nobody else about, and with somebody. */
const ALONE = 2
const ATTENDED = 3
/** Each line of the bystander rests so long between two calls. */
const PAUSE_MS = 5

export const announce: Measure = {
  name: 'announce',
  about: 'an announcement to everybody, all connected',
  sides: ['ours', 'ours-postgres', 'floor', 'socketio', 'guide'],
  columns: {
    perSecond: { name: 'deliveries a second', unit: '', digits: 0 },
    slice: { name: 'longest slice', unit: 'ms', digits: 1 },
    list: { name: 'list p99 without', unit: 'ms', digits: 1 },
    listMeanwhile: { name: 'list p99 meanwhile', unit: 'ms', digits: 1 },
    create: { name: 'create p99 without', unit: 'ms', digits: 1 },
    createMeanwhile: { name: 'create p99 meanwhile', unit: 'ms', digits: 1 },
    server: { name: 'server', unit: 'cores', digits: 2 },
    load: { name: 'load', unit: 'cores', digits: 2 },
  },
  async run({ sides, rounds, people, seconds, say }) {
    const figures: Figure[] = []
    for (const { side, round } of interleaved(sides, rounds)) {
      say(`announce: round ${round + 1}, ${side.name}`)
      // The publisher is told of nothing; the bystander's notifications go to one who is not connected.
      figures.push(await onStage(side, people + 2, server => runSide(side, server, people, seconds)))
    }
    return figures
  },
}

function runSide(side: Side, server: Server, people: number, seconds: number): Promise<Figure> {
  return withCrew(3, async ([bystander, ...crew]) => {
    if (!bystander) throw new Error('Nobody stands by')
    const addresses = Array.from({ length: people }, (_, at) => server.tab(at + 1))
    for (const { worker, share } of dealTo(crew, addresses))
      await worker.ask('openCrowd', { port: server.port, addresses: share })

    // The first one finds nothing compiled yet.
    await announceOnce(server, crew, 1)
    await server.slices?.forget()
    const usage = watchUsage(
      server.pids,
      crew.map(({ pid }) => pid),
    )
    const rates: number[] = []
    for (let at = 0; at < ALONE; at++)
      rates.push(people / (await announceOnce(server, crew, rates.length + 2)))
    const used = usage()
    const slice = await server.slices?.longest()

    const asking = {
      port: server.port,
      requests: {
        list: requestOf('GET', '/api/notifications', `Bearer ${tokenOf(1)}`),
        create: requestOf('POST', '/api/notifications', server.raiser, bodyFor([personId(people + 1)], 1)),
      },
      pauseMs: PAUSE_MS,
    }
    await bystander.ask('beginAsking', asking)
    await wait(seconds * 1_000)
    const quiet = await bystander.ask('endAsking', null)
    await bystander.ask('beginAsking', asking)
    for (let at = 0; at < ATTENDED; at++) await announceOnce(server, crew, at + ALONE + 2)
    const busy = await bystander.ask('endAsking', null)

    return {
      side: side.name,
      case: `${named(people)} connected`,
      values: {
        perSecond: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
        ...(slice !== undefined && { slice }),
        list: quiet.list?.p99 ?? 0,
        listMeanwhile: busy.list?.p99 ?? 0,
        create: quiet.create?.p99 ?? 0,
        createMeanwhile: busy.create?.p99 ?? 0,
        server: used.server,
        load: used.load,
      },
      limit: limitOf(used),
    }
  })
}

/** @returns seconds from the call until the last one had it */
async function announceOnce(server: Server, crew: readonly Worker[], nth: number): Promise<number> {
  const line = await openLine(server.port)
  const from = now()
  const { status, body } = await line.ask(
    requestOf('POST', '/api/announcements', server.publisher, ANNOUNCEMENT),
  )
  if (status !== 201) throw new Error(`The server answered ${status}: ${body}`)
  const lastAt = await Promise.all(crew.map(worker => worker.ask('awaitCrowd', { notifications: nth })))
  line.close()
  return (Math.max(...lastAt) - from) / 1_000
}
