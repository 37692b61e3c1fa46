/** The list that a view shows, and the number of open requests, both kept true while they are shown. */
import { createListing, type Listing, type ListingState } from '@pms/client/listing'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useInbox } from '../provider.tsx'
import { type InboxView, toFilters } from './view.ts'

export function useListing({ tab, type, priority }: InboxView): { listing: Listing; state: ListingState } {
  const inbox = useInbox()
  const listing = useMemo(
    () => createListing(inbox, { filters: toFilters({ tab, type, priority }) }),
    [inbox, tab, type, priority],
  )
  const state = useSyncExternalStore(listing.subscribe, listing.getSnapshot, listing.getSnapshot)
  return { listing, state }
}

const AWAITING = { needsAction: true } as const
/** Counted anew this long after a change: changes come in bursts. */
const COUNT_AFTER = 200

/** How many wait for a decision; null while that is not known. */
export function useAwaitingCount(): number | null {
  const inbox = useInbox()
  const [count, setCount] = useState<number | null>(null)
  useEffect(() => {
    let counted: number | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false

    async function recount(): Promise<void> {
      counted = inbox.getSnapshot().version
      const result = await inbox.fetchPage(AWAITING, null, { limit: 1 })
      timer = undefined
      if (isOver) return
      if (result.ok) setCount(result.page.total)
      check()
    }

    function check(): void {
      const { loaded, version } = inbox.getSnapshot()
      if (!loaded || version === counted) return
      timer ??= setTimeout(recount, counted === null ? 0 : COUNT_AFTER)
    }

    check()
    const stop = inbox.subscribe(check)
    return () => {
      isOver = true
      clearTimeout(timer)
      stop()
    }
  }, [inbox])
  return count
}
