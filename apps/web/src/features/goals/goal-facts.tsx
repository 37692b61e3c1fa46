/** The plain facts of a goal, beside it or under its title. */
import type { GoalDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { longDay, shortDay } from '../../ui/dates.ts'
import { NameFor } from '../../ui/names.ts'
import { Ago } from '../../ui/time.tsx'
import { periodOf, TYPE_LABELS } from './words.ts'

interface Props {
  goal: GoalDetail
  today: string
  /** Whether the page has already said whose goal it is and from whom. */
  withoutPeople?: boolean
}

export function GoalFacts({ goal, today, withoutPeople = false }: Props) {
  const me = useMe()
  const person = (ref: { id: string; name: string }) => (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={ref.name} size="sm" />
      <span className="truncate">{NameFor(ref, me.id)}</span>
    </span>
  )
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-6 gap-y-2.5 text-sm">
      {!withoutPeople && <Fact name="Owner">{person(goal.owner)}</Fact>}
      {!withoutPeople && goal.assigned_by && <Fact name="Assigned by">{person(goal.assigned_by)}</Fact>}
      <Fact name="Type">{TYPE_LABELS[goal.type]}</Fact>
      <Fact name="Period">{periodOf(goal)}</Fact>
      {goal.unit && <Fact name="Unit">{goal.unit.name}</Fact>}
      {goal.start_date && (
        <Fact name="Starts">
          <Day day={goal.start_date} today={today} />
        </Fact>
      )}
      {goal.end_date && (
        <Fact name="Due">
          <Day day={goal.end_date} today={today} />
        </Fact>
      )}
      {goal.parent_goal && (
        <Fact name="Part of">
          <Link
            to="/goals/$goalId"
            params={{ goalId: goal.parent_goal.id }}
            className="text-accent-text hover:underline"
          >
            {goal.parent_goal.title}
          </Link>
        </Fact>
      )}
      {!withoutPeople && (
        <Fact name="Created">
          <Ago at={goal.created_at} />
        </Fact>
      )}
    </dl>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 tabular-nums">{children}</dd>
  </>
)

const Day = ({ day, today }: { day: string; today: string }) => (
  <time dateTime={day} title={longDay(day)}>
    {shortDay(day, today)}
  </time>
)
