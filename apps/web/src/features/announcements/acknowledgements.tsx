/** Who was asked to acknowledge it: who has, the last first, and who has not. Moves by itself. */
import type { Announcement } from '@pms/contract'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Person } from '../../shared/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { SearchBox } from '../../ui/filter-bar.tsx'
import { Failed } from '../../ui/messages.tsx'
import { Ago } from '../../ui/time.tsx'
import { type Answered, acknowledgementsQuery } from './queries.ts'

export function Acknowledgements({ announcement }: { announcement: Announcement }) {
  const { recipients = 0, acknowledged = 0 } = announcement.progress ?? {}
  const [status, setStatus] = useState<Answered>('acknowledged')
  const [search, setSearch] = useState('')
  const query = useInfiniteQuery({
    ...acknowledgementsQuery(announcement.id, status, search),
    placeholderData: keepPreviousData,
  })
  const people = query.data?.pages.flatMap(page => page.items) ?? []
  return (
    <section aria-labelledby="acknowledgements" className="border-line lg:border-t lg:pt-6">
      <h2 id="acknowledgements" className="mb-3 text-base font-semibold">
        Who has acknowledged it
      </h2>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <Choice
          legend="Show"
          value={status}
          options={[
            { value: 'acknowledged', label: `Acknowledged ${acknowledged}` },
            { value: 'waiting', label: `Not yet ${recipients - acknowledged}` },
          ]}
          onChange={setStatus}
        />
        <SearchBox label="Search by name" text={search} onChange={setSearch} />
      </div>
      {query.error && !query.data ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : people.length === 0 && query.data ? (
        <p className="py-6 text-sm text-muted">{noneWords(status, search)}</p>
      ) : (
        <ul className="divide-y divide-line">
          {people.map(({ person, acknowledged_at }) => (
            <li key={person.id} className="flex min-h-11 items-center gap-3 py-1.5 text-sm">
              <Person of={person} className="flex-1" />
              {acknowledged_at ? (
                <Ago at={acknowledged_at} className="shrink-0 text-muted tabular-nums" />
              ) : (
                <span className="shrink-0 text-subtle">Not yet</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button className="mt-3" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Load more
        </Button>
      )}
    </section>
  )
}

function noneWords(status: Answered, search: string): string {
  if (search) return 'Nobody by that name.'
  return status === 'acknowledged'
    ? 'Nobody yet. Whoever acknowledges it appears here at once.'
    : 'Everybody has acknowledged it.'
}
