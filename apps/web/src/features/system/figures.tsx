/** How it is at this moment, in numbers. */
import type { SystemReport } from '@pms/contract'
import { counted, fileSize } from '../../ui/words.ts'
import { amount, milliseconds } from './words.ts'

export function Figures({ report: { totals, queue, database, series } }: { report: SystemReport }) {
  const rate = series.points.findLast(point => point.deliveries_per_second !== null)?.deliveries_per_second
  return (
    <dl className="mt-6 grid grid-cols-2 gap-x-10 gap-y-5 sm:grid-cols-3 lg:grid-cols-6">
      <Figure
        name="Connections"
        value={amount(totals.connections)}
        more={counted(totals.users, 'person', 'people')}
      />
      <Figure
        name="Deliveries a second"
        value={rate == null ? '–' : amount(rate)}
        more={`${amount(totals.deliveries)} since the start`}
      />
      <Figure
        name="Time to deliver"
        value={totals.delivery_ms === null ? '–' : milliseconds(totals.delivery_ms)}
        more="on average"
      />
      <Figure
        name="Version lag"
        value={amount(totals.version_lag)}
        more={`${counted(totals.gaps_healed, 'gap')} healed`}
      />
      <Figure
        name="Queue"
        value={amount(queue.recipients)}
        more={
          queue.announcements > 0 ? `people, ${counted(queue.announcements, 'announcement')}` : 'nobody waits'
        }
      />
      <Figure name="Database" value={fileSize(database.size_bytes)} more={engineText(database)} />
    </dl>
  )
}

const engineText = ({ engine, pool }: SystemReport['database']) =>
  pool ? `${engine}, ${pool.busy} of ${pool.most} busy` : engine

const Figure = ({ name, value, more }: { name: string; value: string; more: string }) => (
  <div className="min-w-0">
    <dt className="text-sm text-muted">{name}</dt>
    <dd>
      <span className="block text-xl font-semibold tabular-nums">{value}</span>
      <span className="block text-xs text-muted tabular-nums">{more}</span>
    </dd>
  </div>
)
