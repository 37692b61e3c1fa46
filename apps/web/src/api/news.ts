/**
 * Live news, gathered: what one deed or one busy minute changes comes as many words, and a page fetches once for those
 * that came together.
 */
import type { Change } from './query-client.ts'

/** What one transaction tells arrives within this time. */
const TOGETHER_MS = 15
/** Between one look at what changed and the next. */
const REST_MS = 300

interface Options {
  /** Takes what changed since it was last called, each thing once. */
  act(changes: readonly Change[]): void
  now?: () => number
  later?: (call: () => void, ms: number) => void
}

/** @returns hears of one change */
export function gatherNews({ act, now = Date.now, later = setTimeout }: Options): (change: Change) => void {
  const waiting = new Map<string, Change>()
  let actedAt = Number.NEGATIVE_INFINITY
  return change => {
    const isFirst = waiting.size === 0
    waiting.set(`${change.resource} ${change.id}`, change)
    if (!isFirst) return
    later(
      () => {
        const changes = [...waiting.values()]
        waiting.clear()
        actedAt = now()
        act(changes)
      },
      Math.max(TOGETHER_MS, actedAt + REST_MS - now()),
    )
  }
}
