/** From starting the program until it listens, on a database that is there. */
import { type Figure, interleaved, type Measure, named } from './measure.ts'
import { withStage } from './stage.ts'

const PEOPLE = 1_000

export const startup: Measure = {
  name: 'startup',
  about: 'from the start of the program until it listens',
  sides: ['ours', 'ours-postgres', 'floor', 'socketio', 'guide'],
  columns: { ms: { name: 'until it listens', unit: 'ms', digits: 0 } },
  async run({ sides, rounds, say }) {
    const figures: Figure[] = []
    for (const { side, round } of interleaved(sides, rounds)) {
      say(`startup: round ${round + 1}, ${side.name}`)
      figures.push(
        await withStage(side, PEOPLE, async stage => {
          const from = performance.now()
          const server = await stage.start()
          const ms = performance.now() - from
          await server.stop()
          return { side: side.name, case: `${named(PEOPLE)} people`, values: { ms } }
        }),
      )
    }
    return figures
  },
}
