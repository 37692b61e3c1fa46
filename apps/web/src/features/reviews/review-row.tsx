/** A review as a line of a list. The whole line opens it. */
import type { Review } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { Pill } from '../../ui/pill.tsx'
import { Dot, RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { DueDay, When } from '../../ui/time.tsx'
import { isOpen, REVIEW_STATES, titleOf, writerOf } from './words.ts'

interface Props {
  review: Review
  today: string
  meId: string
  /** Where all are written by whoever looks it goes without saying. */
  withoutWriter?: boolean
  /** The same where all are of one cycle. */
  withoutCycle?: boolean
  /** What can be done with it, at the end of the line. */
  menu?: ReactNode
}

export function ReviewRow({ review, today, meId, withoutWriter = false, withoutCycle = false, menu }: Props) {
  const { tone, word, progress } = REVIEW_STATES[review.status]
  /** Said where there is no column for it; who writes a self review goes without saying. */
  const byOther = !withoutWriter && review.kind !== 'self'
  const late = review.status === 'overdue'
  return (
    <li className={rowClass}>
      <StateMark tone={tone} progress={progress} />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <Link to="/reviews/$reviewId" params={{ reviewId: review.id }} data-row className={rowLinkClass}>
          {titleOf(review, meId)}
        </Link>
        <RowLine>
          {isOpen(review) ? (
            <DueDay
              day={review.due_on}
              today={today}
              className={cx('shrink-0 tabular-nums', late && 'text-overdue-text')}
            />
          ) : review.submitted_at ? (
            <span className="shrink-0">
              submitted <When at={review.submitted_at} />
            </span>
          ) : (
            <DueDay day={review.due_on} today={today} plain className="shrink-0 tabular-nums" />
          )}
          {!withoutCycle && (
            <span className={cx('flex min-w-0 gap-1.5', byOther && 'max-lg:hidden')}>
              <Dot />
              <span className="truncate">{review.cycle.name}</span>
            </span>
          )}
          {byOther && (
            <span className="flex min-w-0 gap-1.5 lg:hidden">
              <Dot />
              <span className="truncate">by {writerOf(review, meId).replace(/^(You|A peer)$/, lower)}</span>
            </span>
          )}
        </RowLine>
      </div>
      <span className="hidden w-44 shrink-0 items-center gap-2 text-sm text-muted lg:flex">
        {!withoutWriter && (
          <>
            {review.reviewer && <Avatar name={review.reviewer.name} size="sm" />}
            <span className="truncate">{writerOf(review, meId)}</span>
          </>
        )}
      </span>
      <span className="flex shrink-0 sm:w-22">
        <Pill tone={tone}>{word}</Pill>
      </span>
      {menu && <span className="relative -mr-2 flex w-8 shrink-0 justify-end touch:w-11">{menu}</span>}
    </li>
  )
}

const lower = (words: string) => words.toLowerCase()
