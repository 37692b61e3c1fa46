/** The tree of the organisation's goals as it is fetched: the top, and each level that is open, page after page. */
import type { GoalBranchPage } from '@pms/contract'
import { keepPreviousData, type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GoalFilters } from './filters.ts'
import { levelQuery } from './queries.ts'
import type { Level } from './tree.ts'

export function useGoalTree(filters: GoalFilters, open: readonly string[]) {
  /** How many pages are wanted of levels that are long; of the others one is. */
  const [wanted, setWanted] = useState<ReadonlyMap<string | null, number>>(new Map())
  // While a filter changes the top keeps its place.
  const top = useQuery({ ...levelQuery(filters, null, 0), placeholderData: keepPreviousData })
  const pages = [null, ...open].flatMap(levelOf =>
    Array.from({ length: wanted.get(levelOf) ?? 1 }, (_, page) => ({ levelOf, page })),
  )
  // The first page of the top is the one above.
  const others = pages.slice(1)
  const answers = useQueries({
    queries: others.map(({ levelOf, page }) => levelQuery(filters, levelOf, page)),
  })
  const found = [top, ...answers]

  const levels = new Map<string | null, Level>()
  for (const levelOf of [null, ...open])
    levels.set(levelOf, levelFrom(found.filter((_, index) => pages[index]?.levelOf === levelOf)))

  return {
    top,
    levels,
    more: (levelOf: string | null) =>
      setWanted(before => new Map(before).set(levelOf, (before.get(levelOf) ?? 1) + 1)),
    again(levelOf: string | null) {
      for (const [index, { isError, refetch }] of found.entries())
        if (isError && pages[index]?.levelOf === levelOf) void refetch()
    },
  }
}

/** Pages may have been read at different times: what has moved from one to the next is there once. */
function levelFrom(pages: readonly UseQueryResult<GoalBranchPage>[]): Level {
  const goals = new Map(pages.flatMap(({ data }) => data?.items ?? []).map(goal => [goal.id, goal]))
  const missing = pages.find(({ data }) => data === undefined)
  return {
    goals: [...goals.values()],
    total: pages[0]?.data?.total,
    waits: missing === undefined ? null : missing.isError ? 'failed' : 'loading',
  }
}
