/** Thin readers of the store. Each renders again only when what it reads has changed. */
import type { ConnectionState, InboxEvent, InboxEvents, InboxState } from '@pms/client'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useInbox } from './provider.tsx'

/** `select` must answer the same value for the same state: a field, not a new object. */
export function useInboxState<T>(select: (state: InboxState) => T): T {
  const inbox = useInbox()
  const read = () => select(inbox.getSnapshot())
  return useSyncExternalStore(inbox.subscribe, read, read)
}

/** How many are unread: the number on the badge. */
export function useUnreadCount(): number {
  return useInboxState(state => state.unreadCount)
}

export function useConnectionState(): ConnectionState {
  return useInboxState(state => state.connection)
}

export type Notifications = Pick<
  InboxState,
  'items' | 'totalCount' | 'unreadCount' | 'loading' | 'loaded' | 'hasMore' | 'error'
>

/** The list, newest first, and what to know to show it. More of it comes with `useInbox().loadMore()`. */
export function useNotifications(): Notifications {
  const items = useInboxState(state => state.items)
  const totalCount = useInboxState(state => state.totalCount)
  const unreadCount = useInboxState(state => state.unreadCount)
  const loading = useInboxState(state => state.loading)
  const loaded = useInboxState(state => state.loaded)
  const hasMore = useInboxState(state => state.hasMore)
  const error = useInboxState(state => state.error)
  return useMemo(
    () => ({ items, totalCount, unreadCount, loading, loaded, hasMore, error }),
    [items, totalCount, unreadCount, loading, loaded, hasMore, error],
  )
}

/** Calls the newest `handler` for each event while the component is mounted. */
export function useInboxEvent<E extends InboxEvent>(
  event: E,
  handler: (payload: InboxEvents[E]) => void,
): void {
  const inbox = useInbox()
  const newest = useRef(handler)
  useEffect(() => {
    newest.current = handler
  })
  useEffect(() => inbox.on(event, payload => newest.current(payload)), [inbox, event])
}
