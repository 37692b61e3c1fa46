/** What I have to have done by which day, of every kind, in one list. Keys begin with the resource, as live news names it. */
import type { Goal, GoalPage, Initiative, InitiativePage, Review, ReviewPage } from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { addDays } from '../../ui/dates.ts'
import { nameFor } from '../../ui/names.ts'

export interface Deadline {
  id: string
  kind: 'goal' | 'initiative' | 'review'
  title: string
  href: string
  /** The day, at whose end it is late. */
  day: string
}

const list = async <T>(path: string, query: Record<string, string>, signal: AbortSignal) =>
  (await get<{ items: T[] }>(path, { query: { ...query, limit: 100 }, signal })).items

/** Goals that I work on. */
export const goalsQuery = queryOptions({
  queryKey: ['goal', 'deadlines'],
  queryFn: ({ signal }) =>
    list<GoalPage['items'][number]>('/api/goals', { scope: 'mine', status: 'ACTIVE' }, signal),
})

/** Initiatives in my hands. */
export const initiativesQuery = queryOptions({
  queryKey: ['initiative', 'deadlines'],
  queryFn: async ({ signal }) => {
    const found = await Promise.all(
      (['OVERDUE', 'STARTED', 'ASSIGNED'] as const).map(status =>
        list<InitiativePage['items'][number]>('/api/initiatives', { scope: 'mine', status }, signal),
      ),
    )
    return found.flat()
  },
})

/** Reviews that I have to write. */
export const reviewsQuery = queryOptions({
  queryKey: ['review', 'deadlines'],
  meta: { follows: ['review_cycle'] },
  queryFn: async ({ signal }) => {
    const found = await Promise.all(
      (['overdue', 'in_progress', 'pending'] as const).map(status =>
        list<ReviewPage['items'][number]>('/api/reviews', { scope: 'mine', status }, signal),
      ),
    )
    return found.flat()
  },
})

interface Work {
  goals: readonly Pick<Goal, 'id' | 'title' | 'end_date'>[]
  initiatives: readonly Pick<Initiative, 'id' | 'title' | 'due_date'>[]
  reviews: readonly Pick<Review, 'id' | 'reviewee' | 'due_on'>[]
}

/** Soonest first. */
export function deadlinesOf({ goals, initiatives, reviews }: Work, meId: string): Deadline[] {
  const all: Deadline[] = [
    ...goals.flatMap(({ id, title, end_date }) =>
      end_date ? [{ id, kind: 'goal' as const, title, href: `/goals/${id}`, day: end_date }] : [],
    ),
    ...initiatives.map(({ id, title, due_date }) => ({
      id,
      kind: 'initiative' as const,
      title,
      href: `/initiatives/${id}`,
      day: due_date,
    })),
    ...reviews.map(({ id, reviewee, due_on }) => ({
      id,
      kind: 'review' as const,
      title: reviewee.id === meId ? 'Review of yourself' : `Review of ${nameFor(reviewee, meId)}`,
      href: `/reviews/${id}`,
      day: due_on,
    })),
  ]
  return all.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.title < b.title ? -1 : 1))
}

/** How far ahead "later" looks. */
const LATER_DAYS = 42

/** What is late, what the next seven days bring, and what comes after. */
export function byUrgency(deadlines: readonly Deadline[], today: string) {
  const week = addDays(today, 7)
  const later = addDays(today, LATER_DAYS)
  return {
    overdue: deadlines.filter(({ day }) => day < today),
    soon: deadlines.filter(({ day }) => day >= today && day <= week),
    later: deadlines.filter(({ day }) => day > week && day <= later),
  }
}
