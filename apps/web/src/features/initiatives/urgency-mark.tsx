/** How urgent a piece of work is, as a small mark before its title: shape and colour, and a word for who sees neither. */
import type { Urgency } from '@pms/contract'
import { URGENCY_LABELS } from './words.ts'

/** @param silent where the word is written beside it */
export function UrgencyMark({ urgency, silent = false }: { urgency: Urgency; silent?: boolean }) {
  if (urgency === 'LOW') return null
  return (
    <span title={`${URGENCY_LABELS[urgency]} urgency`} className="mr-1.5 inline-flex align-[0.1em]">
      {urgency === 'URGENT' ? (
        <span
          aria-hidden="true"
          className="flex size-3.5 translate-y-0.5 items-center justify-center rounded-sm bg-danger text-[10px] leading-none font-semibold text-on-accent"
        >
          !
        </span>
      ) : urgency === 'HIGH' ? (
        <span aria-hidden="true" className="size-2 rounded-full bg-active-mark" />
      ) : (
        <span aria-hidden="true" className="m-px size-1.5 rounded-full bg-(--neutral-mark)" />
      )}
      {!silent && <span className="sr-only">{URGENCY_LABELS[urgency]} urgency:</span>}
    </span>
  )
}
