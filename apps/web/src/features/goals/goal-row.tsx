/** A goal as a line of a list. The whole line opens it. */
import type { Goal } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { WaitingOn } from '../../shared/waiting.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { firstName, NameFor } from '../../ui/names.ts'
import { Pill } from '../../ui/pill.tsx'
import { Dot, RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Ago, DueDay } from '../../ui/time.tsx'
import { RowProgress } from './row-progress.tsx'
import { periodOf, stateOf } from './words.ts'

export function GoalRow({ goal, today, withOwner }: { goal: Goal; today: string; withOwner: boolean }) {
  const me = useMe()
  const { tone, word } = stateOf(goal, today)
  const fact = secondFact(goal, today)
  /** On a phone there is no room for all three. */
  const crowded = withOwner && fact !== null
  return (
    <li className={rowClass}>
      <StateMark tone={tone} progress={goal.progress} />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <Link to="/goals/$goalId" params={{ goalId: goal.id }} data-row className={rowLinkClass}>
          {goal.title}
        </Link>
        <RowLine>
          {withOwner && (
            <span className="shrink-0 lg:hidden">
              {goal.owner.id === me.id ? 'You' : firstName(goal.owner.name)}
              <span className={cx(crowded && 'max-sm:hidden')}> · </span>
            </span>
          )}
          <span className={cx('shrink-0 tabular-nums', crowded && 'max-sm:hidden')}>{periodOf(goal)}</span>
          {fact}
        </RowLine>
      </div>
      <RowProgress goal={goal} />
      {withOwner && (
        <span className="hidden w-44 shrink-0 items-center gap-2 text-sm text-muted lg:flex">
          <Avatar name={goal.owner.name} size="sm" />
          <span className="truncate">{NameFor(goal.owner, me.id)}</span>
        </span>
      )}
      <span className="flex shrink-0 sm:w-22">
        <Pill tone={tone}>{word}</Pill>
      </span>
      <Ago
        at={goal.created_at}
        what="Created"
        className="hidden w-24 shrink-0 whitespace-nowrap text-right text-sm text-subtle tabular-nums md:block"
      />
    </li>
  )
}

/** What matters most about it now: who it waits for, why it came back, or when it is due. */
function secondFact(goal: Goal, today: string): ReactNode {
  if (goal.waiting_on.length > 0)
    return (
      <>
        <Dot />
        <span className="truncate">
          <WaitingOn on={goal.waiting_on} since={goal.waiting_since} />
        </span>
      </>
    )
  if (goal.reason && goal.status !== 'ACTIVE')
    return (
      <>
        <Dot />
        <span className="truncate">“{goal.reason}”</span>
      </>
    )
  if (goal.status === 'ACTIVE' && goal.end_date) {
    const late = goal.end_date < today
    return (
      <>
        <Dot />
        <DueDay
          day={goal.end_date}
          today={today}
          className={late ? 'truncate text-overdue-text' : 'truncate'}
        />
      </>
    )
  }
  return null
}
