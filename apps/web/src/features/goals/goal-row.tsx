/** A goal as a line of a list. The whole line opens it. */
import type { Goal } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { firstName, NameFor } from '../../ui/names.ts'
import { Pill } from '../../ui/pill.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Ago, DueDay } from '../../ui/time.tsx'
import { WaitingOn } from './waiting.tsx'
import { periodOf, stateOf } from './words.ts'

export function GoalRow({ goal, today, withOwner }: { goal: Goal; today: string; withOwner: boolean }) {
  const me = useMe()
  const { tone, word } = stateOf(goal, today)
  const fact = secondFact(goal, today)
  /** On a phone there is no room for all three. */
  const crowded = withOwner && fact !== null
  const moving = goal.status === 'ACTIVE' || goal.status === 'ACHIEVED'
  return (
    <li className="group relative flex items-center gap-3 px-4 py-2 sm:gap-5 transition-colors hover:bg-hover has-focus-visible:bg-hover sm:px-6 touch:min-h-16">
      <StateMark tone={tone} progress={goal.progress} />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <Link
          to="/goals/$goalId"
          params={{ goalId: goal.id }}
          className="block truncate text-base font-medium outline-none before:absolute before:inset-0 before:content-[''] focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
        >
          {goal.title}
        </Link>
        <p className="flex min-w-0 items-baseline gap-1.5 text-sm text-muted">
          {withOwner && (
            <span className="shrink-0 lg:hidden">
              {goal.owner.id === me.id ? 'You' : firstName(goal.owner.name)}
              <span className={cx(crowded && 'max-sm:hidden')}> · </span>
            </span>
          )}
          <span className={cx('shrink-0 tabular-nums', crowded && 'max-sm:hidden')}>{periodOf(goal)}</span>
          {fact}
        </p>
      </div>
      {moving && (
        <div className="hidden w-34 shrink-0 items-center gap-2.5 lg:flex">
          <ProgressBar percent={goal.progress} label={`Progress of ${goal.title}`} className="flex-1" />
          <span className="w-10 text-right text-sm text-muted tabular-nums">{goal.progress}%</span>
        </div>
      )}
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
        className="hidden w-20 shrink-0 text-right text-sm text-subtle tabular-nums md:block"
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
          <WaitingOn goal={goal} />
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

const Dot = () => (
  <span aria-hidden="true" className="text-subtle">
    ·
  </span>
)
