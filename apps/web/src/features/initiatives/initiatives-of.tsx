/** What a person works on, on their page: as much of it as the reader may see. */
import type { Initiative } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useToday } from '../../api/info.ts'
import { ShortList, ShortRow, shortRowLink } from '../../ui/short-list.tsx'
import { Due } from './initiative-row.tsx'
import { initiativesOfQuery } from './queries.ts'
import { isScored, stateOf } from './words.ts'

export const InitiativesOf = ({ personId }: { personId: string }) => (
  <ShortList id="initiatives" title="Initiatives" query={useInfiniteQuery(initiativesOfQuery(personId))}>
    {initiative => <Row key={initiative.id} initiative={initiative} />}
  </ShortList>
)

function Row({ initiative }: { initiative: Initiative }) {
  const today = useToday()
  const state = stateOf(initiative)
  return (
    <ShortRow
      state={state}
      progress={state.progress}
      title={
        <Link
          to="/initiatives/$initiativeId"
          params={{ initiativeId: initiative.id }}
          className={shortRowLink}
        >
          {initiative.title}
        </Link>
      }
    >
      {isScored(initiative) ? `scored ${initiative.score}/10` : <Due initiative={initiative} today={today} />}
    </ShortRow>
  )
}
