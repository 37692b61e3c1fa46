/** Goals: mine, my team's, the organisation's, and those that wait on me. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Lock, Plus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { ListHead } from '../../ui/list-page.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { GoalFilterBar } from './filter-bar.tsx'
import { filtersOf, type GoalFilters, type GoalSearch } from './filters.ts'
import { FreezeDialog } from './freeze-dialogs.tsx'
import { freezesQuery } from './freezes.ts'
import { FrozenQuarters } from './frozen.tsx'
import { GoalRow } from './goal-row.tsx'
import { GoalTree } from './goal-tree.tsx'
import { ListViews } from './list-views.tsx'
import { NoGoals } from './no-goals.tsx'
import { goalListQuery } from './queries.ts'

const route = getRouteApi('/app/goals')

export function GoalsPage() {
  const me = useMe()
  const filters = route.useSearch()
  const today = useToday()
  const [freezing, setFreezing] = useState(false)
  return (
    <>
      <ListHead
        title="Goals"
        actions={
          <>
            {me.permissions.includes('goals.organisation') && (
              <Button
                aria-label="Freeze a quarter"
                onClick={() => setFreezing(true)}
                className="max-sm:size-11 max-sm:px-0!"
              >
                <Lock aria-hidden="true" className="size-4" />
                <span className="max-sm:hidden">Freeze</span>
              </Button>
            )}
            {me.has_team && (
              <Link to="/goals/assign" className={buttonClass('secondary', 'max-sm:hidden')}>
                <UserPlus aria-hidden="true" className="size-4" />
                Assign
              </Link>
            )}
            <Link
              to="/goals/new"
              aria-label="New goal"
              className={buttonClass('primary', 'max-sm:size-11 max-sm:px-0!')}
            >
              <Plus aria-hidden="true" className="-ml-0.5 size-4 max-sm:ml-0 max-sm:size-5" />
              <span className="max-sm:hidden">New goal</span>
            </Link>
          </>
        }
        tabs={<ListViews current={filters.scope ?? 'mine'} />}
        filters={<GoalFilterBar filters={filters} today={today} />}
      />
      {filters.scope === 'organisation' && filters.view !== 'list' ? (
        <GoalTree search={filters} today={today} />
      ) : (
        <GoalList search={filters} today={today} />
      )}
      {freezing && <FreezeDialog onClose={() => setFreezing(false)} />}
    </>
  )
}

function GoalList({ search, today }: { search: GoalSearch; today: string }) {
  const filters = filtersOf(search)
  const query = useInfiniteQuery({
    ...goalListQuery(filters),
    // While a filter changes the list keeps its place; another list starts afresh.
    placeholderData: (before, query) =>
      (query?.queryKey[2] as GoalFilters | undefined)?.scope === filters.scope ? before : undefined,
  })
  // Asked for together with the goals, so that what stands above them does not push them down.
  useQuery(freezesQuery)
  return (
    <>
      {query.data && (
        <FrozenQuarters filters={filters} goals={query.data.pages.flatMap(page => page.items)} />
      )}
      <PagedList query={query} names={['goal', 'goals']} empty={<NoGoals filters={search} />}>
        {goal => <GoalRow key={goal.id} goal={goal} today={today} withOwner={Boolean(filters.scope)} />}
      </PagedList>
    </>
  )
}
