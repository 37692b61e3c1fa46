/** The time in which something counts: after it has warmed up, and with an eye on who is busy meanwhile. */
import { setTimeout as wait } from 'node:timers/promises'
import { type Usage, watchUsage } from '../machine.ts'

export interface WindowJob {
  warmUpMs: number
  measureMs: number
  /** Whose processor time is the server's. */
  serverPids: readonly number[]
}

export interface Window {
  readonly isOpen: boolean
  /** Nobody begins anything any more. */
  readonly isOver: boolean
  readonly closed: Promise<{ usage: Usage; seconds: number }>
}

export function openWindow({ warmUpMs, measureMs, serverPids }: WindowJob): Window {
  let state: 'before' | 'open' | 'over' = 'before'
  const watch = async () => {
    await wait(warmUpMs)
    state = 'open'
    const usage = watchUsage(serverPids, [process.pid])
    const from = performance.now()
    await wait(measureMs)
    state = 'over'
    return { usage: usage(), seconds: (performance.now() - from) / 1_000 }
  }
  const closed = watch()
  return {
    get isOpen() {
      return state === 'open'
    },
    get isOver() {
      return state === 'over'
    },
    closed,
  }
}
