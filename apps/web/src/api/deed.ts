/**
 * Doing something to a thing that a page shows. What is certain enough is shown at once and taken back if the server
 * disagrees; after a conflict the thing is fetched again, so that the page shows what really happened.
 */
import { type UseQueryResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError } from './problem.ts'
import { listsChanged, resourceChanged } from './query-client.ts'

interface Deeds<Thing, Deed> {
  /** The thing's resource, as live news names it, and its id: its details are cached as `[resource, 'detail', id]`. */
  resource: string
  id: string
  send: (deed: Deed) => Promise<Thing>
  /** How the thing will look if the server agrees; undefined where that is better awaited. */
  foreseen?: (thing: Thing, deed: Deed) => Thing | undefined
}

/** One mutation for all that can be done to a thing. */
export function useDeeds<Thing, Deed>({ resource, id, send, foreseen }: Deeds<Thing, Deed>) {
  const client = useQueryClient()
  const queryKey = [resource, 'detail', id]
  return useMutation({
    mutationFn: send,
    async onMutate(deed: Deed) {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData<Thing>(queryKey)
      const after = before && foreseen?.(before, deed)
      if (after) client.setQueryData(queryKey, after)
      return { before }
    },
    onError(error, _deed, context) {
      if (context?.before) client.setQueryData(queryKey, context.before)
      if (error instanceof ApiError && [403, 404, 409].includes(error.status))
        void resourceChanged(client, resource, id)
    },
    onSuccess(thing) {
      client.setQueryData(queryKey, thing)
      void listsChanged(client, resource)
    },
  })
}

/** Makes a thing, whose page then opens at once. */
export function useMake<Thing extends { id: string }, Body>(
  resource: string,
  send: (body: Body) => Promise<Thing>,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess(thing) {
      client.setQueryData([resource, 'detail', thing.id], thing)
      void listsChanged(client, resource)
    },
  })
}

/** One thing on a page: what is known of it, what can be done to it, and what went wrong. */
export function onPage<Thing, Deed>(
  query: UseQueryResult<Thing>,
  deed: ReturnType<typeof useDeeds<Thing, Deed>>,
) {
  return {
    thing: query.data,
    /** Only what a list knew is there yet. */
    partial: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    busy: deed.isPending,
    failure: deed.error,
    /** Rejects when the server refuses; for forms that show that themselves. */
    act: (what: Deed) => deed.mutateAsync(what),
    /** Shows what went wrong as `failure`. */
    attempt: (what: Deed) => {
      if (!deed.isPending) deed.mutate(what)
    },
  }
}
