/** One of a team as a line: what they have in hand, and whether they are there. */
import type { UserEntry } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { Pill } from '../../ui/pill.tsx'
import { RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { counted, listed } from '../../ui/words.ts'
import type { Load } from './load.ts'
import { awayWords, STATUS_LABELS, STATUS_TONES } from './words.ts'

interface Props {
  person: UserEntry
  load: Load
  /** The most that anybody of the team has, for comparing. */
  most: number
  today: string
}

export function TeamRow({ person, load, most, today }: Props) {
  const away = awayWords(person, today)
  const words = wordsOf(load)
  return (
    <li className={rowClass}>
      <Avatar name={person.name} size="lg" className={cx(away && 'opacity-50')} />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <Link to="/people/$personId" params={{ personId: person.id }} data-row className={rowLinkClass}>
          {person.name}
        </Link>
        <RowLine wraps>
          {away ? (
            <span className="truncate text-(--awaiting-text)">{away}</span>
          ) : (
            <span className="truncate max-sm:hidden">{person.job_title}</span>
          )}
          <span className="tabular-nums sm:hidden">{words}</span>
        </RowLine>
      </div>
      {person.status === 'suspended' && <Pill tone={STATUS_TONES.suspended}>{STATUS_LABELS.suspended}</Pill>}
      <div className="hidden w-64 shrink-0 sm:block">
        <p className="text-sm text-muted tabular-nums">{words}</p>
        {load.goals + load.initiatives > 0 && (
          <div aria-hidden="true" className="mt-1.5 flex h-1 gap-px">
            <Bar share={load.goals / most} className="bg-active-mark" />
            <Bar share={load.initiatives / most} className="bg-active-mark opacity-50" />
          </div>
        )}
      </div>
      <span className="flex shrink-0 justify-end empty:hidden sm:w-24 sm:empty:flex">
        {load.overdue > 0 && <Pill tone="overdue">{`${load.overdue} overdue`}</Pill>}
      </span>
    </li>
  )
}

const Bar = ({ share, className }: { share: number; className: string }) =>
  share > 0 && <div className={cx('h-full rounded-full', className)} style={{ width: `${share * 100}%` }} />

function wordsOf({ goals, initiatives }: Load): string {
  const parts = [
    ...(goals > 0 ? [counted(goals, 'goal')] : []),
    ...(initiatives > 0 ? [counted(initiatives, 'initiative')] : []),
  ]
  return parts.length > 0 ? listed(parts) : 'Nothing in hand'
}
