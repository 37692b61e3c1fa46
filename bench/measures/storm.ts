/**
 * A server is started anew, and everybody comes back at once. With ours each says how far it had come and is brought
 * what it missed; the others bring nothing, so being let in is all that is timed there.
 */
import { dealTo, withCrew } from '../load/crew.ts'
import { now } from '../load/crowd.ts'
import { openLine, requestOf } from '../load/line.ts'
import { openTab } from '../load/tab.ts'
import { limitOf, watchUsage } from '../machine.ts'
import { bodyFor } from '../sides/payload.ts'
import { personId } from '../sides/people.ts'
import type { Server, Side, TabAddress } from '../sides/side.ts'
import { type Figure, interleaved, type Measure, named } from './measure.ts'
import { withServer, withStage } from './stage.ts'

/** What everybody has seen, and what came while nobody was connected. */
const SEEN = 1
const MISSED = 3
/** The most that one call takes. */
const RECIPIENTS = 1_000

export const storm: Measure = {
  name: 'storm',
  about: 'everybody reconnects at once after a restart',
  sides: ['ours', 'ours-postgres', 'floor', 'socketio', 'guide'],
  columns: {
    greeted: { name: 'all let in', unit: 's', digits: 2 },
    caughtUp: { name: 'all caught up', unit: 's', digits: 2 },
    refused: { name: 'came again', unit: '', digits: 0 },
    missing: { name: 'without all they missed', unit: '', digits: 0 },
    server: { name: 'server', unit: 'cores', digits: 2 },
    load: { name: 'load', unit: 'cores', digits: 2 },
  },
  async run({ sides, rounds, people, say }) {
    const figures: Figure[] = []
    for (const { side, round } of interleaved(sides, rounds)) {
      say(`storm: round ${round + 1}, ${side.name}`)
      figures.push(await runSide(side, people))
    }
    return figures
  },
}

function runSide(side: Side, people: number): Promise<Figure> {
  return withStage(side, people, async stage => {
    // Only who counts versions can say what somebody missed.
    const since = await withServer(stage, async server => {
      const epoch = await epochOf(server)
      if (epoch !== null) for (let nth = 0; nth < SEEN + MISSED; nth++) await tellAll(server, people)
      return epoch === null ? '' : `&since=${SEEN}&epoch=${epoch}`
    })
    const missed = since === '' ? 0 : MISSED
    return withServer(stage, server =>
      withCrew(2, async crew => {
        const addresses = Array.from({ length: people }, (_, at): TabAddress => {
          const { path, speaks } = server.tab(at)
          return { path: `${path}${since}`, speaks }
        })
        const usage = watchUsage(
          server.pids,
          crew.map(({ pid }) => pid),
        )
        const from = now()
        const ends = await Promise.all(
          dealTo(crew, addresses).map(({ worker, share }) =>
            worker.ask('storm', { port: server.port, addresses: share, missed }),
          ),
        )
        const used = usage()
        const seconds = (ends: readonly number[]) => (Math.max(...ends) - from) / 1_000
        return {
          side: side.name,
          case: `${named(people)} at once`,
          values: {
            greeted: seconds(ends.map(({ greetedAt }) => greetedAt)),
            ...(missed > 0 && {
              caughtUp: seconds(ends.map(({ caughtUpAt }) => caughtUpAt)),
              missing: people - ends.reduce((sum, { complete }) => sum + complete, 0),
            }),
            refused: ends.reduce((sum, { refused }) => sum + refused, 0),
            server: used.server,
            load: used.load,
          },
          limit: limitOf(used),
        }
      }),
    )
  })
}

/** What the greeting says of the database; null where it says nothing. */
async function epochOf(server: Server): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const tab = await openTab(server.port, server.tab(0), {
    heard() {},
    greeted: text => resolve(/"epoch":"([^"]+)"/.exec(text)?.[1] ?? null),
  })
  tab.close()
  return promise
}

async function tellAll(server: Server, people: number): Promise<void> {
  const line = await openLine(server.port)
  for (let from = 0; from < people; from += RECIPIENTS) {
    const to = Array.from({ length: Math.min(RECIPIENTS, people - from) }, (_, at) => personId(from + at))
    const { status, body } = await line.ask(
      requestOf('POST', '/api/notifications', server.raiser, bodyFor(to, 1)),
    )
    if (status !== 201) throw new Error(`The server answered ${status}: ${body}`)
  }
  line.close()
}
