/** One person on a page: what is known of them, what can be done to their account, and what went wrong. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { onPage } from '../../api/deed.ts'
import { usePersonDeed } from './actions.ts'
import { knownPerson, personQuery } from './queries.ts'

export function usePerson(id: string) {
  const client = useQueryClient()
  const query = useQuery({ ...personQuery(id), placeholderData: () => knownPerson(client, id) })
  const { thing: person, ...rest } = onPage(query, usePersonDeed(id))
  return { person, ...rest }
}
