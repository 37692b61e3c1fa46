/** From a row of values to a line: where it runs, and what it says in a sentence. Nothing here draws. */
import { amount } from './words.ts'

/** A value of one moment; null: not known. */
export interface Dot {
  at: string
  value: number | null
}

/** The end of the scale: a round number that nothing is above. */
export function roundTop(most: number): number {
  if (most <= 1) return 1
  const magnitude = 10 ** Math.floor(Math.log10(most))
  return ([1, 2, 5, 10].find(step => step * magnitude >= most) ?? 10) * magnitude
}

/**
 * The line as a path in a field of this size, y downwards. It breaks where nothing is known; a value alone becomes a
 * line of no length, which round ends make a dot.
 */
export function pathOf(dots: readonly Dot[], top: number, width: number, height: number): string {
  const step = dots.length > 1 ? width / (dots.length - 1) : 0
  let isOpen = false
  return dots
    .flatMap(({ value }, index) => {
      if (value === null) {
        isOpen = false
        return []
      }
      const place = `${round(index * step)} ${round(height - (value / top) * height)}`
      const isAlone = !isOpen && (dots[index + 1]?.value ?? null) === null
      const part = isOpen ? `L${place}` : isAlone ? `M${place}h0` : `M${place}`
      isOpen = true
      return [part]
    })
    .join('')
}

const round = (place: number) => Math.round(place * 100) / 100

/** "Now 4, at most 9 at 10:40, at least 0." */
export function summaryOf(dots: readonly Dot[], clock: (at: string) => string): string {
  const known = dots.filter((dot): dot is { at: string; value: number } => dot.value !== null)
  const last = known.at(-1)
  if (!last) return 'Nothing is known yet.'
  const most = known.reduce((a, b) => (b.value > a.value ? b : a))
  const least = Math.min(...known.map(({ value }) => value))
  return `Last ${amount(last.value)}, at most ${amount(most.value)} at ${clock(most.at)}, at least ${amount(least)}.`
}
