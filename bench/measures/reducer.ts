/** The client's own work: what its reducer takes for a hundred thousand changes. */
import { withCrew } from '../load/crew.ts'
import { limitOf, watchUsage } from '../machine.ts'
import { type Figure, type Measure, named } from './measure.ts'

const CHANGES = 100_000
const HELD = 1_000
const PAGE = 200

export const reducer: Measure = {
  name: 'reducer',
  about: 'what a client does with what it is told',
  sides: ['ours'],
  columns: {
    live: { name: `singly, ${named(HELD)} rows held`, unit: 'ms', digits: 0 },
    catchUp: { name: `in pages of ${PAGE}, all held`, unit: 'ms', digits: 0 },
  },
  async run({ rounds, say }) {
    const figures: Figure[] = []
    for (let round = 0; round < rounds; round++) {
      say(`reducer: round ${round + 1}`)
      figures.push(
        await withCrew(1, async ([worker]) => {
          if (!worker) throw new Error('Nobody is there to reduce anything')
          const usage = watchUsage([], [worker.pid])
          const values = await worker.ask('reduce', { changes: CHANGES, held: HELD, page: PAGE })
          return {
            side: 'ours',
            case: `${named(CHANGES)} changes`,
            values: { ...values },
            limit: limitOf(usage()),
          }
        }),
      )
    }
    return figures
  },
}
