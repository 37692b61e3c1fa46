/**
 * Telling everybody who is connected here of what all may see. Each message makes clients fetch something, so they are
 * told in turns: round after round, and of what changed meanwhile in the next one. A few are told at once.
 */
import type { Broadcast } from './bus/bus.ts'

/** Whoever is told. */
interface Hearer {
  readonly userId: string
  /** Tells it, unless it is gone or has no word for it. */
  signal(change: Pick<Broadcast, 'resource' | 'id'>): void
}

export interface BroadcastOptions {
  /** Those who are connected when a round begins; who comes later fetches everything anyway. */
  hearers(): Iterable<Hearer>
  /** Calls again and again until the returned function is called. */
  every(ms: number, call: () => void): () => void
}

const TURN_MS = 20
/** A round of ten thousand takes five seconds … */
const HEARERS_A_TURN = 40
/** … and no round takes more turns than this. */
const MOST_TURNS = 500
/** Of more that changed, the rest waits for the next round. */
const CHANGES_A_ROUND = 20

export function createBroadcasts({ hearers, every }: BroadcastOptions) {
  /** By what they are about: what changes again before its turn is told once. */
  const waiting = new Map<string, Broadcast>()
  let stop: (() => void) | null = null
  let round: { changes: Broadcast[]; left: Hearer[]; aTurn: number } | null = null

  function begin(): void {
    const changes = [...waiting].slice(0, CHANGES_A_ROUND)
    for (const [key] of changes) waiting.delete(key)
    const left = [...hearers()].reverse()
    const aTurn = Math.max(HEARERS_A_TURN, Math.ceil(left.length / MOST_TURNS))
    round = { changes: changes.map(([, change]) => change), left, aTurn }
  }

  function turn(): void {
    if (!round && waiting.size > 0) begin()
    if (!round) {
      stop?.()
      stop = null
      return
    }
    for (const hearer of round.left.splice(-round.aTurn).reverse())
      for (const change of round.changes) if (!change.except.includes(hearer.userId)) hearer.signal(change)
    if (round.left.length === 0) round = null
  }

  return {
    add(change: Broadcast): void {
      const key = JSON.stringify([change.resource, change.id])
      const before = waiting.get(key)
      // Whoever knows of one of the two does not know of the other.
      const except = before ? before.except.filter(id => change.except.includes(id)) : change.except
      waiting.set(key, { ...change, except })
      if (stop) return
      stop = every(TURN_MS, turn)
      turn()
    },
    /** Nobody is here any more. */
    clear(): void {
      waiting.clear()
      round = null
    },
  }
}
