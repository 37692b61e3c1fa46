/** Things that belong to what a page is about, newest first and a few at a time. Nothing is said where there are none. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { PageOf } from '../api/paged.ts'
import { Button } from './button.tsx'
import { Pill, type Tone } from './pill.tsx'
import { StateMark } from './state-mark.tsx'

interface Props<T> {
  /** Unlike that of any other list on the page. */
  id: string
  title: string
  query: UseInfiniteQueryResult<InfiniteData<PageOf<T>>>
  /** A `ShortRow` with a key. */
  children: (item: T) => ReactNode
}

/** Nothing until they are known, too: often there are none. */
export function ShortList<T>({ id, title, query, children }: Props<T>) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const items = data?.pages.flatMap(page => page.items) ?? []
  if (items.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-3 text-base font-semibold">
        {title} <span className="font-normal text-muted tabular-nums">{data?.pages.at(-1)?.total}</span>
      </h2>
      <ul aria-labelledby={id} className="divide-y divide-line border-y border-line">
        {items.map(children)}
      </ul>
      {hasNextPage && (
        <Button className="mt-3" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Load more
        </Button>
      )}
    </section>
  )
}

/** The classes of the link that is the title of such a row, and that covers all of it. */
export const shortRowLink =
  'line-clamp-2 text-sm font-medium break-words before:absolute before:inset-0 hover:underline'

interface RowProps {
  state: { tone: Tone; word: string }
  progress: number
  title: ReactNode
  /** What stands under the title. */
  children: ReactNode
}

export const ShortRow = ({ state: { tone, word }, progress, title, children }: RowProps) => (
  <li className="relative flex items-center gap-3 py-2 touch:min-h-14">
    <StateMark tone={tone} progress={progress} />
    <div className="min-w-0 flex-1">
      {title}
      <p className="truncate text-sm text-muted tabular-nums">{children}</p>
    </div>
    <Pill tone={tone}>{word}</Pill>
  </li>
)
