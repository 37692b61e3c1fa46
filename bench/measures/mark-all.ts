/** Marking ten thousand unread notifications as read: until it is answered and both tabs of the reader know. */
import { withCrew } from '../load/crew.ts'
import { requestOf } from '../load/line.ts'
import { median } from '../load/quantiles.ts'
import { limitOf, watchUsage } from '../machine.ts'
import { tokenOf } from '../sides/people.ts'
import type { Server, Side } from '../sides/side.ts'
import { type Figure, interleaved, type Measure, named } from './measure.ts'
import { withServer, withStage } from './stage.ts'

const UNREAD = 10_000
/** One after the other, each with so many. */
const READERS = [1, 2, 3, 4, 5]

export const markAll: Measure = {
  name: 'mark-all',
  about: 'everything marked as read',
  sides: ['ours', 'ours-postgres', 'floor', 'guide'],
  columns: { ms: { name: 'until both tabs know', unit: 'ms', digits: 1 } },
  async run({ sides, rounds, say }) {
    const figures: Figure[] = []
    for (const { side, round } of interleaved(sides, rounds)) {
      say(`mark-all: round ${round + 1}, ${side.name}`)
      figures.push(
        await withStage(side, READERS.length + 1, async stage => {
          await stage.fill({ asked: READERS, inbox: UNREAD, rows: UNREAD * READERS.length, unreadEvery: 1 })
          return withServer(stage, server => runSide(side, server))
        }),
      )
    }
    return figures
  },
}

function runSide(side: Side, server: Server): Promise<Figure> {
  return withCrew(1, async ([worker]) => {
    if (!worker) throw new Error('Nobody is there to ask')
    const usage = watchUsage(server.pids, [worker.pid])
    const times: number[] = []
    for (const reader of READERS)
      times.push(
        await worker.ask('timeUntilHeard', {
          port: server.port,
          request: requestOf('PUT', '/api/notifications/mark-all-read', `Bearer ${tokenOf(reader)}`),
          tabs: [server.tab(reader), server.tab(reader)],
          word: 'marked_read',
        }),
      )
    return {
      side: side.name,
      case: `${named(UNREAD)} unread`,
      values: { ms: median(times) },
      limit: limitOf(usage()),
    }
  })
}
