/** All come back at once, each saying how far it had come, and each waits until it has what it missed. */
import { setTimeout as wait } from 'node:timers/promises'
import type { TabAddress } from '../sides/side.ts'
import { now } from './crowd.ts'
import { openTab } from './tab.ts'

/** About so long somebody rests who was turned away. */
const AGAIN_MS = 1_000
/** Who is not there by then is missing. */
const PATIENCE_MS = 120_000

export interface StormJob {
  port: number
  addresses: readonly TabAddress[]
  /** What each has missed. 0: a side that does not tell; being let in is all. */
  missed: number
}

export interface Weathered {
  /** When the last one was let in, and when the last one had all; see `now`. */
  greetedAt: number
  caughtUpAt: number
  /** How many had all of what they missed, each once. */
  complete: number
  /** How often somebody was turned away or cut off, and came again. */
  refused: number
}

/** A page of a resuming socket, as far as it is looked at. */
interface Page {
  type: string
  notifications: { id: string }[]
  more: boolean
}

export async function storm(job: StormJob): Promise<Weathered> {
  let greetedAt = 0
  let caughtUpAt = 0
  let refused = 0
  const tabs = await Promise.all(
    job.addresses.map(async address => {
      for (const until = now() + PATIENCE_MS; now() < until; refused++) {
        const tab = await comeBack(job, address, () => {
          greetedAt = now()
        })
        if (tab) {
          caughtUpAt = now()
          return tab
        }
        await wait(AGAIN_MS * (0.5 + Math.random()))
      }
      return null
    }),
  )
  const complete = tabs.filter(tab => tab !== null)
  for (const tab of complete) tab.close()
  return { greetedAt, caughtUpAt, complete: complete.length, refused }
}

/** Null when it was not let in, or did not get just what it missed. */
async function comeBack({ port, missed }: StormJob, address: TabAddress, greeted: () => void) {
  const { promise: caughtUp, resolve } = Promise.withResolvers<boolean>()
  const ids: string[] = []
  const tab = await openTab(port, address, {
    heard(message) {
      const page = JSON.parse(message.toString()) as Page
      if (page.type === 'sync_reset') resolve(false)
      if (page.type !== 'sync') return
      ids.push(...page.notifications.map(({ id }) => id))
      if (!page.more) resolve(ids.length === missed && new Set(ids).size === missed)
    },
    lost: () => resolve(false),
  }).catch(() => null)
  if (!tab) return null
  greeted()
  if (missed === 0 || (await caughtUp)) return tab
  tab.close()
  return null
}
