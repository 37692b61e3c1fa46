/** One initiative on a page: what is known of it, what can be done to it, and what went wrong. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { onPage } from '../../api/deed.ts'
import { useInitiativeDeed } from './actions.ts'
import { initiativeDetailQuery, knownInitiative } from './queries.ts'

export function useInitiative(id: string) {
  const client = useQueryClient()
  const query = useQuery({ ...initiativeDetailQuery(id), placeholderData: () => knownInitiative(client, id) })
  return onPage(query, useInitiativeDeed(id))
}
