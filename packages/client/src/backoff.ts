/** How long to wait before the next try. Pure: chance comes in as a number. */

const FIRST = 500
const LONGEST = 30_000

/**
 * Full jitter: anywhere between nothing and a bound that doubles with every failure in a row, so that thousands of
 * clients cut at one moment come back spread out, the first of them at once.
 */
export function retryDelay(failures: number, random: number): number {
  return random * Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 10))
}

/** After "too many": never at once, and still spread out. */
export function penaltyDelay(random: number): number {
  return LONGEST + random * LONGEST
}
