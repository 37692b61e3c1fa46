/** Asking what became of notifications. It is asked again while somebody looks, because nobody tells of it. */
import type { NotificationTrace, PersonReach, TracedNotification } from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { pagedQuery } from '../../api/paged.ts'
import type { TraceSearch } from './trace-search.ts'

const EVERY_MS = 4_000
const PAGE = 50

export const reachQuery = (personId: string) =>
  queryOptions({
    queryKey: ['system', 'reach', personId],
    queryFn: ({ signal }) => get<PersonReach>(`/api/system/people/${personId}/reach`, { signal }),
    refetchInterval: EVERY_MS,
  })

export const tracedQuery = ({ person = '', until }: TraceSearch) => ({
  ...pagedQuery<TracedNotification>(
    ['system', 'traced', person, until],
    '/api/system/notifications',
    { user_id: person, until: until && new Date(until).toISOString() },
    PAGE,
  ),
  refetchInterval: EVERY_MS,
})

export const traceQuery = (id: string) =>
  queryOptions({
    queryKey: ['system', 'trace', id],
    queryFn: ({ signal }) => get<NotificationTrace>(`/api/system/notifications/${id}/trace`, { signal }),
    refetchInterval: EVERY_MS,
  })
