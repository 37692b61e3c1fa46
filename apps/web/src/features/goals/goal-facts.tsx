/** The plain facts of a goal, beside it or under its title. */
import type { GoalDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { Person } from '../../shared/person.tsx'
import { Day, Fact, Facts } from '../../ui/facts.tsx'
import { Ago } from '../../ui/time.tsx'
import { periodOf, TYPE_LABELS } from './words.ts'

interface Props {
  goal: GoalDetail
  today: string
  /** Whether the page has already said whose goal it is and from whom. */
  withoutPeople?: boolean
}

export function GoalFacts({ goal, today, withoutPeople = false }: Props) {
  return (
    <Facts>
      {!withoutPeople && (
        <Fact name="Owner">
          <Person of={goal.owner} />
        </Fact>
      )}
      {!withoutPeople && goal.assigned_by && (
        <Fact name="Assigned by">
          <Person of={goal.assigned_by} />
        </Fact>
      )}
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
    </Facts>
  )
}
