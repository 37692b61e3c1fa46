/** One goal on a page: what is known of it, what can be done to it, and what went wrong. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type GoalDeed, useGoalDeed } from './actions.ts'
import { goalDetailQuery, knownGoal } from './queries.ts'

export function useGoal(id: string) {
  const client = useQueryClient()
  const query = useQuery({ ...goalDetailQuery(id), placeholderData: () => knownGoal(client, id) })
  const deed = useGoalDeed(id)
  return {
    goal: query.data,
    /** Only what a list knew is there yet: no history, no description of the goal it is part of. */
    partial: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    busy: deed.isPending,
    failure: deed.error,
    /** Rejects when the server refuses; for forms that show that themselves. */
    act: (what: GoalDeed) => deed.mutateAsync(what),
    /** Shows what went wrong as `failure`. */
    attempt: (what: GoalDeed) => {
      if (!deed.isPending) deed.mutate(what)
    },
  }
}
