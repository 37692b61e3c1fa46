/** One goal on a page: what is known of it, what can be done to it, and what went wrong. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { onPage } from '../../api/deed.ts'
import { useGoalDeed } from './actions.ts'
import { goalDetailQuery, knownGoal } from './queries.ts'

export function useGoal(id: string) {
  const client = useQueryClient()
  const query = useQuery({ ...goalDetailQuery(id), placeholderData: () => knownGoal(client, id) })
  const { thing: goal, ...rest } = onPage(query, useGoalDeed(id))
  return { goal, ...rest }
}
