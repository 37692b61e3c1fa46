/** Review cycles and reviews made by REST, where a test is about something else than the form. */
import type { Review, ReviewCycleDetail, ReviewDetail, ReviewPage } from '../../../apps/contract/src/index.ts'
import type { Person, Reply, Rest, TestServer } from '../../../apps/server/src/testing/index.ts'
import { dayIn } from './initiatives.ts'
import { PASSWORD, type People } from './stage.ts'

const TRAITS = [
  { name: 'Teamwork', questions: [{ text: 'Shares what they know' }, { text: 'Helps others' }] },
  {
    name: 'Delivery',
    questions: [{ text: 'Keeps their word' }, { text: 'Anything else', required: false }],
  },
]

const cycleBody = (name: string) => ({
  name,
  period_start: dayIn(-150),
  period_end: dayIn(10),
  deadline: dayIn(12),
  traits: TRAITS,
})

/** Beside John, Jane and Mary: Hana who is HR, and two colleagues of John's. */
export async function addReviewers(server: TestServer, { jane }: People) {
  const hana = await server.addPerson('Hana Sato', { role: 'hr', password: PASSWORD })
  const paul = await server.addPerson('Paul Mensah', { supervisor: jane, password: PASSWORD })
  const lena = await server.addPerson('Lena Brandt', { supervisor: jane, password: PASSWORD })
  return { hana, paul, lena }
}

/** A draft in which these people are reviewed, each by these peers. */
export async function prepareCycle(
  server: TestServer,
  by: Person,
  name: string,
  participants: ReadonlyMap<Person, readonly Person[]>,
): Promise<string> {
  const rest = await server.as(by)
  const user_ids = [...participants.keys()].map(person => person.id)
  const body = { ...cycleBody(name), audience: { scope: 'people', user_ids } }
  const { id } = done(await rest.post<ReviewCycleDetail>('/api/review-cycles', body))
  for (const [person, peers] of participants) {
    const peer_ids = peers.map(peer => peer.id)
    done(await rest.put(`/api/review-cycles/${id}/participants/${person.id}/peers`, { peer_ids }))
  }
  return id
}

/** Does something to a cycle: `activate`, `complete`, `cancel` with a reason. */
export async function actCycle(server: TestServer, by: Person, id: string, action: string, body = {}) {
  const rest = await server.as(by)
  done(await rest.put(`/api/review-cycles/${id}/${action}`, body))
}

/** The review that somebody writes about somebody in a cycle. */
export async function reviewOf(server: TestServer, by: Person, of: Person, cycleId: string): Promise<string> {
  const rest = await server.as(by)
  const query = `scope=mine&cycle_id=${cycleId}&reviewee_id=${of.id}`
  const { items } = done(await rest.get<ReviewPage>(`/api/reviews?${query}`))
  const [review] = items
  if (!review) throw new Error(`${by.name} writes no review of ${of.name}`)
  return review.id
}

/** Saves a draft: a rating for each question in their order, and a comment to the first. */
export async function draftReview(rest: Rest, id: string, ratings: readonly number[], comment: string) {
  const review = done(await rest.get<ReviewDetail>(`/api/reviews/${id}`))
  const questions = review.traits.flatMap(trait => trait.questions)
  const answers = ratings.map((rating, index) => ({
    question_id: questions[index]?.id,
    rating,
    ...(index === 0 ? { comment } : {}),
  }))
  done(await rest.put(`/api/reviews/${id}/answers`, { answers }))
}

/** Writes a whole review and submits it. */
export async function writeReview(
  server: TestServer,
  by: Person,
  of: Person,
  cycleId: string,
  ratings: readonly number[],
  comment: string,
): Promise<Review> {
  const rest = await server.as(by)
  const id = await reviewOf(server, by, of, cycleId)
  await draftReview(rest, id, ratings, comment)
  return done(await rest.put<Review>(`/api/reviews/${id}/submit`, {}))
}

function done<T>({ status, body }: Reply<T>): T {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}
