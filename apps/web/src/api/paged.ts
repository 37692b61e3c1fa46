/** Lists that the server answers in pages: the query that fetches one page after the other. */
import { infiniteQueryOptions } from '@tanstack/react-query'
import { get, type Query } from './client.ts'

export interface PageOf<T> {
  items: T[]
  total: number
  next_cursor: string | null
}

/** @param key begins with the name of the resource, as live news names it */
export const pagedQuery = <T>(key: readonly unknown[], path: string, query: Query, limit: number) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      get<PageOf<T>>(path, { query: { ...query, skip: pageParam, limit }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ items, next_cursor }) =>
      items.length > 0 && next_cursor !== null ? Number(next_cursor) : undefined,
  })

/** As many as the server gives at once. */
const LARGEST = 100

/** The whole of a list, page after page: for lists that are as long as what one page can show. */
export async function everyPage<T>(path: string, query: Query, signal: AbortSignal): Promise<T[]> {
  const items: T[] = []
  for (;;) {
    const page = await get<PageOf<T>>(path, {
      query: { ...query, skip: items.length, limit: LARGEST },
      signal,
    })
    items.push(...page.items)
    if (page.items.length === 0 || page.next_cursor === null) return items
  }
}
