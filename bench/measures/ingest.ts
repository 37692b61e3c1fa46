/** What other systems bring: notifications by calls for one person each, and by calls for a thousand. Nobody listens. */
import { withCrew } from '../load/crew.ts'
import { requestOf } from '../load/line.ts'
import { limitOf } from '../machine.ts'
import { bodyFor } from '../sides/payload.ts'
import { personId } from '../sides/people.ts'
import type { Server, Side } from '../sides/side.ts'
import { type Figure, interleaved, type Measure, named } from './measure.ts'
import { onStage } from './stage.ts'

const PEOPLE = 1_000
/** As with `create`. */
const WARM_UP = 0.4

/** How many people one call is for, and how many calls there are at a time. */
const CASES = [
  { recipients: 1, atOnce: 32 },
  { recipients: PEOPLE, atOnce: 1 },
]

export const ingest: Measure = {
  name: 'ingest',
  about: 'notifications from other systems',
  sides: ['ours', 'ours-postgres', 'floor', 'floor-group', 'guide'],
  columns: {
    perSecond: { name: 'notifications a second', unit: '', digits: 0 },
    server: { name: 'server', unit: 'cores', digits: 2 },
    load: { name: 'load', unit: 'cores', digits: 2 },
  },
  async run({ sides, rounds, seconds, say }) {
    const figures: Figure[] = []
    for (const { side, round } of interleaved(sides, rounds)) {
      say(`ingest: round ${round + 1}, ${side.name}`)
      figures.push(
        ...(await onStage(side, PEOPLE, async server => {
          const ofSide: Figure[] = []
          for (const each of CASES) ofSide.push(await runCase(side, server, each, seconds))
          return ofSide
        })),
      )
    }
    return figures
  },
}

function runCase(
  side: Side,
  server: Server,
  { recipients, atOnce }: (typeof CASES)[number],
  seconds: number,
): Promise<Figure> {
  return withCrew(1, async ([worker]) => {
    if (!worker) throw new Error('Nobody is there to call')
    const requests = Array.from({ length: atOnce }, (_, nth) => {
      const to = Array.from({ length: recipients }, (_, at) => personId(nth + at))
      return requestOf('POST', '/api/notifications', server.raiser, bodyFor(to, nth))
    })
    const { perSecond, usage } = await worker.ask('callAgain', {
      port: server.port,
      requests,
      warmUpMs: seconds * WARM_UP * 1_000,
      measureMs: seconds * 1_000,
      serverPids: server.pids,
    })
    return {
      side: side.name,
      case: `${named(recipients)} in a call, ${atOnce} at a time`,
      values: { perSecond: perSecond * recipients, server: usage.server, load: usage.load },
      limit: limitOf(usage),
    }
  })
}
