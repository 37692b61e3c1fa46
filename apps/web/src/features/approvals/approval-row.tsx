/** A request as a line of a list: what is asked, by whom and for how long, and the buttons that answer it. */
import type { ApprovalItem, ApprovalKind, Decision } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { Check, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Dot, RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { DueDay, Lasting } from '../../ui/time.tsx'
import { KindIcon } from './kind-icon.tsx'
import type { Outcome } from './outcomes.ts'
import { askOf, DECISION_WORDS, keyOf, noOf, OPEN_WORDS, yesOf } from './words.ts'

interface Props {
  item: ApprovalItem
  outcome: Outcome | undefined
  isSelected: boolean
  onSelect: () => void
  onDecide: (decision: Decision) => void
  onRetry: () => void
}

export function ApprovalRow({ item, outcome, isSelected, onSelect, onDecide, onRetry }: Props) {
  const isOver = outcome && outcome.state !== 'refused'
  const isSelectable = item.decisions.length > 0 && !outcome
  return (
    <li
      data-key={keyOf(item)}
      className={cx(
        rowClass,
        'py-2.5 max-sm:flex-wrap max-sm:items-start',
        isSelected && 'bg-accent-soft hover:bg-accent-soft',
      )}
    >
      <span className="relative flex size-4 shrink-0 items-center justify-center touch:size-6 max-sm:mt-2.5">
        {isSelectable ? (
          <label className="absolute -inset-2.5 z-10 flex cursor-pointer items-center justify-center">
            <input
              type="checkbox"
              checked={isSelected}
              onChange={onSelect}
              aria-label={`Select ${item.title}`}
              className="size-4 cursor-pointer accent-(--accent)"
            />
          </label>
        ) : (
          <span className="sm:hidden">
            <KindIcon kind={item.kind} />
          </span>
        )}
      </span>
      <span className="max-sm:hidden">
        <KindIcon kind={item.kind} />
      </span>
      <Summary item={item} isOver={Boolean(isOver)}>
        waiting on you <Lasting at={item.waiting_since} />
      </Summary>
      {outcome ? <Result outcome={outcome} onRetry={onRetry} /> : <Answers item={item} onDecide={onDecide} />}
    </li>
  )
}

/** Kinds whose detail is the day on which they are due, which is shown in its own way. */
const SAYS_DUE: readonly ApprovalKind[] = ['initiative_approval', 'initiative_review']

interface SummaryProps {
  item: ApprovalItem
  isOver?: boolean
  /** On whom and for how long it waits. */
  children: ReactNode
}

export function Summary({ item, isOver = false, children }: SummaryProps) {
  const me = useMe()
  const today = useToday()
  const { kind, detail, due_on } = item
  const ask = askOf(item, me.id)
  return (
    <div className="min-w-0 flex-1 max-sm:basis-3/4 sm:-ml-1">
      <Link to={item.action_url} data-row className={cx(rowLinkClass, isOver && 'text-muted')}>
        {item.title}
      </Link>
      <RowLine wraps>
        <span className="truncate max-sm:w-full">{ask ?? detail}</span>
        {ask !== null && detail && !SAYS_DUE.includes(kind) && (
          <span className="sm:shrink-0 sm:max-lg:hidden">
            <Apart />
            {detail}
          </span>
        )}
        {due_on && kind !== 'initiative_extension' && (
          <span className="tabular-nums sm:shrink-0">
            <Apart />
            <DueDay day={due_on} today={today} className={cx(due_on < today && 'text-overdue-text')} />
          </span>
        )}
        {!isOver && (
          <span className="sm:shrink-0">
            <Apart />
            {children}
          </span>
        )}
      </RowLine>
    </div>
  )
}

/** On a phone the line wraps, and its parts are apart by room alone. */
const Apart = () => (
  <span className="mr-1.5 max-sm:hidden">
    <Dot />
  </span>
)

/** Over the link that covers the row; on a phone under the words. */
const BESIDE = 'relative z-10 max-sm:basis-full max-sm:pl-9'

function Answers({ item, onDecide }: Pick<Props, 'item' | 'onDecide'>) {
  const yes = yesOf(item)
  const no = noOf(item)
  return (
    <span className={cx(BESIDE, 'flex shrink-0 gap-1.5 max-sm:*:flex-1')}>
      {[no, yes].map(
        decision =>
          decision && (
            <Button
              key={decision}
              onClick={() => onDecide(decision)}
              aria-label={`${DECISION_WORDS[decision].verb} ${item.title}`}
            >
              {DECISION_WORDS[decision].verb}
            </Button>
          ),
      )}
      {!yes && (
        // The row leads there already: one stop is enough.
        <Link to={item.action_url} tabIndex={-1} className={buttonClass('secondary')}>
          {OPEN_WORDS[item.kind] ?? 'Open'}
        </Link>
      )}
    </span>
  )
}

function Result({ outcome, onRetry }: { outcome: Outcome; onRetry: () => void }) {
  if (outcome.state === 'refused')
    return (
      <span
        role="alert"
        className={cx(BESIDE, 'flex items-center gap-2 text-sm text-danger-text sm:max-w-[45%]')}
      >
        <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 text-pretty">{outcome.why}</span>
        <Button onClick={onRetry}>OK</Button>
      </span>
    )
  const { done, isYes } = DECISION_WORDS[outcome.decision]
  return (
    <span
      role="status"
      className={cx(
        BESIDE,
        'flex shrink-0 items-center gap-1.5 text-sm font-medium transition-colors',
        colourOf(outcome.state, isYes),
      )}
    >
      {isYes ? <Check aria-hidden="true" className="size-4" /> : <X aria-hidden="true" className="size-4" />}
      {done}
    </span>
  )
}

/** Plain until the server has said so. */
function colourOf(state: 'sent' | 'done', isYes: boolean): string {
  if (state === 'sent') return 'text-muted'
  return isYes ? 'text-(--done-text)' : 'text-returned-text'
}
