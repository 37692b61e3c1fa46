/** What a line of the tree shows: a goal, how far it is and how much is part of it; or what is not there yet. */
import type { GoalBranch } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { firstName } from '../../ui/names.ts'
import { Pill } from '../../ui/pill.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { counted } from '../../ui/words.ts'
import { isUnderway, RowProgress } from './row-progress.tsx'
import type { Level } from './tree.ts'
import { periodOf, stateOf } from './words.ts'

export function GoalBranchLine({ goal, today }: { goal: GoalBranch; today: string }) {
  const me = useMe()
  const { tone, word } = stateOf(goal, today)
  const whose = goal.owner.id === me.id ? 'You' : firstName(goal.owner.name)
  const facts = [
    periodOf(goal),
    // A goal of the organisation is nobody's own.
    ...(goal.type === 'INDIVIDUAL' ? [whose] : goal.unit ? [goal.unit.name] : []),
    ...(goal.children > 0 ? [`${counted(goal.children, 'goal')} in it`] : []),
  ]
  return (
    <>
      <StateMark tone={tone} progress={goal.progress} />
      <div className="min-w-0 flex-1">
        {/* The line itself is what keys reach; the link is for whoever opens it in a tab of its own. */}
        <Link
          to="/goals/$goalId"
          params={{ goalId: goal.id }}
          tabIndex={-1}
          className="block truncate text-base font-medium max-sm:line-clamp-2 max-sm:whitespace-normal max-sm:break-words"
        >
          {goal.title}
        </Link>
        <p className="truncate text-sm text-muted tabular-nums">
          {facts.join(' · ')}
          {isUnderway(goal) && <span className="lg:hidden"> · {goal.progress}%</span>}
        </p>
      </div>
      <RowProgress goal={goal} />
      <span className="flex shrink-0 sm:w-22">
        <Pill tone={tone}>{word}</Pill>
      </span>
    </>
  )
}

export function RestLine({ waits }: { waits: Level['waits'] }) {
  if (waits === 'loading') return <span className="text-muted">Loading goals…</span>
  if (waits === 'failed')
    return <span className="text-overdue-text">These could not be loaded. Try again.</span>
  return <span className="font-medium text-accent-text">Show more</span>
}
