/** A month on a phone: the days on which something is due, one under the other. */
import type { Initiative } from '@pms/contract'
import { longDay } from '../../ui/dates.ts'
import { SkeletonRows } from '../../ui/paged-list.tsx'
import { InitiativeRow } from './initiative-row.tsx'

interface Props {
  month: string
  byDay: ReadonlyMap<string, readonly Initiative[]>
  today: string
  loading: boolean
}

export function Agenda({ month, byDay, today, loading }: Props) {
  const days = [...byDay.keys()].filter(day => day.startsWith(month)).sort()
  if (loading)
    return (
      <div className="sm:hidden">
        <SkeletonRows label="Loading initiatives" />
      </div>
    )
  if (days.length === 0)
    return <p className="border-t border-line py-16 text-center text-muted sm:hidden">Nothing is due.</p>
  return (
    <div className="sm:hidden">
      {days.map(day => (
        <section key={day} aria-label={longDay(day)}>
          <h3 className="border-y border-line bg-sunken px-4 py-1.5 text-xs font-medium text-muted">
            {longDay(day)}
            {day === today && ' · today'}
          </h3>
          <ul className="divide-y divide-line">
            {byDay.get(day)?.map(initiative => (
              <InitiativeRow key={initiative.id} initiative={initiative} today={today} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
