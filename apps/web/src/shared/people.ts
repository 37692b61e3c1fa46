/** Finding people by part of their name; where all that is held of one is found. */
import type { PersonRef, UserPage } from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api/client.ts'

/** The address of a file with all that is held of a person. */
export const dataPath = (id: string) => `/api/users/${encodeURIComponent(id)}/data`

/** As much of a person as choosing them shows. */
export interface Candidate extends PersonRef {
  job_title: string
}

/** `team`: everybody below the signed-in person. `anybody`: also those who are away, or may not sign in any more. */
export type CandidateScope = 'all' | 'team' | 'anybody'

export const candidatesQuery = (scope: CandidateScope, search: string) =>
  queryOptions({
    queryKey: ['user', 'candidates', scope, search],
    queryFn: async ({ signal }): Promise<Candidate[]> => {
      const whom = scope === 'anybody' ? { scope: 'all' } : { scope, status: 'active' }
      const query = { ...whom, search, limit: 50 }
      const { items } = await get<UserPage>('/api/users', { query, signal })
      return items.map(({ id, name, job_title }) => ({ id, name, job_title }))
    },
  })
