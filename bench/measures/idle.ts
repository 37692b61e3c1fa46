/** What a connection costs while nothing happens: memory, after everything nobody holds was collected, and CPU. */
import { setTimeout as wait } from 'node:timers/promises'
import { dealTo, withCrew } from '../load/crew.ts'
import { limitOf, residentBytes, watchUsage } from '../machine.ts'
import type { Server, Side } from '../sides/side.ts'
import { type Figure, interleaved, type Measure, named } from './measure.ts'
import { onStage } from './stage.ts'

/** Not counted: with the first ones comes what is there once. Few, so that they leave no room behind for the others. */
const FIRST = 100
/** Until what opened the sockets has come to rest. */
const SETTLE_MS = 3_000
/** Every side looks after its sockets at least once in this time. */
const IDLE_MS = 30_000

export const idle: Measure = {
  name: 'idle',
  about: 'memory and CPU of connections while nothing happens',
  sides: ['ours', 'ours-postgres', 'floor', 'socketio', 'guide'],
  columns: {
    kilobytes: { name: 'memory per connection', unit: 'kB', digits: 1 },
    heap: { name: 'of it in the heap', unit: 'kB', digits: 1 },
    percent: { name: 'CPU, all connected', unit: '% of a core', digits: 2 },
    total: { name: 'memory in all', unit: 'MB', digits: 0 },
  },
  async run({ sides, rounds, people, say }) {
    const figures: Figure[] = []
    for (const { side, round } of interleaved(sides, rounds)) {
      say(`idle: round ${round + 1}, ${side.name}`)
      figures.push(await onStage(side, people, server => runSide(side, server, people)))
    }
    return figures
  },
}

function runSide(side: Side, server: Server, people: number): Promise<Figure> {
  return withCrew(2, async crew => {
    const open = async (from: number, to: number) => {
      const addresses = Array.from({ length: to - from }, (_, at) => server.tab(from + at))
      for (const { worker, share } of dealTo(crew, addresses))
        await worker.ask('openCrowd', { port: server.port, addresses: share })
      return heldBy(server)
    }
    const before = await open(0, FIRST)
    const after = await open(FIRST, people)
    const usage = watchUsage(
      server.pids,
      crew.map(({ pid }) => pid),
    )
    await wait(IDLE_MS)
    const used = usage()
    return {
      side: side.name,
      case: `${named(people)} connected`,
      values: {
        kilobytes: (after.resident - before.resident) / (people - FIRST) / 1_000,
        ...(before.heap !== null &&
          after.heap !== null && { heap: (after.heap - before.heap) / (people - FIRST) / 1_000 }),
        percent: used.server * 100,
        total: after.resident / 1e6,
      },
      limit: limitOf(used),
    }
  })
}

/** Bytes, of the process that holds the sockets. */
async function heldBy(server: Server): Promise<{ resident: number; heap: number | null }> {
  await wait(SETTLE_MS)
  // What the first time sets free, the second time finds.
  await server.collect()
  const heap = await server.collect()
  await wait(SETTLE_MS)
  return { resident: residentBytes(server.pid), heap }
}
