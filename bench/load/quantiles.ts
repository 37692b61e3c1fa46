/** How long the slow ones took, and the middle of several runs. */

/** @param shares such as 0.99: so many of the values are not above the answer */
export function quantiles(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  return shares.map(share => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}
