/** A month as weeks of days, Monday first, with what is due on each. */
import type { Initiative } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { cx } from '../../ui/cx.ts'
import { longDay } from '../../ui/dates.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { stateOf } from './words.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** As many of a day as are in sight before one asks for the others. */
const IN_SIGHT = 3

interface Props {
  month: string
  weeks: readonly (readonly string[])[]
  byDay: ReadonlyMap<string, readonly Initiative[]>
  today: string
}

export function MonthGrid({ month, weeks, byDay, today }: Props) {
  return (
    <table className="w-full table-fixed border-collapse border-y border-line max-sm:hidden">
      <caption className="sr-only">Due dates of the month</caption>
      <thead>
        <tr>
          {WEEKDAYS.map(day => (
            <th
              key={day}
              scope="col"
              abbr={day}
              className="border-line border-l px-2 py-1.5 text-left text-xs font-normal text-muted first:border-l-0"
            >
              {day.slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map(week => (
          <tr key={week[0]}>
            {week.map(day => (
              <td
                key={day}
                className={cx(
                  'h-28 border-line border-t border-l p-1.5 align-top first:border-l-0',
                  !day.startsWith(month) && 'bg-sunken',
                )}
              >
                <DayCell
                  day={day}
                  due={byDay.get(day) ?? []}
                  isToday={day === today}
                  isOther={!day.startsWith(month)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps {
  day: string
  due: readonly Initiative[]
  isToday: boolean
  isOther: boolean
}

function DayCell({ day, due, isToday, isOther }: CellProps) {
  const [open, setOpen] = useState(false)
  // One more than there is room for is shown in the room that saying so would take.
  const shown = open || due.length <= IN_SIGHT + 1 ? due : due.slice(0, IN_SIGHT)
  return (
    <>
      <time
        dateTime={day}
        className={cx(
          'mb-1 flex h-6 w-fit min-w-6 items-center justify-center rounded-full px-1 text-xs tabular-nums',
          isToday ? 'bg-accent font-medium text-on-accent' : isOther ? 'text-subtle' : 'text-muted',
        )}
      >
        <span aria-hidden="true">{Number(day.slice(8))}</span>
        <span className="sr-only">
          {longDay(day)}
          {isToday && ', today'}
        </span>
      </time>
      <ul className="space-y-0.5">
        {shown.map(initiative => (
          <li key={initiative.id}>
            <Chip initiative={initiative} />
          </li>
        ))}
      </ul>
      {shown.length < due.length && (
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="mt-0.5 h-6 rounded-sm px-1.5 text-xs text-muted transition-colors hover:bg-pressed hover:text-ink"
        >
          {due.length - shown.length} more
        </button>
      )}
    </>
  )
}

function Chip({ initiative }: { initiative: Initiative }) {
  const { tone, word, progress } = stateOf(initiative)
  return (
    <Link
      to="/initiatives/$initiativeId"
      params={{ initiativeId: initiative.id }}
      title={`${initiative.title} · ${initiative.head.name} · ${word}`}
      className="flex h-6 min-w-0 items-center gap-1.5 rounded-sm px-1.5 text-xs transition-colors hover:bg-pressed"
    >
      <span className="scale-85">
        <StateMark tone={tone} progress={progress} />
      </span>
      <span className={cx('truncate', tone === 'done' && 'text-muted')}>{initiative.title}</span>
      <span className="sr-only">, {word}</span>
    </Link>
  )
}
