/**
 * What the engine of one process has done since it started: plain numbers that only grow, for whoever watches over it.
 * They are raised where it happens; nothing here knows who reads them, or how.
 */

export interface Tally {
  /** Sockets let in. */
  opened: number
  /** Sockets sent away because their person had as many as they may. */
  crowdedOut: number
  /** Changes handed to a socket as they were committed; each socket counts. */
  delivered: number
  /** Clients that came back and said where they had stopped. */
  replays: number
  /** Pages read from the database and sent. */
  pages: number
  /** Clients told to fetch afresh. */
  resets: number
  /** Sockets that a comparison of versions found behind, so that they read what the bus had not brought. */
  gapsHealed: number
  /** Sockets closed because they did not read what they were sent. */
  slowReaders: number
  /** Sockets given up because nothing came from the other side. */
  lost: number
  /** Commands answered with an error. */
  refusedCommands: number
  /** From the moment of a notification's transaction until the sockets here were handed it. Milliseconds. */
  deliveryMs: Distribution
}

/** How often a value was at most so large, for a few bounds. */
export interface Distribution {
  readonly bounds: readonly number[]
  /** One for each bound, and one for what is beyond the last; each value counts once. */
  readonly counts: number[]
  sum: number
}

export function createTally(): Tally {
  return {
    opened: 0,
    crowdedOut: 0,
    delivered: 0,
    replays: 0,
    pages: 0,
    resets: 0,
    gapsHealed: 0,
    slowReaders: 0,
    lost: 0,
    refusedCommands: 0,
    deliveryMs: distribution([2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000]),
  }
}

/** @param bounds ascending */
export function distribution(bounds: readonly number[]): Distribution {
  return { bounds, counts: Array.from({ length: bounds.length + 1 }, () => 0), sum: 0 }
}

export function observe(distribution: Distribution, value: number): void {
  const { bounds, counts } = distribution
  let place = 0
  while (place < bounds.length && value > (bounds[place] ?? 0)) place += 1
  counts[place] = (counts[place] ?? 0) + 1
  distribution.sum += value
}
