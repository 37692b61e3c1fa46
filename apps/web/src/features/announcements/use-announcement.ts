/** One announcement on a page: what is known of it, what can be done to it, and what went wrong. */
import type { Announcement } from '@pms/contract'
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { onPage } from '../../api/deed.ts'
import type { PageOf } from '../../api/paged.ts'
import { useAnnouncementDeed } from './actions.ts'
import { announcementQuery } from './queries.ts'

export function useAnnouncement(id: string) {
  const client = useQueryClient()
  const query = useQuery({ ...announcementQuery(id), placeholderData: () => knownOf(client, id) })
  const { thing: announcement, ...rest } = onPage(query, useAnnouncementDeed(id))
  return { announcement, ...rest }
}

/** What a list already knows of it: all there is. */
function knownOf(client: QueryClient, id: string): Announcement | undefined {
  const lists = client.getQueriesData<{ pages: PageOf<Announcement>[] }>({
    queryKey: ['announcement', 'list'],
  })
  for (const [, list] of lists)
    for (const page of list?.pages ?? []) {
      const found = page.items.find(item => item.id === id)
      if (found) return found
    }
  return undefined
}
