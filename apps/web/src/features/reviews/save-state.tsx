/** Whether what was typed is safe, and what to do when it was changed somewhere else. */
import { Check, CloudOff, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/messages.tsx'
import type { SaveStatus } from './writing.ts'

interface Props {
  status: SaveStatus
  touched: boolean
  /** Something was saved before. */
  isDraft: boolean
}

/** Not read out while one types: only what goes wrong interrupts. */
export function SaveState({ status, touched, isDraft }: Props) {
  switch (status) {
    case 'failed':
      return (
        <span role="alert" className="flex min-w-0 items-center gap-1.5 text-sm text-danger-text">
          <CloudOff aria-hidden="true" className="size-4 shrink-0" />
          <span>
            Not saved yet<span className="max-sm:hidden">. It is kept here and tried again</span>
          </span>
        </span>
      )
    case 'conflict':
    case 'refused':
      return (
        <span className="flex items-center gap-1.5 text-sm text-danger-text">
          <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
          Not saved
        </span>
      )
    case 'saved':
      return touched || isDraft ? (
        <span className="flex items-center gap-1.5 text-sm text-muted">
          <Check aria-hidden="true" className="size-4 shrink-0 text-done-mark" />
          Saved
        </span>
      ) : (
        <span className="text-sm text-muted max-sm:hidden">Saved as you type</span>
      )
    default:
      return <span className="text-sm text-muted">Saving…</span>
  }
}

export function Conflict({ onSettle }: { onSettle: (keep: 'mine' | 'theirs') => Promise<void> }) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const settle = async (keep: 'mine' | 'theirs') => {
    setBusy(true)
    setError(null)
    await onSettle(keep).catch(setError)
    setBusy(false)
  }
  return (
    <Notice>
      <p className="font-medium">This review was changed in another tab or on another device.</p>
      <p className="mt-0.5">
        What you typed here since is not saved. You can put it over what was saved there, or take that
        instead.
      </p>
      {error !== null && <p className="mt-1">{sentenceOf(error)}</p>}
      <div className="mt-2.5 mb-1 flex flex-wrap gap-2">
        <Button busy={busy} onClick={() => void settle('mine')}>
          Keep what I typed here
        </Button>
        <Button busy={busy} onClick={() => void settle('theirs')}>
          Take what was saved there
        </Button>
      </div>
    </Notice>
  )
}
