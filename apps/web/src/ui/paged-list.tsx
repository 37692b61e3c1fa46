/** A list that comes in pages, with what is shown while it loads, when it cannot be loaded, and when it is empty. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { PageOf } from '../api/paged.ts'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { Failed } from './messages.tsx'
import { rowEnds } from './row.tsx'
import { useRowKeys } from './row-keys.ts'

interface Props<T> {
  query: UseInfiniteQueryResult<InfiniteData<PageOf<T>>>
  /** One and many: "goal", "goals". */
  names: readonly [string, string]
  empty: ReactNode
  /** A row, as an `<li>` with a key. */
  children: (item: T) => ReactNode
}

export function PagedList<T>({ query, names: [one, many], empty, children }: Props<T>) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } = query
  const list = useRowKeys<HTMLUListElement>()
  if (!data)
    return error ? (
      <Failed error={error} retry={() => void refetch()} />
    ) : (
      <SkeletonRows label={`Loading ${many}`} />
    )

  const items = data.pages.flatMap(page => page.items)
  const total = data.pages.at(-1)?.total ?? 0
  if (items.length === 0) return empty
  return (
    <>
      <ul
        ref={list}
        className={cx('divide-y divide-line transition-opacity', isPlaceholderData && 'opacity-60')}
      >
        {items.map(children)}
      </ul>
      <div
        className={cx(
          'flex items-center justify-center gap-3 border-t border-line py-6 text-sm text-muted',
          rowEnds,
        )}
      >
        <span role="status" className="tabular-nums">
          {hasNextPage ? `${items.length} of ${total}` : total === 1 ? `1 ${one}` : `${total} ${many}`}
        </span>
        {hasNextPage && (
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        )}
      </div>
    </>
  )
}

const WIDTHS = ['w-64', 'w-80', 'w-52', 'w-72', 'w-60', 'w-84', 'w-56']

export function SkeletonRows({ label }: { label: string }) {
  return (
    <div role="status" className="late divide-y divide-line">
      <span className="sr-only">{label}</span>
      {WIDTHS.map(width => (
        <div key={width} className={cx('flex h-[59px] items-center gap-3 touch:h-16', rowEnds)}>
          <div className="skeleton size-4 shrink-0 rounded-full" />
          <div className="min-w-0 flex-1 space-y-2.5">
            <div className={`skeleton h-3 max-w-full ${width}`} />
            <div className="skeleton h-2.5 w-32" />
          </div>
          <div className="skeleton h-4 w-16 shrink-0 rounded-full" />
        </div>
      ))}
    </div>
  )
}
