/** The plain facts of an initiative, beside it or under its title. */
import type { InitiativeDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { Person } from '../../shared/person.tsx'
import { Day, Fact, Facts } from '../../ui/facts.tsx'
import { Ago } from '../../ui/time.tsx'
import { UrgencyMark } from './urgency-mark.tsx'
import { URGENCY_LABELS } from './words.ts'

export function InitiativeFacts({ initiative, today }: { initiative: InitiativeDetail; today: string }) {
  const { type, head, assignees, created_by, goal, reviewed_by, score } = initiative
  const others = assignees.filter(person => person.id !== head.id)
  return (
    <Facts>
      <Fact name={type === 'GROUP' ? 'Head' : 'Assigned to'}>
        <Person of={head} />
      </Fact>
      {others.length > 0 && (
        <Fact name="Group">
          <ul className="space-y-1.5">
            {others.map(person => (
              <li key={person.id}>
                <Person of={person} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact name="Due">
        <Day day={initiative.due_date} today={today} />
      </Fact>
      <Fact name="Urgency">
        <UrgencyMark urgency={initiative.urgency} silent />
        {URGENCY_LABELS[initiative.urgency]}
      </Fact>
      {goal && (
        <Fact name="Goal">
          <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="text-accent-text hover:underline">
            {goal.title}
          </Link>
        </Fact>
      )}
      {score !== null && <Fact name="Score">{score}/10</Fact>}
      {score !== null && reviewed_by && (
        <Fact name="Reviewed by">
          <Person of={reviewed_by} />
        </Fact>
      )}
      {created_by.id !== head.id && (
        <Fact name="Created by">
          <Person of={created_by} />
        </Fact>
      )}
      <Fact name="Created">
        <Ago at={initiative.created_at} />
      </Fact>
    </Facts>
  )
}
