/** Initiatives: mine, my team's, those that wait on me, all; as a list, a board, or a calendar. */

import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { fetched } from '../../api/chunk.ts'
import { useToday } from '../../api/info.ts'
import { PagedList } from '../../ui/paged-list.tsx'
import type { InitiativeFilters } from './filters.ts'
import { InitiativeRow } from './initiative-row.tsx'
import { InitiativesHead } from './list-head.tsx'
import { NoInitiatives } from './no-initiatives.tsx'
import { initiativeListQuery } from './queries.ts'

const Board = lazy(async () => ({ default: (await fetched(() => import('./board.tsx'))).Board }))
const Calendar = lazy(async () => ({ default: (await fetched(() => import('./calendar.tsx'))).Calendar }))

const route = getRouteApi('/app/initiatives')

export function InitiativesPage() {
  const filters = route.useSearch()
  const today = useToday()
  return (
    <>
      <InitiativesHead filters={filters} />
      <Suspense>
        {filters.view === 'board' ? (
          <Board filters={filters} today={today} />
        ) : filters.view === 'calendar' ? (
          <Calendar filters={filters} today={today} />
        ) : (
          <InitiativeList filters={filters} today={today} />
        )}
      </Suspense>
    </>
  )
}

function InitiativeList({ filters, today }: { filters: InitiativeFilters; today: string }) {
  const query = useInfiniteQuery({
    ...initiativeListQuery(filters),
    // While a filter changes the list keeps its place; another list starts afresh.
    placeholderData: (before, query) =>
      (query?.queryKey[2] as InitiativeFilters | undefined)?.scope === filters.scope ? before : undefined,
  })
  return (
    <PagedList
      query={query}
      names={['initiative', 'initiatives']}
      empty={<NoInitiatives filters={filters} />}
    >
      {initiative => <InitiativeRow key={initiative.id} initiative={initiative} today={today} />}
    </PagedList>
  )
}
