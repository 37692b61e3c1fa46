/**
 * The cache of what the server said. Every key begins with the name of the resource as `resource_changed` names it
 * (`['goal', 'detail', id]`, `['goal', 'list', …]`), so that live news finds what it made stale.
 */
import { type Query, QueryClient } from '@tanstack/react-query'
import { ApiError } from './problem.ts'

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Other resources that it is made from: stale when one of these changes. */
      follows?: readonly string[]
    }
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What was refused stays refused; a server that restarts is back in a moment.
      retry: (failures, error) =>
        failures < 4 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 502),
      retryDelay: attempt => Math.min(500 * 2 ** attempt, 4000),
    },
    mutations: { networkMode: 'always' },
  },
})

/** Marks stale what shows this thing: itself, every list of its kind, and what is made from such things. */
export function resourceChanged(client: QueryClient, resource: string, id: string) {
  return refresh(
    client,
    ({ queryKey: [kind, part, of], meta }) =>
      meta?.follows?.includes(resource) || (kind === resource && (part !== 'detail' || of === id)),
  )
}

/** The same after an own deed whose answer has brought the thing itself up to date already. */
export function listsChanged(client: QueryClient, resource: string) {
  return refresh(
    client,
    ({ queryKey: [kind, part], meta }) =>
      meta?.follows?.includes(resource) || (kind === resource && part !== 'detail'),
  )
}

/** After a time without news. */
export function everythingChanged(client: QueryClient) {
  return refresh(client, () => true)
}

/**
 * A first answer that is under way may have been read before the change, and nothing would ask again: so whatever it
 * brings is stale already.
 */
function refresh(client: QueryClient, isMeant: (query: Query) => boolean | undefined) {
  const predicate = (query: Query) => isMeant(query) ?? false
  for (const query of client.getQueryCache().findAll({ predicate, fetchStatus: 'fetching' })) {
    if (query.state.data !== undefined) continue
    const again = () => void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
    query.promise?.then(again, () => {})
  }
  return client.invalidateQueries({ predicate })
}
