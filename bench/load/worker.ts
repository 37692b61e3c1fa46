/** The program of a load process: does what it is told over the channel to whoever started it, and ends with them. */
import { beginAsking, endAsking } from './bystander.ts'
import { awaitCrowd, openCrowd } from './crowd.ts'
import { callAgain } from './ingest.ts'
import { raiseAndDeliver } from './raise.ts'
import { reduce } from './reduce.ts'
import { storm } from './storm.ts'
import { timeCalls, timeUntilHeard } from './timed.ts'

/** What a load process can do. Everything said and answered is plain data. */
const hands = {
  raiseAndDeliver,
  callAgain,
  openCrowd,
  awaitCrowd,
  beginAsking,
  endAsking,
  storm,
  timeCalls,
  timeUntilHeard,
  reduce,
}

export type Hands = typeof hands

interface Order {
  name: keyof Hands
  job: unknown
}

process.on('message', async ({ name, job }: Order) => {
  try {
    // The crew sends each hand what it takes.
    const hand = hands[name] as (job: unknown) => Promise<unknown>
    process.send?.({ result: await hand(job) })
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.stack : String(error) })
  }
})
process.on('disconnect', () => process.exit())
