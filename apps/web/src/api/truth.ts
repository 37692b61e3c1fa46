/**
 * What else makes all that pages show stale, besides news of single things: that the signed-in person may see other
 * things now, and that a new day has begun where the organisation is.
 */
import type { AppInfo, Me } from '@pms/contract'
import type { QueryClient } from '@tanstack/react-query'
import { dayIn } from '../ui/dates.ts'
import { session } from './browser-session.ts'
import { infoQuery } from './info.ts'
import { everythingChanged } from './query-client.ts'

let isWatching = false

/** As long as the page lives; asked for again it does nothing. */
export function watchTruth(client: QueryClient): void {
  if (isWatching) return
  isWatching = true
  watchSight(client)
  watchDay(client)
}

/** What somebody may see goes by this. */
const sightOf = ({ role, status, has_team, unit, supervisor }: Me) =>
  JSON.stringify([role, status, has_team, unit?.id, supervisor?.id])

function watchSight(client: QueryClient): void {
  let last: Me | null = null
  const look = () => {
    const state = session.state.get()
    if (state.status !== 'signed-in') return
    const { me } = state
    if (last?.id === me.id && sightOf(last) !== sightOf(me)) void everythingChanged(client)
    last = me
  }
  look()
  session.state.subscribe(look)
}

const LOOK_MS = 30_000
/** At midnight not everybody asks in the same second. */
const SPREAD_MS = 20_000

/** What is due, late or away goes by the day. */
function watchDay(client: QueryClient): void {
  void client.prefetchQuery(infoQuery)
  let last: string | undefined
  const look = (spreadMs: number) => {
    const info = client.getQueryData<AppInfo>(infoQuery.queryKey)
    if (!info) return
    const day = dayIn(info.time_zone, Date.now())
    if (last !== undefined && day !== last) {
      setTimeout(() => void everythingChanged(client), Math.random() * spreadMs)
    }
    last = day
  }
  look(0)
  setInterval(() => look(SPREAD_MS), LOOK_MS)
  // A laptop that wakes shows the right day at once.
  document.addEventListener('visibilitychange', () => look(0))
}
