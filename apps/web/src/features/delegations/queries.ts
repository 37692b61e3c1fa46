/** Reading and changing who stands in for whom. Keys begin with `delegation`, as live news names it. */
import type { CreateDelegationBody, Delegation, DelegationPage } from '@pms/contract'
import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { get, post, remove } from '../../api/client.ts'
import { listsChanged } from '../../api/query-client.ts'

const PATH = '/api/delegations'

/** Of one person, from either side: those that begin last come first. */
export const delegationsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['delegation', 'list', userId],
    queryFn: ({ signal }) => get<DelegationPage>(PATH, { query: { user_id: userId, limit: 50 }, signal }),
    select: page => page.items,
  })

export function useDelegationDeeds() {
  const client = useQueryClient()
  async function after<T>(deed: Promise<T>): Promise<T> {
    const done = await deed
    await listsChanged(client, 'delegation')
    return done
  }
  return {
    create: (body: CreateDelegationBody) => after(post<Delegation>(PATH, body)),
    cancel: (id: string) => after(remove<unknown>(`${PATH}/${encodeURIComponent(id)}`)),
  }
}
