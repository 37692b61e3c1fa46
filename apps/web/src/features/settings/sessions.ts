/** Where the signed-in person is signed in, and signing out there. Keys begin with `session`, as live news names it. */
import type { SessionPage } from '@pms/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, remove } from '../../api/client.ts'

const PATH = '/api/auth/sessions'

export const sessionsQuery = queryOptions({
  queryKey: ['session', 'list'],
  queryFn: ({ signal }) => get<SessionPage>(PATH, { signal }),
  // A token is renewed without anybody being told.
  staleTime: 0,
})

/** @returns a mutation of the id of one, or null: all but this one */
export function useEndSession() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string | null) => remove(id === null ? PATH : `${PATH}/${encodeURIComponent(id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  })
}
