/** Lists that the server answers in pages: the query that fetches one page after the other. */
import { infiniteQueryOptions } from '@tanstack/react-query'
import { get, type Query } from './client.ts'

export interface PageOf<T> {
  items: T[]
  total: number
}

/** @param key begins with the name of the resource, as live news names it */
export const pagedQuery = <T>(key: readonly unknown[], path: string, query: Query, limit: number) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      get<PageOf<T>>(path, { query: { ...query, skip: pageParam, limit }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.items.length, 0)
      return last.items.length > 0 && shown < last.total ? shown : undefined
    },
  })
