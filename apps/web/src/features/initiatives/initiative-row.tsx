/** An initiative as a line of a list. The whole line opens it. */
import type { Initiative } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { WaitingOn } from '../../shared/waiting.tsx'
import { cx } from '../../ui/cx.ts'
import { Pill } from '../../ui/pill.tsx'
import { Dot, RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { DueDay } from '../../ui/time.tsx'
import { UrgencyMark } from './urgency-mark.tsx'
import { isOpen, isScored, stateOf } from './words.ts'
import { Workers } from './workers.tsx'

export function InitiativeRow({ initiative, today }: { initiative: Initiative; today: string }) {
  const { tone, word, progress } = stateOf(initiative)
  const fact = factOf(initiative)
  /** How it was counts more now than when it was due. */
  const scored = isScored(initiative)
  return (
    <li className={rowClass}>
      <StateMark tone={tone} progress={progress} />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <Link
          to="/initiatives/$initiativeId"
          params={{ initiativeId: initiative.id }}
          data-row
          className={rowLinkClass}
        >
          <UrgencyMark urgency={initiative.urgency} />
          {initiative.title}
        </Link>
        <RowLine>
          {!scored && <Due initiative={initiative} today={today} />}
          {fact && (
            <>
              {!scored && <Dot />}
              <span className="truncate">{fact}</span>
            </>
          )}
        </RowLine>
      </div>
      <span className="hidden w-48 shrink-0 text-sm text-muted lg:block">
        <Workers of={initiative} />
      </span>
      <span className="flex shrink-0 sm:w-22">
        <Pill tone={tone}>{word}</Pill>
      </span>
    </li>
  )
}

/** When it is due; of what is over only the day counts. */
export function Due({ initiative, today }: { initiative: Initiative; today: string }) {
  const late = isOpen(initiative) && initiative.due_date < today && initiative.status !== 'COMPLETED'
  return (
    <DueDay
      day={initiative.due_date}
      today={today}
      plain={!isOpen(initiative) || initiative.status === 'COMPLETED'}
      className={cx('shrink-0 tabular-nums', late && 'text-overdue-text')}
    />
  )
}

/** What matters most about it now: who it waits for, why it came back, how it was. */
function factOf(initiative: Initiative): ReactNode {
  const { status, open_extension, reason, feedback, score } = initiative
  if (open_extension)
    return (
      <>
        more time asked for, <WaitingOn on={open_extension.waiting_on} since={open_extension.created_at} />
      </>
    )
  if (initiative.waiting_on.length > 0)
    return <WaitingOn on={initiative.waiting_on} since={initiative.waiting_since} />
  if (status === 'REJECTED' && reason) return `“${reason}”`
  if (isScored(initiative)) return `scored ${score}/10`
  if (status === 'STARTED' && feedback) return `“${feedback}”`
  return null
}
