/** The program of a load process: does what it is told over the channel to whoever started it, and ends with them. */
import { raiseAndDeliver } from './raise.ts'

/** What a load process can do. Everything said and answered is plain data. */
const hands = { raiseAndDeliver }

export type Hands = typeof hands

process.on(
  'message',
  async ({ name, job }: { name: keyof Hands; job: Parameters<Hands[keyof Hands]>[0] }) => {
    try {
      process.send?.({ result: await hands[name](job) })
    } catch (error) {
      process.send?.({ error: error instanceof Error ? error.stack : String(error) })
    }
  },
)
process.on('disconnect', () => process.exit())
