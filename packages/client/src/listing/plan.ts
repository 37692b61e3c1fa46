/** Decides which page of a list to fetch next. Pure: knows what is known, in sight and out of date, and nothing else. */
import type { PageWindow } from '../types.ts'
import type { Rows } from './rows.ts'

/** The most that one call gives. */
const PAGE = 100
/** The most that one call leaves out. Further away it takes several, each from where the last one ended. */
const REACH = 10_000
/** How many rows beyond those in sight are fetched before they are wanted. */
const AHEAD = 60

/** Rows from `first` to `last`, both included. */
export interface Span {
  readonly first: number
  readonly last: number
}

export interface Sight extends Span {
  /** Where the eye moves: towards older rows or newer ones. */
  readonly direction: 'down' | 'up'
}

export interface Fetch extends Required<PageWindow> {
  readonly at: number
  readonly cursor: string | null
}

/** The rows that are missing in sight, then around it. Null where nothing is. */
export function planMissing(rows: Rows, { first, last, direction }: Sight): Fetch | null {
  const spans = [
    { first, last },
    { first: last + 1, last: last + AHEAD },
    { first: first - AHEAD, last: first - 1 },
  ]
  const [inSight, below, above] = spans.map(span => unknownIn(rows, span))
  const [next, then] = direction === 'down' ? [below, above] : [above, below]
  const missing = inSight ?? next ?? then
  if (missing === undefined) return null
  let [from, to] = [missing.first, missing.first + 1]
  if (direction === 'up') [from, to] = [missing.last, missing.last + 1]
  const grow = (isDown: boolean) => {
    if (isDown) while (to - from < PAGE && rows[to] === null) to += 1
    else while (to - from < PAGE && rows[from - 1] === null) from -= 1
  }
  grow(direction === 'down')
  grow(direction === 'up')
  return fetchFrom(rows, from)
}

/** The page that begins at this row, reached from the nearest known one above it. */
export function fetchFrom(rows: Rows, at: number): Fetch {
  let above = Math.min(at, rows.length) - 1
  while (above >= 0 && !rows[above]) above -= 1
  const anchor = rows[above]
  const cursor = anchor ? String(anchor.seq) : null
  const skip = at - above - 1
  return skip > REACH
    ? { at: above + 1 + REACH, cursor, skip: REACH, limit: 1 }
    : { at, cursor, skip, limit: PAGE }
}

/** The first and the last unknown row of a span. */
function unknownIn(rows: Rows, { first, last }: Span): Span | undefined {
  let [from, to] = [Math.max(0, first), Math.min(last, rows.length - 1)]
  while (from <= to && rows[from] !== null) from += 1
  while (to >= from && rows[to] !== null) to -= 1
  return from <= to ? { first: from, last: to } : undefined
}
