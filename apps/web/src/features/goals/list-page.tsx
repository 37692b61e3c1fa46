/** Goals: mine, my team's, the organisation's, and those that wait on me. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Inbox, Plus, SearchX, Target, UserPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Empty, Failed } from '../../ui/messages.tsx'
import { PageHeading, TopBar } from '../../ui/page.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type GoalFilters, isFiltered } from './filters.ts'
import { GoalRow } from './goal-row.tsx'
import { ListViews } from './list-views.tsx'
import { goalListQuery } from './queries.ts'

const route = getRouteApi('/app/goals')

export function GoalsPage() {
  const me = useMe()
  const filters = route.useSearch()
  const today = useToday()
  return (
    <>
      <TopBar>
        <PageHeading title="Goals" className="text-xl" />
        <div className="ml-auto flex items-center gap-2 max-sm:hidden">
          {me.has_team && (
            <Link to="/goals/assign" className={buttonClass('secondary')}>
              <UserPlus aria-hidden="true" className="size-4" />
              Assign
            </Link>
          )}
          <Link to="/goals/new" className={buttonClass('primary')}>
            <Plus aria-hidden="true" className="-ml-0.5 size-4" />
            New goal
          </Link>
        </div>
      </TopBar>
      <div className="border-b border-line px-4 sm:px-6 lg:flex lg:items-center lg:justify-between lg:gap-6">
        <ListViews current={filters.scope ?? 'mine'} />
        <FilterBar filters={filters} today={today} />
      </div>
      <GoalList filters={filters} today={today} />
    </>
  )
}

function GoalList({ filters, today }: { filters: GoalFilters; today: string }) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } =
    useInfiniteQuery({
      ...goalListQuery(filters),
      // While a filter changes the list keeps its place; another list starts afresh.
      placeholderData: (before, query) =>
        (query?.queryKey[2] as GoalFilters | undefined)?.scope === filters.scope ? before : undefined,
    })
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <SkeletonRows />

  const goals = data.pages.flatMap(page => page.items)
  const total = data.pages.at(-1)?.total ?? 0
  if (goals.length === 0) return <NoGoals filters={filters} />
  return (
    <>
      <ul className={cx('divide-y divide-line transition-opacity', isPlaceholderData && 'opacity-60')}>
        {goals.map(goal => (
          <GoalRow key={goal.id} goal={goal} today={today} withOwner={Boolean(filters.scope)} />
        ))}
      </ul>
      <div className="flex items-center justify-center gap-3 border-t border-line px-4 py-6 text-sm text-muted">
        <span role="status" className="tabular-nums">
          {hasNextPage ? `${goals.length} of ${total}` : total === 1 ? '1 goal' : `${total} goals`}
        </span>
        {hasNextPage && (
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        )}
      </div>
    </>
  )
}

const WIDTHS = ['w-64', 'w-80', 'w-52', 'w-72', 'w-60', 'w-84', 'w-56']

function SkeletonRows() {
  return (
    <div role="status" className="late divide-y divide-line">
      <span className="sr-only">Loading goals</span>
      {WIDTHS.map(width => (
        <div key={width} className="flex h-[63px] items-center gap-3 px-4 sm:px-6">
          <div className="skeleton size-4 rounded-full" />
          <div className="flex-1 space-y-2.5">
            <div className={`skeleton h-3 max-w-full ${width}`} />
            <div className="skeleton h-2.5 w-32" />
          </div>
          <div className="skeleton h-4 w-16 rounded-full" />
        </div>
      ))}
    </div>
  )
}

const newGoal = (
  <Link to="/goals/new" className={buttonClass('primary')}>
    New goal
  </Link>
)

/** Says what will come here, and offers the one useful thing to do. */
function NoGoals({ filters }: { filters: GoalFilters }): ReactNode {
  const me = useMe()
  if (isFiltered(filters))
    return (
      <Empty
        icon={SearchX}
        title="No goal matches"
        action={
          <Link
            to="/goals"
            search={filters.scope ? { scope: filters.scope } : {}}
            className={buttonClass('secondary')}
          >
            Clear filters
          </Link>
        }
      />
    )
  switch (filters.scope) {
    case 'team':
      return (
        <Empty
          icon={Target}
          title="Your team has no goals yet"
          action={
            me.has_team && (
              <Link to="/goals/assign" className={buttonClass('primary')}>
                Assign a goal
              </Link>
            )
          }
        >
          What the people below you set out to reach will be listed here.
        </Empty>
      )
    case 'organisation':
      return (
        <Empty
          icon={Target}
          title="No goals of the organisation yet"
          action={me.permissions.includes('goals.organisation') && newGoal}
        >
          Yearly and quarterly goals that yours can be part of will be listed here.
        </Empty>
      )
    case 'waiting':
      return (
        <Empty icon={Inbox} title="Nothing waits on you">
          Goals to approve or accept arrive here the moment they are sent.
        </Empty>
      )
    default:
      return (
        <Empty icon={Target} title="No goals yet" action={newGoal}>
          Goals that you set yourself or that are assigned to you will be listed here.
        </Empty>
      )
  }
}
