/** The last hour or day, drawn, and the same numbers as a table for those who read them. */
import type { SystemPoint, SystemReport } from '@pms/contract'
import { Segments } from '../../ui/segments.tsx'
import { LineChart } from './line-chart.tsx'
import { amount } from './words.ts'

const LINES = [
  { part: 'connections', title: 'Connections' },
  { part: 'deliveries_per_second', title: 'Deliveries a second' },
  { part: 'version_lag', title: 'Version lag' },
  { part: 'queue', title: 'People an announcement has not reached' },
] as const satisfies readonly { part: Exclude<keyof SystemPoint, 'at'>; title: string }[]

const RANGES = [
  { range: 'hour', label: 'Last hour', search: {} },
  { range: 'day', label: 'Last day', search: { range: 'day' } },
] as const

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clock = (at: string) => CLOCK.format(Date.parse(at))

export function Charts({ series: { range, points } }: Pick<SystemReport, 'series'>) {
  const isBlank = points.every(({ deliveries_per_second }) => deliveries_per_second === null)
  return (
    <section aria-labelledby="over-time" className="mt-10">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="over-time" className="text-lg font-semibold tracking-[-0.01em]">
          Over time
        </h2>
        <Segments
          label="How far back"
          items={RANGES.map(({ range: name, ...link }) => ({
            to: '/system',
            current: name === range,
            ...link,
          }))}
        />
      </div>
      {isBlank && (
        <p className="mt-2 text-sm text-muted">
          Little is written down yet. The lines grow from here: servers write every few seconds.
        </p>
      )}
      <div className="mt-5 grid gap-x-10 gap-y-8 lg:grid-cols-2">
        {LINES.map(({ part, title }) => (
          <LineChart
            key={part}
            title={title}
            clock={clock}
            dots={points.map(point => ({ at: point.at, value: point[part] }))}
          />
        ))}
      </div>
      <details className="mt-5 text-sm">
        <summary className="w-fit rounded-sm text-muted hover:text-ink touch:flex touch:min-h-11 touch:items-center">
          The same as a table
        </summary>
        <PointTable points={points} />
      </details>
    </section>
  )
}

function PointTable({ points }: { points: readonly SystemPoint[] }) {
  const known = points.filter(point => LINES.some(({ part }) => point[part] !== null)).toReversed()
  return (
    <table className="mt-3 w-full border-collapse tabular-nums">
      <caption className="sr-only">Numbers over time, newest first</caption>
      <thead>
        <tr className="border-b border-line text-muted max-sm:text-xs">
          <th scope="col" className="py-2 pr-3 text-left font-normal">
            Time
          </th>
          {LINES.map(({ part, title }) => (
            <th key={part} scope="col" className="py-2 pl-3 text-right align-bottom font-normal">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {known.map(point => (
          <tr key={point.at} className="border-b border-line last:border-0">
            <th scope="row" className="py-1.5 pr-3 text-left font-normal">
              {clock(point.at)}
            </th>
            {LINES.map(({ part }) => {
              const value = point[part]
              return (
                <td key={part} className="py-1.5 pl-3 text-right">
                  {value === null ? <span className="text-subtle">not known</span> : amount(value)}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
