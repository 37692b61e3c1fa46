/** What review tests have in common: preparing cycles, and calling reviews as a person does. */
import type {
  CreateReviewCycleBody,
  Review,
  ReviewAction,
  ReviewCycleAction,
  ReviewCycleDetail,
  ReviewDetail,
  ReviewPage,
  ReviewQuestion,
  ReviewResults,
} from '@pms/contract'
import type { InboxItem, NotificationPage, Problem } from '@pms/protocol'
import { expect } from 'vitest'
import type { Person, Reply, Rest, TestServer } from '../src/testing/index.ts'

export const DEADLINE = '2027-03-31'

const TRAITS = [
  { name: 'Teamwork', questions: [{ text: 'Shares what they know' }, { text: 'Helps others' }] },
  {
    name: 'Delivery',
    questions: [{ text: 'Keeps their word' }, { text: 'Anything else', required: false }],
  },
]

export const cycleBody: CreateReviewCycleBody = {
  name: 'Spring 2027',
  period_start: '2026-10-01',
  period_end: '2027-03-31',
  deadline: DEADLINE,
  traits: TRAITS,
}

/** A draft in which these people are reviewed. */
export async function draftCycle(
  hr: Rest,
  participants: readonly Person[],
  changes: Partial<CreateReviewCycleBody> = {},
): Promise<ReviewCycleDetail> {
  const audience = { scope: 'people' as const, user_ids: participants.map(person => person.id) }
  return done(await hr.post('/api/review-cycles', { ...cycleBody, audience, ...changes }), 201)
}

export async function choosePeers(
  rest: Rest,
  cycleId: string,
  of: Person,
  peers: readonly Person[],
): Promise<void> {
  const body = { peer_ids: peers.map(person => person.id) }
  done(await rest.put(`/api/review-cycles/${cycleId}/participants/${of.id}/peers`, body), 200)
}

const CYCLE_BODIES: Partial<Record<ReviewCycleAction, object>> = {
  edit: { name: 'Spring' },
  cancel: { reason: 'Wrong questions' },
}

/** Tries an action on a cycle, whatever comes of it. */
export function attemptCycle(
  rest: Rest,
  id: string,
  action: ReviewCycleAction,
  body: object | undefined = CYCLE_BODIES[action],
): Promise<Reply<ReviewCycleDetail | Problem>> {
  const path = `/api/review-cycles/${id}`
  return action === 'edit' ? rest.patch(path, body) : rest.put(`${path}/${action}`, body)
}

export async function actCycle(
  rest: Rest,
  id: string,
  action: ReviewCycleAction,
  body?: object,
): Promise<ReviewCycleDetail> {
  return done((await attemptCycle(rest, id, action, body)) as Reply<ReviewCycleDetail>, 200)
}

/** A cycle that has begun: each of these people is reviewed by these peers. */
export async function beginCycle(
  hr: Rest,
  participants: ReadonlyMap<Person, readonly Person[]>,
  changes: Partial<CreateReviewCycleBody> = {},
): Promise<ReviewCycleDetail> {
  const { id } = await draftCycle(hr, [...participants.keys()], changes)
  for (const [person, peers] of participants) await choosePeers(hr, id, person, peers)
  return actCycle(hr, id, 'activate')
}

/** Tries an action on a review, whatever comes of it. */
export function attempt(
  rest: Rest,
  id: string,
  action: ReviewAction,
  body: object = {},
): Promise<Reply<ReviewDetail | Problem>> {
  return rest.put(`/api/reviews/${id}/${action === 'save' ? 'answers' : action}`, body)
}

export async function act(
  rest: Rest,
  id: string,
  action: ReviewAction,
  body?: object,
): Promise<ReviewDetail> {
  return done((await attempt(rest, id, action, body)) as Reply<ReviewDetail>, 200)
}

export async function readReview(rest: Rest, id: string): Promise<ReviewDetail> {
  return done(await rest.get(`/api/reviews/${id}`), 200)
}

/** Reviews that a person lists. */
export async function listed(rest: Rest, query = ''): Promise<Review[]> {
  return done(await rest.get<ReviewPage>(`/api/reviews?limit=100&${query}`), 200).items
}

export async function results(rest: Rest, cycleId: string, of: Person): Promise<ReviewResults> {
  return done(await rest.get(`/api/review-cycles/${cycleId}/results/${of.id}`), 200)
}

/** The id of the review that somebody writes about somebody, whoever may see it. */
export async function reviewId(
  { app }: TestServer,
  cycleId: string,
  of: Person,
  by: Person,
): Promise<string> {
  const row = await app.database.db
    .selectFrom('reviews')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .where('reviewee_id', '=', of.id)
    .where('reviewer_id', '=', by.id)
    .executeTakeFirstOrThrow()
  return row.id
}

export function questionsOf({ traits }: Pick<ReviewDetail, 'traits'>): ReviewQuestion[] {
  return traits.flatMap(trait => trait.questions)
}

/** Answers to every question: this rating, and a comment if there is one. */
export function allAnswers(review: Pick<ReviewDetail, 'traits'>, rating: number, comment?: string) {
  return {
    answers: questionsOf(review).map(({ id }) => ({
      question_id: id,
      rating,
      ...(comment === undefined ? {} : { comment }),
    })),
  }
}

/** Writes a whole review and submits it. */
export async function write(rest: Rest, id: string, rating: number, comment?: string): Promise<ReviewDetail> {
  await act(rest, id, 'save', allAnswers(await readReview(rest, id), rating, comment))
  return act(rest, id, 'submit')
}

/** What an inbox holds about a review, newest first. */
export async function about(rest: Rest, id: string): Promise<InboxItem[]> {
  const page = done(await rest.get<NotificationPage>('/api/notifications?limit=100'), 200)
  return page.notifications.filter(({ data }) => data.review_id === id)
}

export function done<T>({ status, body }: Reply<T>, expected: number): T {
  expect(status, JSON.stringify(body)).toBe(expected)
  return body
}
