/** What the live state of an inbox tells about a list of it: new rows, changed ones, deleted ones. Pure. */
import type { InboxItem } from '@pms/protocol'
import type { InboxState } from '../types.ts'
import { insert, type Rows, remove, update } from './rows.ts'

type Live = Pick<InboxState, 'items' | 'hasMore' | 'loaded'>

/** Every row of the inbox with a `seq` from here on is in the state. */
function floorOf({ items, hasMore, loaded }: Live): number {
  if (!loaded) return Number.POSITIVE_INFINITY
  return hasMore ? (items.at(-1)?.seq ?? Number.POSITIVE_INFINITY) : 0
}

/**
 * Takes the step from one live state to the next. A row that is in the list stays in it, though filters would not
 * select it any more: what a person has just dealt with does not vanish under their hands.
 */
export function follow(rows: Rows, before: Live, after: Live, isWanted: (item: InboxItem) => boolean): Rows {
  if (before.items === after.items) return rows
  const old = new Map(before.items.map(item => [item.id, item]))
  const now = new Map(after.items.map(item => [item.id, item]))
  const [oldFloor, floor] = [floorOf(before), floorOf(after)]

  const gone = before.items.filter(item => item.seq >= floor && !now.has(item.id)).map(({ id }) => id)
  const changed = after.items.filter(item => old.get(item.id) !== item)
  const arrived = changed.filter(item => {
    const was = old.get(item.id)
    return isWanted(item) && (was === undefined ? item.seq >= oldFloor : !isWanted(was))
  })
  const kept = remove(rows, new Set(gone))
  return insert(update(kept, new Map(changed.map(item => [item.id, item]))), arrived)
}
