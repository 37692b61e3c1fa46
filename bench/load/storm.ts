/** All come back at once, each saying how far it had come, and each waits until it has what it missed. */
import type { TabAddress } from '../sides/side.ts'
import { now } from './crowd.ts'
import { openTab, type Tab } from './tab.ts'

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
}

/** A page of a resuming socket, as far as it is looked at. */
interface Page {
  type: string
  notifications: { id: string }[]
  more: boolean
}

export async function storm({ port, addresses, missed }: StormJob): Promise<Weathered> {
  let greetedAt = 0
  let caughtUpAt = 0
  const outcomes = await Promise.all(
    addresses.map(async address => {
      const { promise: caughtUp, resolve } = Promise.withResolvers<boolean>()
      const ids: string[] = []
      const tab: Tab = await openTab(port, address, {
        heard(message) {
          const page = JSON.parse(message.toString()) as Page
          if (page.type === 'sync_reset') resolve(false)
          if (page.type !== 'sync') return
          ids.push(...page.notifications.map(({ id }) => id))
          if (!page.more) resolve(ids.length === missed && new Set(ids).size === missed)
        },
        lost: () => resolve(false),
      })
      greetedAt = now()
      const isComplete = missed === 0 || (await caughtUp)
      caughtUpAt = now()
      return { tab, isComplete }
    }),
  )
  for (const { tab } of outcomes) tab.close()
  return { greetedAt, caughtUpAt, complete: outcomes.filter(({ isComplete }) => isComplete).length }
}
