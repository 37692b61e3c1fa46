/** The people below me: what they have in hand, what is late, and who is away. */
import type { UserEntry } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { UserPlus, UsersRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty, Failed } from '../../ui/messages.tsx'
import { PageHeading, TopBar } from '../../ui/page.tsx'
import { SkeletonRows } from '../../ui/paged-list.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { counted } from '../../ui/words.ts'
import { loadOf, NO_LOAD, teamWorkQuery } from './load.ts'
import { teamQuery } from './queries.ts'
import { TeamRow } from './team-row.tsx'
import { isAway } from './words.ts'

export function TeamPage() {
  const team = useQuery(teamQuery)
  const work = useQuery(teamWorkQuery)
  const error = team.error ?? work.error
  return (
    <>
      <TopBar>
        <PageHeading title="Team" className="text-xl" />
        {team.data && team.data.length > 0 && (
          <Link
            to="/goals/assign"
            aria-label="Assign a goal"
            className={buttonClass('secondary', 'ml-auto max-sm:size-11 max-sm:px-0!')}
          >
            <UserPlus aria-hidden="true" className="size-4" />
            <span className="max-sm:hidden">Assign a goal</span>
          </Link>
        )}
      </TopBar>
      {team.data && work.data ? (
        <Team people={team.data} work={work.data} />
      ) : error ? (
        <Failed
          error={error}
          retry={() => {
            void team.refetch()
            void work.refetch()
          }}
        />
      ) : (
        <SkeletonRows label="Loading your team" />
      )}
    </>
  )
}

/** A full bar is at least so much: one goal more or less is no difference worth drawing. */
const FEW = 6

interface TeamProps {
  people: readonly UserEntry[]
  work: Parameters<typeof loadOf>[0]
}

function Team({ people, work }: TeamProps) {
  const me = useMe()
  const today = useToday()
  const list = useRowKeys<HTMLDivElement>()
  if (people.length === 0)
    return (
      <Empty icon={UsersRound} title="Nobody reports to you">
        When somebody does, you see here what they work on, what is late, and who is away.
      </Empty>
    )

  const loads = loadOf(work, today)
  const most = Math.max(FEW, ...[...loads.values()].map(load => load.goals + load.initiatives))
  const late = people.reduce((sum, person) => sum + (loads.get(person.id) ?? NO_LOAD).overdue, 0)
  const away = people.filter(isAway).length
  // One's own reports come first; then each team below, after whom it reports to.
  const teams = [...Map.groupBy(people, person => person.supervisor?.id ?? me.id)].toSorted(
    ([a], [b]) => Number(b === me.id) - Number(a === me.id),
  )
  return (
    <>
      <dl className="flex flex-wrap gap-x-10 gap-y-3 border-b border-line px-4 py-4 sm:px-6">
        <Figure name="People" value={people.length} />
        <Figure name="Away today" value={away} />
        <Figure name="Overdue" value={late} isLate={late > 0} />
      </dl>
      <div ref={list}>
        {teams.map(([id, members]) => (
          <Members key={id} head={id === me.id ? null : (members[0]?.supervisor ?? null)} members={members}>
            {person => (
              <TeamRow
                key={person.id}
                person={person}
                load={loads.get(person.id) ?? NO_LOAD}
                most={most}
                today={today}
              />
            )}
          </Members>
        ))}
      </div>
    </>
  )
}

const Figure = ({ name, value, isLate = false }: { name: string; value: number; isLate?: boolean }) => (
  <div>
    <dt className="text-sm text-muted">{name}</dt>
    <dd
      className={
        isLate ? 'text-xl font-semibold text-overdue-text tabular-nums' : 'text-xl font-semibold tabular-nums'
      }
    >
      {value}
    </dd>
  </div>
)

interface MembersProps {
  /** Whose reports they are; null: the signed-in person's. */
  head: { id: string; name: string } | null
  members: readonly UserEntry[]
  children: (person: UserEntry) => ReactNode
}

function Members({ head, members, children }: MembersProps) {
  const id = `team-${head?.id ?? 'own'}`
  return (
    <section aria-labelledby={id}>
      <h2
        id={id}
        className="flex items-baseline gap-2 border-b border-line bg-sunken px-4 py-2 text-sm font-medium text-muted sm:px-6"
      >
        {head ? `Reports to ${head.name}` : 'Reports to you'}
        <span className="font-normal tabular-nums">
          <span aria-hidden="true">{members.length}</span>
          <span className="sr-only">{counted(members.length, 'person', 'people')}</span>
        </span>
      </h2>
      <ul className="divide-y divide-line border-b border-line">{members.map(children)}</ul>
    </section>
  )
}
