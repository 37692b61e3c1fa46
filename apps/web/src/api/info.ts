/** What the server says of itself: the organisation's time zone, and the demo accounts if it is a demo. */
import type { AppInfo } from '@pms/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { dayIn } from '../ui/dates.ts'
import { useNow } from '../ui/now.ts'
import { get } from './client.ts'

export const infoQuery = queryOptions({
  queryKey: ['info'],
  queryFn: ({ signal }) => get<AppInfo>('/api/info', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  // Kept also while no page says a day: what a day is, is watched all the time.
  gcTime: Number.POSITIVE_INFINITY,
})

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Today's day where the organisation is; deadlines are days there. */
export function useToday(): string {
  const { data } = useQuery(infoQuery)
  return dayIn(data?.time_zone ?? HERE, useNow())
}
