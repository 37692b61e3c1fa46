/** Who is reviewed, by whom as peers, and the way to what came of it. */
import type { Participant, ReviewCycleDetail } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { BarChart3, SearchX, UserPlus, Users } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FilterBar, SearchBox } from '../../ui/filter-bar.tsx'
import { Empty } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { PagedList } from '../../ui/paged-list.tsx'
import { rowClass } from '../../ui/row.tsx'
import { listed } from '../../ui/words.ts'
import { canChoosePeers } from './actions.ts'
import type { CycleSearch } from './filters.ts'
import { PeersDialog } from './peers-dialog.tsx'
import { participantsQuery } from './queries.ts'

export function Participants({ cycle, search }: { cycle: ReviewCycleDetail; search: CycleSearch }) {
  const navigate = useNavigate()
  const text = search.search ?? ''
  const query = useInfiniteQuery({
    ...participantsQuery(cycle.id, text),
    placeholderData: before => before,
  })
  const [choosing, setChoosing] = useState<Participant | null>(null)
  return (
    <>
      <div className="border-b border-line px-4 sm:px-6">
        <FilterBar>
          <SearchBox
            label="Search people"
            text={text}
            onChange={next =>
              void navigate({
                to: '/reviews/cycles/$cycleId',
                params: { cycleId: cycle.id },
                search: { ...search, search: next || undefined } as CycleSearch,
                replace: true,
              })
            }
          />
        </FilterBar>
      </div>
      <PagedList
        query={query}
        names={['person', 'people']}
        empty={
          text ? (
            <Empty icon={SearchX} title="Nobody matches" />
          ) : (
            <Empty icon={Users} title="Nobody here">
              {cycle.audience
                ? 'Edit the cycle to say who is reviewed.'
                : 'Nobody below you takes part in this cycle.'}
            </Empty>
          )
        }
      >
        {participant => (
          <PersonRow
            key={participant.user.id}
            cycle={cycle}
            participant={participant}
            onChoose={() => setChoosing(participant)}
          />
        )}
      </PagedList>
      {choosing && (
        <PeersDialog
          key={choosing.user.id}
          cycle={cycle}
          participant={choosing}
          onClose={() => setChoosing(null)}
        />
      )}
    </>
  )
}

interface RowProps {
  cycle: ReviewCycleDetail
  participant: Participant
  onChoose: () => void
}

function PersonRow({ cycle, participant, onChoose }: RowProps) {
  const me = useMe()
  const { user, unit, peers } = participant
  const begun = cycle.activated_at !== null
  const isMe = user.id === me.id
  const readable = begun && (!isMe || cycle.status === 'completed')
  return (
    <li className={rowClass}>
      <Avatar name={user.name} />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <p className="truncate text-base font-medium">{NameFor(user, me.id)}</p>
        <p className="truncate text-sm text-muted">
          {unit?.name ?? 'Without a unit'}
          <span className="lg:hidden">{peers && ` · ${peersText(peers.map(peer => peer.name))}`}</span>
        </p>
      </div>
      <p
        className="hidden w-[36%] shrink-0 truncate text-sm text-muted lg:block"
        title={peers && peers.length > 0 ? peers.map(peer => peer.name).join(', ') : undefined}
      >
        {peers && peersText(peers.map(peer => peer.name))}
      </p>
      <span className="flex shrink-0 justify-end sm:w-34">
        {canChoosePeers(participant) && (
          <Button data-row onClick={onChoose} aria-label={`Choose peers of ${user.name}`}>
            <UserPlus aria-hidden="true" className="size-4 text-muted" />
            <span className="max-sm:hidden">Choose peers</span>
          </Button>
        )}
        {readable && (
          <Link
            to="/reviews/cycles/$cycleId/results/$userId"
            params={{ cycleId: cycle.id, userId: user.id }}
            data-row
            aria-label={`Results of ${user.name}`}
            className={buttonClass('ghost')}
          >
            <BarChart3 aria-hidden="true" className="size-4" />
            <span className="max-sm:hidden">Results</span>
          </Link>
        )}
      </span>
    </li>
  )
}

const peersText = (names: readonly string[]) =>
  names.length === 0
    ? 'No peers'
    : `Peers: ${names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} others` : listed(names)}`
