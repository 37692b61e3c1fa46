/** Initiatives by the day on which they are due: a month at a time, and on a phone its days one under the other. */
import type { Initiative } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, buttonClass } from '../../ui/button.tsx'
import { addMonths, monthName, weeksOf } from '../../ui/dates.ts'
import { Failed } from '../../ui/messages.tsx'
import { Agenda } from './agenda.tsx'
import type { InitiativeFilters } from './filters.ts'
import { MonthGrid } from './month-grid.tsx'
import { dueQuery } from './queries.ts'

interface Props {
  filters: InitiativeFilters
  today: string
}

export function Calendar({ filters, today }: Props) {
  const month = filters.month ?? today.slice(0, 7)
  const weeks = weeksOf(month)
  const query = useInfiniteQuery({
    ...dueQuery(filters, weeks[0]?.[0] ?? '', weeks.at(-1)?.[6] ?? ''),
    // The frame of the month stays while what is in it comes.
    placeholderData: before => before,
  })
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query
  const found = data?.pages.flatMap(page => page.items) ?? []
  const total = data?.pages.at(-1)?.total ?? 0
  const byDay = Map.groupBy<string, Initiative>(found, initiative => initiative.due_date)
  const inMonth = found.filter(({ due_date }) => due_date.startsWith(month)).length
  return (
    <section aria-label="Calendar" className="pb-8">
      <MonthBar filters={filters} month={month} today={today}>
        {data && <span className="text-sm text-muted tabular-nums max-sm:hidden">{inMonth} due</span>}
      </MonthBar>
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <div aria-busy={!data || query.isPlaceholderData}>
          <MonthGrid month={month} weeks={weeks} byDay={byDay} today={today} />
          <Agenda month={month} byDay={byDay} today={today} loading={!data} />
        </div>
      )}
      {hasNextPage && (
        <div className="flex items-center justify-center gap-3 px-4 py-5 text-sm text-muted">
          <span role="status" className="tabular-nums">
            {found.length} of {total}
          </span>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </section>
  )
}

interface BarProps {
  filters: InitiativeFilters
  month: string
  today: string
  children: ReactNode
}

function MonthBar({ filters, month, today, children }: BarProps) {
  const thisMonth = today.slice(0, 7)
  const { month: _, ...rest } = filters
  const to = (next: string) => ({
    to: '/initiatives' as const,
    search: next === thisMonth ? rest : { ...rest, month: next },
    replace: true,
    activeOptions: { exact: true },
  })
  const arrow =
    'flex size-8 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink touch:size-11'
  return (
    <div className="flex h-14 items-center gap-3 px-4 sm:px-6">
      <h2 className="min-w-32 text-base font-semibold" aria-live="polite">
        {monthName(month)}
      </h2>
      <nav aria-label="Month" className="flex items-center gap-1">
        <Link {...to(addMonths(month, -1))} aria-label={monthName(addMonths(month, -1))} className={arrow}>
          <ChevronLeft aria-hidden="true" className="size-4" />
        </Link>
        <Link {...to(addMonths(month, 1))} aria-label={monthName(addMonths(month, 1))} className={arrow}>
          <ChevronRight aria-hidden="true" className="size-4" />
        </Link>
        {month !== thisMonth && (
          <Link {...to(thisMonth)} className={buttonClass('secondary', 'ml-1 h-7')}>
            Today
          </Link>
        )}
      </nav>
      <span className="ml-auto">{children}</span>
    </div>
  )
}
