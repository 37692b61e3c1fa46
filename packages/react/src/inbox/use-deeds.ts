/** What a person does to rows, and the undo that is offered for a while afterwards instead of a question before. */
import type { InboxItem } from '@pms/client'
import type { Listing } from '@pms/client/listing'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useStrings } from '../strings.ts'

export type Deed = 'read' | 'unread' | 'delete'

export interface Undoable {
  readonly text: string
  undo(): unknown
}

export interface Deeds {
  perform(deed: Deed, items: readonly InboxItem[]): void
  markAllRead(): void
  /** What was done last, while it can be taken back. */
  readonly undoable: Undoable | null
  undo(): void
}

const OFFERED_FOR = 8_000
const REVERSE = { read: 'unread', unread: 'read', delete: 'restore' } as const

export function useDeeds(listing: Listing): Deeds {
  const strings = useStrings()
  const [undoable, setUndoable] = useState<Undoable | null>(null)

  useEffect(() => {
    if (undoable === null) return
    const timer = setTimeout(() => setUndoable(null), OFFERED_FOR)
    return () => clearTimeout(timer)
  }, [undoable])

  const offer = useCallback(async (text: string, done: Promise<{ ok: boolean }>, undo: () => unknown) => {
    const offered = { text, undo }
    setUndoable(offered)
    const { ok } = await done
    if (!ok) setUndoable(current => (current === offered ? null : current))
  }, [])

  const perform = useCallback(
    (deed: Deed, items: readonly InboxItem[]) => {
      const changed = items.filter(item => deed === 'delete' || item.is_read !== (deed === 'read'))
      if (changed.length === 0) return
      const done = listing.act(deed, changed)
      // One that was marked is marked back as easily.
      if (deed !== 'delete' && changed.length === 1) return
      void offer(strings.done[deed](changed.length), done, () => void listing.act(REVERSE[deed], changed))
    },
    [listing, strings, offer],
  )

  const markAllRead = useCallback(() => {
    const done = listing.markAllRead()
    void offer(strings.allRead, done, async () => {
      const result = await done
      if (result.ok) await result.undo()
    })
  }, [listing, strings, offer])

  const undo = useCallback(() => {
    undoable?.undo()
    setUndoable(null)
  }, [undoable])

  return useMemo(() => ({ perform, markAllRead, undoable, undo }), [perform, markAllRead, undoable, undo])
}
