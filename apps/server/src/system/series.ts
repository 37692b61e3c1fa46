/** From samples to lines: what all processes together did, in steps of equal length. Plain arithmetic. */
import type { SystemPoint, SystemRange } from '@pms/contract'
import type { Numbers } from './numbers.ts'

/** A moment of one process. */
export interface Sample {
  node: string
  /** Milliseconds since 1970. */
  at: number
  numbers: Numbers
}

const MINUTE = 60_000

interface Raster {
  steps: number
  stepMs: number
  /** Two samples further apart than this say nothing of the time between. */
  gapMs: number
}

export const RASTERS: Readonly<Record<SystemRange, Raster>> = {
  hour: { steps: 60, stepMs: MINUTE, gapMs: 2 * MINUTE },
  day: { steps: 144, stepMs: 10 * MINUTE, gapMs: 15 * MINUTE },
}

/** What one step knows. */
interface Step {
  /** Of each process, how many are connected: what it said last. */
  connections: Map<string, number>
  delivered: number
  /** For how much of the step it is known what was delivered: of the process that knows most. Milliseconds. */
  known: Map<string, number>
  lag: number
  queue: number
}

/**
 * @param samples in the order of time; those of different processes may stand between each other
 * @returns one point for each step up to the one that `now` lies in, oldest first
 */
export function seriesOf(samples: readonly Sample[], range: SystemRange, now: number): SystemPoint[] {
  const { steps, stepMs, gapMs } = RASTERS[range]
  const end = Math.floor(now / stepMs) + 1
  const first = end - steps
  const known = new Map<number, Step>()

  function stepAt(index: number): Step {
    const step = known.get(index) ?? {
      connections: new Map(),
      delivered: 0,
      known: new Map(),
      lag: 0,
      queue: 0,
    }
    known.set(index, step)
    return step
  }

  for (const mine of Map.groupBy(samples, sample => sample.node).values()) {
    let before: Sample | undefined
    for (const sample of mine) {
      const { node, at, numbers } = sample
      const step = stepAt(Math.floor(at / stepMs))
      step.connections.set(node, numbers.connections)
      step.lag = Math.max(step.lag, numbers.version_lag)
      step.queue = Math.max(step.queue, numbers.queue)
      if (before && at > before.at && at - before.at <= gapMs) {
        const perMs = (numbers.deliveries - before.numbers.deliveries) / (at - before.at)
        for (let index = Math.floor(before.at / stepMs); index * stepMs < at; index += 1) {
          const between = stepAt(index)
          const ms = Math.min(at, (index + 1) * stepMs) - Math.max(before.at, index * stepMs)
          between.delivered += perMs * ms
          between.known.set(node, (between.known.get(node) ?? 0) + ms)
          if (!between.connections.has(node)) between.connections.set(node, before.numbers.connections)
        }
      }
      before = sample
    }
    // Until it is silent for long, it is as it said last.
    if (before && now - before.at <= gapMs) {
      const { connections } = stepAt(end - 1)
      if (!connections.has(before.node)) connections.set(before.node, before.numbers.connections)
    }
  }

  return Array.from({ length: steps }, (_, n) => {
    const step = known.get(first + n)
    const at = new Date((first + n) * stepMs).toISOString()
    if (!step) return { at, connections: null, deliveries_per_second: null, version_lag: null, queue: null }
    const ms = Math.max(0, ...step.known.values())
    return {
      at,
      connections: [...step.connections.values()].reduce((sum, count) => sum + count, 0),
      deliveries_per_second: ms > 0 ? Math.round((step.delivered / ms) * 1_000 * 100) / 100 : null,
      version_lag: step.lag,
      queue: step.queue,
    }
  })
}
