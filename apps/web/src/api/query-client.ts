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

/** A thing that changed, as live news names it. */
export interface Change {
  resource: string
  id: string
}

/**
 * Marks stale what shows these things: themselves, every list of their kind, what is made from such things, and
 * whatever else names them. What is on the screen is fetched again at once, the rest when it is looked at.
 */
export function thingsChanged(client: QueryClient, changes: readonly Change[]) {
  const ids = new Set(changes.map(({ id }) => id))
  return refresh(
    client,
    ({ queryKey: [kind, part, of], meta, state }) =>
      changes.some(
        ({ resource, id }) =>
          meta?.follows?.includes(resource) || (kind === resource && (part !== 'detail' || of === id)),
      ) || names(state.data, ids),
  )
}

export const resourceChanged = (client: QueryClient, resource: string, id: string) =>
  thingsChanged(client, [{ resource, id }])

/** Whether one of these ids stands anywhere in what a query holds. */
function names(data: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof data === 'string') return ids.has(data)
  if (typeof data !== 'object' || data === null) return false
  return Object.values(data).some(value => names(value, ids))
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
  // A tab that nobody looks at asks when somebody does.
  const isSeen = typeof document === 'undefined' || document.visibilityState === 'visible'
  return client.invalidateQueries({ predicate, refetchType: isSeen ? 'active' : 'none' })
}
