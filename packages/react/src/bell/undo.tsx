/** A delete is done at once and can be taken back for a while: no question before it. */
import type { InboxItem } from '@pms/client'
import { useEffect, useState } from 'react'
import { useInbox } from '../provider.tsx'
import { useStrings } from '../strings.ts'
import { tabStop } from './use-list-keys.ts'

const OFFERED_FOR = 8_000

export interface Removal {
  /** The last one deleted, while it can be brought back. */
  readonly removed: InboxItem | null
  remove(item: InboxItem): void
  undo(): void
}

export function useRemoval(): Removal {
  const inbox = useInbox()
  const [removed, setRemoved] = useState<InboxItem | null>(null)

  useEffect(() => {
    if (removed === null) return
    const timer = setTimeout(() => setRemoved(null), OFFERED_FOR)
    return () => clearTimeout(timer)
  }, [removed])

  return {
    removed,
    remove(item) {
      setRemoved(item)
      void inbox.remove(item.id).then(result => {
        if (!result.ok) setRemoved(current => (current === item ? null : current))
      })
    },
    undo() {
      if (removed !== null) void inbox.restore(removed.id)
      setRemoved(null)
    },
  }
}

export function UndoBar({ removal }: { removal: Removal }) {
  const strings = useStrings()
  // The status stays in the page, so that screen readers notice what appears in it.
  return (
    <div role="status" className="inbox-undo" data-shown={removal.removed !== null}>
      {removal.removed && (
        <>
          <span className="inbox-undo-text">{strings.removed}</span>
          <button
            type="button"
            className="inbox-text-button"
            onClick={event => {
              // The button goes; the focus must not go with it.
              tabStop(event.currentTarget.closest('[role="dialog"]'))?.focus()
              removal.undo()
            }}
          >
            {strings.undo}
          </button>
        </>
      )}
    </div>
  )
}
