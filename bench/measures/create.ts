/**
 * Create and deliver: a call that is authorised and validated, a durable row and its counter, and the same notification
 * on two tabs of its reader. All of it must have happened before a request counts.
 */
import { withCrew } from '../load/crew.ts'
import { limitOf } from '../machine.ts'
import { personId } from '../sides/people.ts'
import type { Server, Side } from '../sides/side.ts'
import { type Figure, interleaved, type Measure, type Settings } from './measure.ts'
import { onStage } from './stage.ts'

/** Until the server has compiled what is used most; short runs are for trying out. */
const WARM_UP = 0.4

export const create: Measure = {
  name: 'create',
  about: 'one notification created and delivered to two tabs',
  sides: ['ours', 'ours-postgres', 'floor', 'floor-group', 'socketio', 'guide'],
  columns: {
    perSecond: { name: 'a second', unit: '', digits: 0 },
    p50: { name: 'p50', unit: 'ms', digits: 2 },
    p99: { name: 'p99', unit: 'ms', digits: 2 },
    p999: { name: 'p99.9', unit: 'ms', digits: 2 },
    server: { name: 'server', unit: 'cores', digits: 2 },
    load: { name: 'load', unit: 'cores', digits: 2 },
  },
  async run(settings) {
    const figures: Figure[] = []
    for (const { side, round } of interleaved(settings.sides, settings.rounds)) {
      settings.say(`create: round ${round + 1}, ${side.name}`)
      figures.push(...(await runSide(side, settings)))
    }
    return figures
  },
}

function runSide(side: Side, { atOnce, seconds }: Settings): Promise<Figure[]> {
  return onStage(side, Math.max(...atOnce), async server => {
    const figures: Figure[] = []
    for (const count of atOnce) figures.push(await runCase(side, server, count, seconds))
    return figures
  })
}

function runCase(side: Side, server: Server, count: number, seconds: number): Promise<Figure> {
  return withCrew(1, async ([worker]) => {
    if (!worker) throw new Error('Nobody is there to raise anything')
    const { perSecond, p50, p99, p999, usage } = await worker.ask('raiseAndDeliver', {
      port: server.port,
      authorization: server.raiser,
      receivers: Array.from({ length: count }, (_, at) => ({ id: personId(at), tab: server.tab(at) })),
      warmUpMs: seconds * WARM_UP * 1_000,
      measureMs: seconds * 1_000,
      serverPids: server.pids,
    })
    return {
      side: side.name,
      case: `${count} at a time`,
      values: { perSecond, p50, p99, p999, server: usage.server, load: usage.load },
      limit: limitOf(usage),
    }
  })
}
