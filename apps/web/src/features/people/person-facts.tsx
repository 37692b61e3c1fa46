/** The plain facts of a person. */
import type { UserProfile } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { Person } from '../../shared/person.tsx'
import { Day, Fact, Facts } from '../../ui/facts.tsx'
import { ROLE_LABELS } from './words.ts'

interface Props {
  person: UserProfile
  today: string
  /** Who decides about their work now is told where it differs from the supervisor. */
  loading: boolean
}

const LINK = 'break-words text-accent-text hover:underline'

export function PersonFacts({ person, today, loading }: Props) {
  const { unit, supervisor, approvers } = person
  const isUsual = approvers.length === 1 && approvers[0]?.id === supervisor?.id
  return (
    <Facts>
      <Fact name="Email">
        <a href={`mailto:${person.email}`} className={LINK}>
          {person.email}
        </a>
      </Fact>
      {person.job_title && <Fact name="Job title">{person.job_title}</Fact>}
      <Fact name="Unit">
        {unit ? (
          <Link to="/people" search={{ unit: unit.id }} className={LINK}>
            {unit.name}
          </Link>
        ) : (
          <span className="text-muted">None</span>
        )}
      </Fact>
      <Fact name="Role">{ROLE_LABELS[person.role]}</Fact>
      <Fact name="Reports to">
        {supervisor ? <Person of={supervisor} /> : <span className="text-muted">Nobody</span>}
      </Fact>
      {!loading && !isUsual && person.status !== 'archived' && (
        <Fact name="Decided by">
          {approvers.length === 0 ? (
            <span className="text-muted">Nobody can at present</span>
          ) : (
            <ul className="space-y-1.5">
              {approvers.map(one => (
                <li key={one.id}>
                  <Person of={one} />
                </li>
              ))}
            </ul>
          )}
        </Fact>
      )}
      {person.reports > 0 && (
        <Fact name="Reports">
          {person.reports} {person.reports === 1 ? 'person' : 'people'}
        </Fact>
      )}
      <Fact name="Joined">
        <Day day={person.created_at.slice(0, 10)} today={today} />
      </Fact>
    </Facts>
  )
}
