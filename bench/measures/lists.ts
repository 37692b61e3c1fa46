/** Reading an inbox while the table grows: the first page, a page far down, the counts, and what is unread. */
import { type Worker, withCrew } from '../load/crew.ts'
import { requestOf } from '../load/line.ts'
import { quantiles } from '../load/quantiles.ts'
import { limitOf, watchUsage } from '../machine.ts'
import { tokenOf } from '../sides/people.ts'
import type { Plan } from '../sides/plan.ts'
import type { Server, Side, Stage } from '../sides/side.ts'
import { type Figure, type Measure, named } from './measure.ts'
import { withServer } from './stage.ts'

/** Whose inbox is asked, and how many rows it has, if the table has so many. */
const ASKED = 1
const INBOX = 100_000
const UNREAD_EVERY = 10
/** Calls of a kind before those that count, and those. */
const WARM_UP = 100
const CALLS = 1_000

/** @param rows of the inbox that is asked */
const pathsOf = (rows: number) => ({
  'first page': '/api/notifications',
  'page far down': `/api/notifications?cursor=${Math.ceil(rows / 20)}`,
  counts: '/api/notifications/stats',
  unread: '/api/notifications?unread_only=true',
})

export const lists: Measure = {
  name: 'lists',
  about: 'reading an inbox while the table grows',
  sides: ['ours', 'ours-postgres'],
  columns: {
    p50: { name: 'p50', unit: 'ms', digits: 2 },
    p99: { name: 'p99', unit: 'ms', digits: 2 },
  },
  base: { row: 'first', ratio: 'row / base' },
  async run({ sides, rounds, rows, say }) {
    const figures: Figure[] = []
    for (const side of sides) {
      const stages: { rows: number; stage: Stage }[] = []
      try {
        for (const count of rows) {
          say(`lists: ${side.name} gets ${count} rows`)
          const stage = await side.prepare(ASKED + 1)
          stages.push({ rows: count, stage })
          await stage.fill(planOf(count))
        }
        for (let round = 0; round < rounds; round++)
          for (const { rows, stage } of stages) {
            say(`lists: round ${round + 1}, ${side.name} with ${rows} rows`)
            figures.push(...(await withServer(stage, server => runStage(side, server, rows))))
          }
      } finally {
        for (const { stage } of stages) await stage.close()
      }
    }
    return figures
  },
}

function planOf(rows: number): Plan {
  return { asked: [ASKED], inbox: Math.min(rows, INBOX), rows, unreadEvery: UNREAD_EVERY }
}

function runStage(side: Side, server: Server, rows: number): Promise<Figure[]> {
  return withCrew(1, async ([worker]) => {
    if (!worker) throw new Error('Nobody is there to ask')
    const figures: Figure[] = []
    for (const [kind, path] of Object.entries(pathsOf(planOf(rows).inbox)))
      figures.push(await runKind(side, server, worker, { rows, kind, path }))
    return figures
  })
}

interface Kind {
  rows: number
  kind: string
  path: string
}

async function runKind(
  side: Side,
  server: Server,
  worker: Worker,
  { rows, kind, path }: Kind,
): Promise<Figure> {
  const request = requestOf('GET', path, `Bearer ${tokenOf(ASKED)}`)
  const ask = (times: number) =>
    worker.ask('timeCalls', { port: server.port, requests: Array.from({ length: times }, () => request) })
  await ask(WARM_UP)
  const usage = watchUsage(server.pids, [worker.pid])
  const [p50 = 0, p99 = 0] = quantiles(await ask(CALLS), [0.5, 0.99])
  return {
    side: `${named(rows)} rows`,
    case: `${side.name}, ${kind}`,
    values: { p50, p99 },
    limit: limitOf(usage()),
  }
}
