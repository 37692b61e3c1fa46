/** The rows that are ticked, by id, so that they stay ticked wherever they move. */
import type { InboxItem } from '@pms/client'
import type { Listing } from '@pms/client/listing'
import { useCallback, useMemo, useState } from 'react'

export interface Selection {
  readonly items: ReadonlyMap<string, InboxItem>
  /** Rows are there to be ticked: a tap on one opens nothing. For fingers, which have no box to hit. */
  readonly isMode: boolean
  /** Begins that, with a row or with none. */
  begin(item?: InboxItem): void
  toggle(item: InboxItem): void
  /** All from the last one that was ticked to this one. */
  extend(item: InboxItem): void
  /** Unticks all, and ends the mode. */
  clear(): void
}

interface Chosen {
  listing: Listing
  items: ReadonlyMap<string, InboxItem>
  last: string | null
  isMode: boolean
}

const nothingOf = (listing: Listing, isMode: boolean): Chosen => ({
  listing,
  items: new Map(),
  last: null,
  isMode,
})

/** Whether rows are there to be ticked, where the application keeps that: in an address that one goes back from. */
export interface GivenMode {
  isMode: boolean | undefined
  onMode: ((isMode: boolean) => void) | undefined
}

const NOTHING = { items: new Map<string, InboxItem>(), last: null }

export function useSelection(listing: Listing, given: GivenMode): Selection {
  const { onMode } = given
  const [chosen, setChosen] = useState(() => nothingOf(listing, false))
  const ownMode = chosen.listing === listing && chosen.isMode
  const isMode = given.isMode ?? ownMode
  // Of another list nothing is ticked, nor is anything when the application has ended the mode.
  const isSame = chosen.listing === listing && chosen.isMode === isMode
  const { items, last } = isSame ? chosen : NOTHING

  const toggle = useCallback(
    (item: InboxItem) => {
      const next = new Map(items)
      if (!next.delete(item.id)) next.set(item.id, item)
      setChosen({ listing, items: next, last: item.id, isMode })
    },
    [listing, items, isMode],
  )

  const begin = useCallback(
    (item?: InboxItem) => {
      const next = item ? new Map([...items, [item.id, item]]) : items
      setChosen({ listing, items: next, last: item?.id ?? null, isMode: true })
      if (!isMode) onMode?.(true)
    },
    [listing, items, isMode, onMode],
  )

  const extend = useCallback(
    async (item: InboxItem) => {
      if (last === null) return toggle(item)
      const range = await listing.between(last, item.id)
      const all = range.length === 0 ? [item] : range
      setChosen(current => {
        const isStill = current.listing === listing && current.isMode === isMode
        const before = isStill ? current : nothingOf(listing, isMode)
        return {
          ...before,
          items: new Map([...before.items, ...all.map(one => [one.id, one] as const)]),
          last: item.id,
        }
      })
    },
    [listing, last, isMode, toggle],
  )

  const clear = useCallback(() => {
    setChosen(nothingOf(listing, false))
    if (isMode) onMode?.(false)
  }, [listing, isMode, onMode])

  return useMemo(
    () => ({ items, isMode, begin, toggle, extend: item => void extend(item), clear }),
    [items, isMode, begin, toggle, extend, clear],
  )
}
