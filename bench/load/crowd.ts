/** Many people, each with a tab, held by this process until it is told otherwise. They count what they are told. */
import type { TabAddress } from '../sides/side.ts'
import { openTab, type Tab } from './tab.ts'

/** So many at once while nobody measures how they come. */
const OPENING = 200
/** Longer than any of them is waited for. */
const PATIENCE_MS = 180_000

const NOTIFICATION = Buffer.from('"new_notification"')

const tabs: Tab[] = []
let heard = 0
let lastAt = 0
let waiting: { total: number; resolve(): void } | null = null

/** Of all processes on this machine alike. Milliseconds. */
export const now = (): number => performance.timeOrigin + performance.now()

function hear(message: Buffer): void {
  if (!message.includes(NOTIFICATION)) return
  heard += 1
  lastAt = now()
  if (waiting && heard >= waiting.total) waiting.resolve()
}

/** More tabs, some at a time. */
export async function openCrowd({ port, addresses }: { port: number; addresses: readonly TabAddress[] }) {
  for (let from = 0; from < addresses.length; from += OPENING) {
    const some = addresses.slice(from, from + OPENING)
    tabs.push(...(await Promise.all(some.map(address => openTab(port, address, { heard: hear, lost })))))
  }
}

function lost(why: string): void {
  throw new Error(`A tab of the crowd was lost: ${why}`)
}

/** @returns when the last of the crowd had so many notifications, counted from its beginning */
export async function awaitCrowd({ notifications }: { notifications: number }): Promise<number> {
  const total = notifications * tabs.length
  if (heard < total) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const late = setTimeout(
      () => reject(new Error(`The crowd has ${heard} of ${total} notifications`)),
      PATIENCE_MS,
    )
    waiting = { total, resolve }
    await promise.finally(() => clearTimeout(late))
    waiting = null
  }
  if (heard > total) throw new Error(`The crowd has ${heard} notifications instead of ${total}`)
  return lastAt
}
