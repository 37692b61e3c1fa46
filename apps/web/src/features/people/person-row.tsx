/** A person as a line of the directory. The whole line opens their page. */
import type { UserEntry } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Dot, RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { awayWords, isAway, ROLE_LABELS, STATUS_LABELS, STATUS_TONES } from './words.ts'

export function PersonRow({ person, today }: { person: UserEntry; today: string }) {
  const me = useMe()
  const away = awayWords(person, today)
  return (
    <li className={rowClass}>
      <Avatar name={person.name} size="lg" />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <Link to="/people/$personId" params={{ personId: person.id }} data-row className={rowLinkClass}>
          {person.name}
          {person.id === me.id && <span className="font-normal text-muted"> (you)</span>}
        </Link>
        <RowLine>
          <span className="truncate">{person.job_title || ROLE_LABELS[person.role]}</span>
          {person.unit && (
            <>
              <span className="max-sm:hidden lg:hidden">
                <Dot />
              </span>
              <span className="truncate max-sm:hidden lg:hidden">{person.unit.name}</span>
            </>
          )}
          {away && (
            <span className="shrink-0 text-(--awaiting-text) max-sm:hidden">
              <Dot /> {away}
            </span>
          )}
        </RowLine>
      </div>
      <span className="hidden w-44 shrink-0 truncate text-sm text-muted lg:block">{person.unit?.name}</span>
      <span className="hidden w-52 shrink-0 truncate text-sm text-muted xl:block">
        {person.supervisor && `Reports to ${person.supervisor.name}`}
      </span>
      <span className="flex shrink-0 justify-end gap-1.5 md:w-28">
        {person.role !== 'staff' && person.status === 'active' && !isAway(person) && (
          <span className="text-sm text-muted">{ROLE_LABELS[person.role]}</span>
        )}
        {person.status !== 'active' && (
          // Where there is room, the line says on leave, and for how long.
          <Pill
            tone={STATUS_TONES[person.status]}
            className={person.status === 'on_leave' ? 'sm:hidden' : ''}
          >
            {STATUS_LABELS[person.status]}
          </Pill>
        )}
      </span>
    </li>
  )
}
