/**
 * Live news, gathered: what one deed or one busy minute changes comes as many words, and a page fetches once for those
 * that came together; while much happens, not again before it has what it asked for, or it would show nothing new until
 * all is quiet.
 */
import type { Change } from './query-client.ts'

/** What one transaction tells arrives within this time. */
const TOGETHER_MS = 15
/** Between one look at what changed and the next. */
const REST_MS = 300
/** So long the news of other things wait for a slow answer. */
const PATIENCE_MS = 5_000

interface Options {
  /** Takes what changed since it was last called, each thing once; resolves when the page shows it. */
  act(changes: readonly Change[]): Promise<unknown>
  now?: () => number
  later?: (call: () => void, ms: number) => void
}

/** @returns hears of one change */
export function gatherNews({ act, now = Date.now, later = setTimeout }: Options): (change: Change) => void {
  const waiting = new Map<string, Change>()
  let actedAt = Number.NEGATIVE_INFINITY
  let isBusy = false

  function plan() {
    isBusy = true
    later(() => void look(), Math.max(TOGETHER_MS, actedAt + REST_MS - now()))
  }

  async function look() {
    const changes = [...waiting.values()]
    waiting.clear()
    actedAt = now()
    await Promise.race([act(changes), new Promise<void>(resolve => later(resolve, PATIENCE_MS))])
    isBusy = false
    if (waiting.size > 0) plan()
  }

  return change => {
    waiting.set(`${change.resource} ${change.id}`, change)
    if (!isBusy) plan()
  }
}
