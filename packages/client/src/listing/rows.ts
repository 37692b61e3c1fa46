/**
 * A long list of which parts are known: one slot a row, newest first, null where it is not known yet what stands
 * there. Pure functions over immutable values. What is known is always in order, each row once; how many unknown ones
 * lie between may be wrong for a while, and every page that is placed puts it right around itself.
 */
import type { InboxItem } from '@pms/protocol'

export type Rows = readonly (InboxItem | null)[]

/** A page as it was fetched: its rows, and whether the list ends with them. */
export interface FetchedPage {
  /** Where in the list it was thought to begin. */
  readonly at: number
  readonly items: readonly InboxItem[]
  /** Of all rows with a `seq` up to this, down to its last one, the page knows. */
  readonly highest: number
  readonly isEnd: boolean
}

/**
 * Puts a page in its place. What was known of the part that it covers and is not in it is gone, except where `stays`
 * wants it kept.
 * @returns the rows, and the index beside the page where unknown ones may be missing or too many
 */
export function place(
  rows: Rows,
  { at, items, highest, isEnd }: FetchedPage,
  stays: (item: InboxItem) => boolean,
): { rows: Rows; seam: number } {
  if (items.length === 0) {
    if (!isEnd) return { rows, seam: at }
    const left = rows.slice(at).filter(row => row !== null && stays(row))
    return { rows: [...rows.slice(0, at), ...left], seam: at }
  }
  const lowest = isEnd ? 0 : (items.at(-1)?.seq ?? 0)
  const fetched = new Set(items.map(({ id }) => id))
  const kept = rows.flatMap(row =>
    row && row.seq <= highest && row.seq >= lowest && !fetched.has(row.id) && stays(row) ? [row] : [],
  )
  const middle = kept.length === 0 ? items : [...items, ...kept].sort((a, b) => b.seq - a.seq)

  const above = rows.findLastIndex(row => row !== null && row.seq > highest)
  const covered = rows.findLastIndex(row => row !== null && row.seq >= lowest)
  const below = rows.findIndex(row => row !== null && row.seq < lowest)
  const tailAt = isEnd || below !== -1 ? below : rows.length
  const tail = tailAt === -1 ? [] : rows.slice(tailAt)
  const head = [...rows.slice(0, above + 1), ...unknown(at - above - 1)]
  const between = tailAt === -1 ? 0 : tailAt - Math.max(covered + 1, at + middle.length)
  return {
    rows: [...head, ...middle, ...unknown(between), ...tail],
    seam: isEnd ? head.length : head.length + middle.length,
  }
}

/** Makes the list as long as it is said to be by adding or taking away unknown rows, next to the seam first. */
export function fit(rows: Rows, length: number, seam: number): Rows {
  const missing = length - rows.length
  if (missing === 0) return rows
  if (missing > 0) return [...rows.slice(0, seam), ...unknown(missing), ...rows.slice(seam)]
  let surplus = -missing
  const drop = (row: InboxItem | null) => {
    if (row !== null || surplus === 0) return true
    surplus -= 1
    return false
  }
  const tail = rows.slice(seam).filter(drop)
  const head = rows.slice(0, seam).reverse().filter(drop).reverse()
  return [...head, ...tail]
}

/** Puts rows that were not there where they belong by their age. */
export function insert(rows: Rows, items: readonly InboxItem[]): Rows {
  return items.reduce<Rows>((result, item) => {
    if (result.some(row => row?.id === item.id)) return result
    const at = result.findLastIndex(row => row !== null && row.seq > item.seq) + 1
    return [...result.slice(0, at), item, ...result.slice(at)]
  }, rows)
}

export function remove(rows: Rows, ids: ReadonlySet<string>): Rows {
  return ids.size === 0 ? rows : rows.filter(row => row === null || !ids.has(row.id))
}

/** Replaces what is known of some rows; the others are not added. */
export function update(rows: Rows, items: ReadonlyMap<string, InboxItem>): Rows {
  if (items.size === 0 || !rows.some(row => row !== null && items.has(row.id))) return rows
  return rows.map(row => (row && items.get(row.id)) ?? row)
}

const unknown = (count: number): null[] => new Array<null>(Math.max(0, count)).fill(null)
