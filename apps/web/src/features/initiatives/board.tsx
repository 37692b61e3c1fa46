/** Initiatives by status, a column each, in the order in which work goes through them. */
import type { InitiativeStatus } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Failed } from '../../ui/messages.tsx'
import { useShortcut } from '../../ui/shortcut.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { moveOnBoard } from './board-keys.ts'
import type { InitiativeFilters } from './filters.ts'
import { InitiativeCard } from './initiative-card.tsx'
import { NoInitiatives } from './no-initiatives.tsx'
import { columnQuery, initiativeListQuery } from './queries.ts'
import { stateOf } from './words.ts'

const COLUMNS: readonly { status: InitiativeStatus; name: string }[] = [
  { status: 'PENDING_APPROVAL', name: 'Proposed' },
  { status: 'ASSIGNED', name: 'To start' },
  { status: 'STARTED', name: 'In progress' },
  { status: 'OVERDUE', name: 'Overdue' },
  { status: 'COMPLETED', name: 'In review' },
  { status: 'APPROVED', name: 'Done' },
  { status: 'REJECTED', name: 'Returned' },
]

interface Props {
  filters: InitiativeFilters
  today: string
}

export function Board({ filters, today }: Props) {
  const [board, setBoard] = useState<HTMLElement | null>(null)
  const all = useInfiniteQuery(initiativeListQuery(filters))
  useShortcut('j', () => moveOnBoard(board, 'down'))
  useShortcut('k', () => moveOnBoard(board, 'up'))
  useShortcut('h', () => moveOnBoard(board, 'left'))
  useShortcut('l', () => moveOnBoard(board, 'right'))
  function onArrow(event: KeyboardEvent) {
    const [, to] = /^Arrow(Up|Down|Left|Right)$/.exec(event.key) ?? []
    if (!to || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    moveOnBoard(board, to.toLowerCase() as 'up' | 'down' | 'left' | 'right')
  }
  if (all.data?.pages[0]?.total === 0) return <NoInitiatives filters={filters} />
  return (
    <section
      ref={setBoard}
      aria-label="Board"
      onKeyDown={onArrow}
      className="flex min-h-[calc(100dvh-56px-45px)] gap-2.5 overflow-x-auto bg-sunken px-4 py-4 max-sm:min-h-[calc(100dvh-218px)] max-sm:snap-x max-sm:snap-mandatory max-sm:scroll-px-4 sm:px-6"
    >
      {COLUMNS.map(column => (
        <Column key={column.status} {...column} filters={filters} today={today} />
      ))}
    </section>
  )
}

function Column({ status, name, filters, today }: (typeof COLUMNS)[number] & Props) {
  const query = useInfiniteQuery(columnQuery(filters, status))
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = query
  const cards = data?.pages.flatMap(page => page.items) ?? []
  const total = data?.pages.at(-1)?.total
  const { tone, progress } = stateOf({ status, feedback: null })
  // What came back is rare: its column is there when there is something in it.
  if (status === 'REJECTED' && !total) return null
  return (
    <section
      aria-labelledby={`column-${status}`}
      className={cx(
        'flex min-w-[184px] flex-1 flex-col max-sm:w-[82vw] max-sm:flex-none max-sm:snap-start',
        'sm:max-w-[340px]',
      )}
    >
      <h2 id={`column-${status}`} className="mb-2.5 flex h-6 items-center gap-2 px-1 text-sm font-medium">
        <StateMark tone={tone} progress={progress} />
        {name}
        <span className="text-subtle tabular-nums">{total}</span>
      </h2>
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data ? (
        <ul data-column className="space-y-2">
          {cards.map(initiative => (
            <InitiativeCard key={initiative.id} initiative={initiative} today={today} />
          ))}
        </ul>
      ) : (
        <div role="status" className="late space-y-2">
          <span className="sr-only">Loading initiatives</span>
          <div className="skeleton h-20 rounded-md" />
          <div className="skeleton h-20 rounded-md" />
        </div>
      )}
      {hasNextPage && (
        <Button
          variant="ghost"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          className="mt-2"
        >
          {(total ?? 0) - cards.length} more
        </Button>
      )}
    </section>
  )
}
