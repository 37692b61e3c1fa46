/** What every list answers, whatever it is a list of. */
import { MAX_SKIP, type ShortListQuery } from '@pms/contract'

/**
 * A page of a list.
 * @param total how many there are in all; engines count in numbers of their own
 * @param skip how many were left out before this page
 */
export function pageOf<Item>(items: Item[], total: number | string | bigint, skip: number) {
  const next = skip + items.length
  const hasNext = next < Number(total) && next <= MAX_SKIP
  return { items, total: Number(total), next_cursor: hasNext ? String(next) : null }
}

/** The part that is asked for of a list that is there as a whole. */
export function partOf<Item>(all: readonly Item[], { skip, limit = all.length }: ShortListQuery) {
  return pageOf(all.slice(skip, skip + limit), all.length, skip)
}
