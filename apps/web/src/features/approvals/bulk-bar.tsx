/** What can be done with all that is selected, at the bottom of the page while anything is. */
import type { ApprovalItem, Decision } from '@pms/contract'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { useLetterKeys } from '../../ui/letter-keys.ts'
import { noOf, verbsOf, yesOf } from './words.ts'

interface Props {
  selected: readonly ApprovalItem[]
  /** How many could be. */
  total: number
  onYes: () => void
  onNo: () => void
  onAll: () => void
  onNone: () => void
}

export function BulkBar({ selected, total, onYes, onNo, onAll, onNone }: Props) {
  const letters = useLetterKeys()
  const yes = selected.map(yesOf).filter(one => one !== undefined)
  const no = selected.map(noOf).filter(one => one !== undefined)
  return (
    <section
      aria-label="Selected"
      className="fixed bottom-6 left-1/2 z-20 flex max-w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-wrap items-center justify-center gap-x-3 gap-y-2 rounded-lg bg-raised py-2 pr-2 pl-4 shadow-raised max-sm:bottom-[calc(68px+env(safe-area-inset-bottom))] max-sm:w-full sm:ml-[110px]"
    >
      <p role="status" className="text-sm font-medium tabular-nums whitespace-nowrap">
        {selected.length} selected
      </p>
      <span className="flex items-center">
        {selected.length < total && (
          <Button variant="ghost" onClick={onAll} className="px-2">
            All {total}
          </Button>
        )}
        <Button variant="ghost" onClick={onNone} className="px-2">
          None
        </Button>
      </span>
      <span className="flex gap-1.5 max-sm:w-full max-sm:*:flex-1">
        {no.length > 0 && (
          <Button onClick={onNo} aria-keyshortcuts={letters ? 'r' : undefined}>
            {label(no)}…<Kbd>R</Kbd>
          </Button>
        )}
        {yes.length > 0 && (
          <Button variant="primary" onClick={onYes} aria-keyshortcuts={letters ? 'a' : undefined}>
            {label(yes)}
            <Kbd onAccent>A</Kbd>
          </Button>
        )}
      </span>
    </section>
  )
}

const label = (decisions: readonly Decision[]) => `${verbsOf(decisions)} ${decisions.length}`
