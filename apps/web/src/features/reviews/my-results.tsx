/** The results that the signed-in person has had, and those that are still to come. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BarChart3 } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Dot, RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { cycleListQuery } from './queries.ts'
import { periodOf } from './words.ts'

/** Nothing where there are none to come. */
export function MyResults() {
  const me = useMe()
  const today = useToday()
  const { data } = useInfiniteQuery(cycleListQuery)
  const cycles = (data?.pages ?? [])
    .flatMap(page => page.items)
    .filter(cycle => cycle.is_participant && (cycle.status === 'completed' || cycle.status === 'active'))
  if (cycles.length === 0) return null
  return (
    <section aria-labelledby="my-results" className="border-b border-line">
      <h2 id="my-results" className="px-4 pt-4 pb-1 text-sm font-medium text-muted sm:px-6">
        Results
      </h2>
      <ul className="divide-y divide-line">
        {cycles.map(cycle => (
          <li key={cycle.id} className={rowClass}>
            <BarChart3 aria-hidden="true" className="size-4 shrink-0 text-subtle" />
            <div className="min-w-0 flex-1 sm:-ml-2">
              <Link
                to="/reviews/cycles/$cycleId/results/$userId"
                params={{ cycleId: cycle.id, userId: me.id }}
                className={rowLinkClass}
              >
                {cycle.name}
              </Link>
              <RowLine>
                <span className="truncate tabular-nums">{periodOf(cycle, today)}</span>
                <Dot />
                <span className="shrink-0">
                  {cycle.status === 'completed' ? 'ready to read' : 'not open yet'}
                </span>
              </RowLine>
            </div>
          </li>
        ))}
      </ul>
      <h2 className="border-t border-line px-4 pt-4 pb-1 text-sm font-medium text-muted sm:px-6">Reviews</h2>
    </section>
  )
}
