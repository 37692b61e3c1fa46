/** Reading reviews and cycles. Keys begin with `review` and `review_cycle`, as live news names them. */
import type {
  ApprovalPage,
  GoalPage,
  InitiativePage,
  Participant,
  ParticipantPage,
  PersonRef,
  Review,
  ReviewCycle,
  ReviewCycleDetail,
  ReviewDetail,
  ReviewFunnel,
  ReviewQuery,
  ReviewResults,
} from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { pagedQuery } from '../../api/paged.ts'

const REVIEWS = '/api/reviews'
const CYCLES = '/api/review-cycles'
const PAGE = 50
/** As many as the server gives at once. */
const MANY = 100

const idIn = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`

/** Reviews rest and close with their cycle; those of a team go by who is in it. */
const OF_CYCLES = { follows: ['review_cycle', 'team'] }
const OF_REVIEWS = { follows: ['review'] }

export const reviewListQuery = (query: Partial<ReviewQuery>) => ({
  ...pagedQuery<Review>(['review', 'list', query], REVIEWS, query, PAGE),
  meta: OF_CYCLES,
})

/** How many reviews the signed-in person is to write. */
export const toWriteCountQuery = queryOptions({
  queryKey: ['review', 'to-write-count'],
  meta: OF_CYCLES,
  queryFn: ({ signal }) =>
    get<ApprovalPage>('/api/approvals', { query: { kind: 'review', limit: 1 }, signal }),
  select: page => page.total,
})

export const reviewDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ['review', 'detail', id],
    meta: OF_CYCLES,
    queryFn: ({ signal }) => get<ReviewDetail>(idIn(REVIEWS, id), { signal }),
  })

export const cycleListQuery = {
  ...pagedQuery<ReviewCycle>(['review_cycle', 'list'], CYCLES, {}, PAGE),
  meta: { follows: ['review', 'team'] },
}

export const cycleDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ['review_cycle', 'detail', id],
    meta: OF_REVIEWS,
    queryFn: ({ signal }) => get<ReviewCycleDetail>(idIn(CYCLES, id), { signal }),
    // While reviews are given out, which a large cycle takes its time for, what is done of it is worth seeing.
    refetchInterval: ({ state: { data } }) =>
      data?.status === 'active' && data.audience && data.audience.assigned < data.audience.count
        ? 2_000
        : false,
  })

export const funnelQuery = (id: string) =>
  queryOptions({
    queryKey: ['review_cycle', 'funnel', id],
    meta: OF_REVIEWS,
    queryFn: ({ signal }) => get<ReviewFunnel>(`${idIn(CYCLES, id)}/funnel`, { signal }),
  })

export const participantsQuery = (id: string, search: string) => ({
  ...pagedQuery<Participant>(
    ['review_cycle', 'participants', id, search],
    `${idIn(CYCLES, id)}/participants`,
    { search },
    PAGE,
  ),
  meta: OF_REVIEWS,
})

/** All who are reviewed, page after page: for changing who they are. */
export const chosenQuery = (id: string) =>
  queryOptions({
    queryKey: ['review_cycle', 'chosen', id],
    async queryFn({ signal }): Promise<PersonRef[]> {
      const people: PersonRef[] = []
      for (;;) {
        const query = { skip: people.length, limit: MANY }
        const page = await get<ParticipantPage>(`${idIn(CYCLES, id)}/participants`, { query, signal })
        people.push(...page.items.map(({ user }) => user))
        if (page.items.length === 0 || people.length >= page.total) return people
      }
    },
  })

export const resultsQuery = (cycleId: string, userId: string) =>
  queryOptions({
    queryKey: ['review_cycle', 'results', cycleId, userId],
    meta: OF_REVIEWS,
    queryFn: ({ signal }) =>
      get<ReviewResults>(`${idIn(CYCLES, cycleId)}/results/${encodeURIComponent(userId)}`, { signal }),
  })

/** Goals of somebody, as far as the signed-in person may see them. */
export const goalsOfQuery = (userId: string) =>
  queryOptions({
    queryKey: ['goal', 'of', userId],
    queryFn: async ({ signal }) =>
      (await get<GoalPage>('/api/goals', { query: { owner_id: userId, limit: MANY }, signal })).items,
  })

/** Initiatives that somebody works on, as far as the signed-in person may see them. */
export const initiativesOfQuery = (userId: string) =>
  queryOptions({
    queryKey: ['initiative', 'of', userId],
    queryFn: async ({ signal }) =>
      (await get<InitiativePage>('/api/initiatives', { query: { assignee_id: userId, limit: MANY }, signal }))
        .items,
  })
