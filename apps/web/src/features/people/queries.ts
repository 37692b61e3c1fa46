/** Reading people. Keys begin with `user`, as live news names them. */
import type { AuditPage, OpenWork, UserEntry, UserProfile } from '@pms/contract'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { everyPage, type PageOf, pagedQuery } from '../../api/paged.ts'
import { type PeopleFilters, toQuery } from './filters.ts'

const PATH = '/api/users'
const PAGE = 40
/** Who is away shows on people as well; and the team is who reports to whom. */
const meta = { follows: ['delegation', 'team'] }

export const personPath = (id: string) => `${PATH}/${encodeURIComponent(id)}`

export const peopleQuery = (filters: PeopleFilters) => ({
  ...pagedQuery<UserEntry>(['user', 'list', filters], PATH, toQuery(filters), PAGE),
  meta,
})

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['user', 'detail', id],
    // Who decides goes by everybody above, and by who is away.
    meta: { follows: ['user', 'delegation'] },
    queryFn: ({ signal }) => get<UserProfile>(personPath(id), { signal }),
  })

/** What a list already knows of a person, to show at once while the rest of it is fetched. */
export function knownPerson(client: QueryClient, id: string): UserProfile | undefined {
  const lists = client.getQueriesData<{ pages: PageOf<UserEntry>[] }>({ queryKey: ['user', 'list'] })
  for (const [, list] of lists)
    for (const page of list?.pages ?? []) {
      const known = page.items.find(item => item.id === id)
      if (known) return { ...known, approvers: [], reports: 0, onboarded: null, allowed_actions: [] }
    }
  return undefined
}

export const openWorkQuery = (id: string) =>
  queryOptions({
    queryKey: ['user', 'open-work', id],
    meta: { follows: ['goal', 'initiative', 'review'] },
    queryFn: ({ signal }) => get<OpenWork>(`${personPath(id)}/open-work`, { signal }),
    staleTime: 0,
  })

export const accountHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['user', 'history', id],
    queryFn: ({ signal }) => get<AuditPage>(`${personPath(id)}/history`, { query: { limit: 20 }, signal }),
  })

/** Everybody who is there, for the chart. */
export const everybodyQuery = queryOptions({
  queryKey: ['user', 'everybody'],
  meta,
  queryFn: async ({ signal }) => {
    const everybody = await everyPage<UserEntry>(PATH, {}, signal)
    return everybody.filter(person => person.status !== 'archived')
  },
})

/** Everybody below the signed-in person. */
export const teamQuery = queryOptions({
  queryKey: ['user', 'team'],
  meta,
  queryFn: async ({ signal }) => {
    const people = await everyPage<UserEntry>(PATH, { scope: 'team' }, signal)
    return people.filter(person => person.status !== 'archived')
  },
})
