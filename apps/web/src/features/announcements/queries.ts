/** Reading announcements. Keys begin with `announcement`, as live news names it. */
import type {
  AcknowledgementPage,
  Announcement,
  AnnouncementPage,
  Audience,
  Role,
  UserPage,
} from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { pagedQuery } from '../../api/paged.ts'
import { type AnnouncementFilters, toQuery } from './filters.ts'

const PAGE = 30

export const announcementListQuery = (filters: AnnouncementFilters) =>
  pagedQuery<Announcement>(['announcement', 'list', filters], '/api/announcements', toQuery(filters), PAGE)

/** How many ask the signed-in person to acknowledge them. */
export const waitingCountQuery = queryOptions({
  queryKey: ['announcement', 'waiting-count'],
  queryFn: ({ signal }) =>
    get<AnnouncementPage>('/api/announcements', { query: { scope: 'waiting', limit: 1 }, signal }),
  select: page => page.total,
})

export const announcementQuery = (id: string) =>
  queryOptions({
    queryKey: ['announcement', 'detail', id],
    queryFn: ({ signal }) => get<Announcement>(`/api/announcements/${encodeURIComponent(id)}`, { signal }),
  })

export type Answered = 'acknowledged' | 'waiting'
type Acknowledgement = AcknowledgementPage['items'][number]

/** Who was asked, and who has answered. */
export const acknowledgementsQuery = (id: string, status: Answered, search: string) =>
  pagedQuery<Acknowledgement>(
    ['announcement', 'acknowledgements', id, status, search],
    `/api/announcements/${encodeURIComponent(id)}/acknowledgements`,
    { status, search },
    PAGE,
  )

/** About how many people an audience has: those at work today. */
export const audienceSizeQuery = (audience: Audience, unitId: string | null, role: Role | null) =>
  queryOptions({
    queryKey: ['user', 'audience-size', audience, unitId, role],
    queryFn: async ({ signal }) => {
      const query = { status: 'active', unit_id: unitId, role, limit: 1 }
      return (await get<UserPage>('/api/users', { query, signal })).total
    },
    enabled: audience === 'everyone' || unitId !== null || role !== null,
  })
