/** The rows that are ticked, by id, so that they stay ticked wherever they move. */
import type { InboxItem } from '@pms/client'
import type { Listing } from '@pms/client/listing'
import { useCallback, useMemo, useState } from 'react'

export interface Selection {
  readonly items: ReadonlyMap<string, InboxItem>
  toggle(item: InboxItem): void
  /** All from the last one that was ticked to this one. */
  extend(item: InboxItem): void
  clear(): void
}

const NONE: ReadonlyMap<string, InboxItem> = new Map()

export function useSelection(listing: Listing): Selection {
  const [chosen, setChosen] = useState({ listing, items: NONE, last: null as string | null })
  // Of another list nothing is ticked.
  const { items, last } = chosen.listing === listing ? chosen : { items: NONE, last: null }

  const toggle = useCallback(
    (item: InboxItem) => {
      const next = new Map(items)
      if (!next.delete(item.id)) next.set(item.id, item)
      setChosen({ listing, items: next, last: item.id })
    },
    [listing, items],
  )

  const extend = useCallback(
    async (item: InboxItem) => {
      if (last === null) return toggle(item)
      const range = await listing.between(last, item.id)
      const all = range.length === 0 ? [item] : range
      setChosen(current => {
        const before = current.listing === listing ? current.items : NONE
        return {
          listing,
          items: new Map([...before, ...all.map(one => [one.id, one] as const)]),
          last: item.id,
        }
      })
    },
    [listing, last, toggle],
  )

  const clear = useCallback(() => setChosen({ listing, items: NONE, last: null }), [listing])

  return useMemo(
    () => ({ items, toggle, extend: item => void extend(item), clear }),
    [items, toggle, extend, clear],
  )
}
