/** The notification in the reading pane: from the list where it is in it, else fetched by itself. */
import type { InboxItem } from '@pms/client'
import type { Rows } from '@pms/client/listing'
import { useEffect, useState } from 'react'
import { useInboxState } from '../hooks.ts'
import { useInbox } from '../provider.tsx'

export type Shown = InboxItem | 'none' | 'loading' | 'gone'

export function useShown(id: string | null, rows: Rows): Shown {
  const inbox = useInbox()
  const items = useInboxState(state => state.items)
  const loaded = useInboxState(state => state.loaded)
  const version = useInboxState(state => state.version)
  const known = rows.find(row => row?.id === id) ?? items.find(item => item.id === id)
  // What has left the list, because another one is shown now, is still read.
  const [last, setLast] = useState<InboxItem | null>(null)
  const [goneId, setGoneId] = useState<string | null>(null)
  if (known && known !== last) setLast(known)
  const isMissing = id !== null && !known && loaded

  // biome-ignore lint/correctness/useExhaustiveDependencies: after a change it may be another, or gone
  useEffect(() => {
    if (id === null || !isMissing) return
    let isLate = false
    void inbox.fetchItem(id).then(result => {
      if (isLate) return
      if (result.ok) setLast(result.item)
      else if (result.failure.status === 404 || result.failure.status === 422) setGoneId(id)
    })
    return () => {
      isLate = true
    }
  }, [inbox, id, isMissing, version])

  if (id === null) return 'none'
  if (known) return known
  if (goneId === id) return 'gone'
  return last?.id === id ? last : 'loading'
}
