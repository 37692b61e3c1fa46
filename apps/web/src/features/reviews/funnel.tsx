/** How far the reviews of each department are, as it happens. */
import type { ReviewCycleDetail, ReviewFunnel, ReviewStatus } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { cx } from '../../ui/cx.ts'
import { Failed } from '../../ui/messages.tsx'
import { SkeletonRows } from '../../ui/paged-list.tsx'
import type { Tone } from '../../ui/pill.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { funnelQuery } from './queries.ts'

type Counts = Omit<ReviewFunnel['departments'][number], 'unit'>

/** From done to not begun, as they stand in a bar. */
const PARTS: readonly { status: ReviewStatus; label: string; tone: Tone }[] = [
  { status: 'completed', label: 'Done', tone: 'done' },
  { status: 'in_progress', label: 'Started', tone: 'active' },
  { status: 'pending', label: 'Awaiting', tone: 'awaiting' },
  { status: 'overdue', label: 'Overdue', tone: 'overdue' },
  { status: 'closed', label: 'Closed', tone: 'neutral' },
]

export function Funnel({ cycle }: { cycle: ReviewCycleDetail }) {
  const { data, error, refetch } = useQuery(funnelQuery(cycle.id))
  if (!data)
    return error ? (
      <Failed error={error} retry={() => void refetch()} />
    ) : (
      <SkeletonRows label="Loading progress" />
    )
  const all = data.departments.reduce(add, NONE)
  const parts = PARTS.filter(({ status }) => all[status] > 0 || status === 'completed')
  return (
    <div className="px-4 py-6 sm:px-6">
      <GivingOut cycle={cycle} />
      <p className="flex items-baseline gap-2">
        <span className="text-2xl font-semibold tabular-nums">{percent(all.completed, all.total)}%</span>
        <span className="text-sm text-muted tabular-nums">
          {all.completed} of {all.total} reviews submitted
        </span>
      </p>
      <div className="mt-3">
        <Bar counts={all} tall />
      </div>
      <div className="mt-8 overflow-x-auto">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">Reviews by department and state</caption>
          <thead>
            <tr className="border-b border-line text-muted">
              <th scope="col" className="py-2 pr-4 text-left font-normal">
                Department
              </th>
              <td aria-hidden="true" className="w-[34%] max-sm:hidden" />
              {parts.map(({ status, label, tone }) => (
                <th key={status} scope="col" className="py-2 pl-3 text-right font-normal max-sm:text-xs">
                  <span className="inline-flex items-center gap-1.5">
                    <span
                      aria-hidden="true"
                      className={cx(
                        'size-2 rounded-full',
                        status === 'pending' && 'border border-line-strong',
                      )}
                      style={{ background: colourOf(status, tone) }}
                    />
                    {label}
                  </span>
                </th>
              ))}
              <th scope="col" className="py-2 pl-3 text-right font-normal max-sm:hidden">
                All
              </th>
            </tr>
          </thead>
          <tbody>
            {data.departments.map(department => (
              <tr key={department.unit?.id ?? 'none'} className="border-b border-line last:border-0">
                <th scope="row" className="py-2.5 pr-4 text-left font-medium">
                  {department.unit?.name ?? 'Without a unit'}
                </th>
                <td aria-hidden="true" className="max-sm:hidden">
                  <Bar counts={department} />
                </td>
                {parts.map(({ status }) => (
                  <td key={status} className="py-2.5 pl-3 text-right tabular-nums">
                    {department[status] > 0 ? department[status] : <span className="text-subtle">0</span>}
                  </td>
                ))}
                <td className="py-2.5 pl-3 text-right text-muted tabular-nums max-sm:hidden">
                  {department.total}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** Of a large cycle reviews are given out over a while. */
function GivingOut({ cycle: { audience, status } }: { cycle: ReviewCycleDetail }) {
  if (status !== 'active' || !audience || audience.assigned >= audience.count) return null
  return (
    <div role="status" className="mb-8 max-w-md space-y-2">
      <p className="text-sm tabular-nums">
        Reviews are being given out: for {audience.assigned} of {audience.count} people so far
      </p>
      <ProgressBar percent={percent(audience.assigned, audience.count)} label="Reviews given out" />
    </div>
  )
}

function Bar({ counts, tall = false }: { counts: Counts; tall?: boolean }) {
  return (
    <div
      aria-hidden="true"
      className={`flex w-full gap-px overflow-hidden rounded-full bg-pressed ${tall ? 'h-2.5' : 'h-1.5'}`}
    >
      {PARTS.map(
        ({ status, tone }) =>
          counts[status] > 0 && (
            <div
              key={status}
              className="transition-[flex-grow] duration-(--calm)"
              style={{
                flexGrow: counts[status],
                background: colourOf(status, tone),
              }}
            />
          ),
      )}
    </div>
  )
}

/** What is not begun is the ground that the rest fills. */
const colourOf = (status: ReviewStatus, tone: Tone) =>
  status === 'pending' ? 'var(--surface-pressed)' : `var(--${tone}-mark)`

const NONE: Counts = { pending: 0, in_progress: 0, overdue: 0, completed: 0, closed: 0, total: 0 }

const add = (one: Counts, other: Counts): Counts => ({
  pending: one.pending + other.pending,
  in_progress: one.in_progress + other.in_progress,
  overdue: one.overdue + other.overdue,
  completed: one.completed + other.completed,
  closed: one.closed + other.closed,
  total: one.total + other.total,
})

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.floor((part / whole) * 100))
