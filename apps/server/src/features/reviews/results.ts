/**
 * What came of a person's reviews, by trait.
 *
 * Whom they are about reads them once the cycle is completed, not while others still write: who looks before and after
 * a review comes in learns from the difference what its writer said. Of peers they learn only what two or more said
 * together; what one said alone is left out of every number that they are shown, so that none can be reckoned back.
 */
import { REVIEW_WEIGHTS, type ReviewKind, type ReviewResults } from '@pms/contract'
import { conflict, notFound } from '../../http/errors.ts'
import { audienceOf } from './audience.ts'
import { findCycle } from './cycle-queries.ts'
import { readTraits } from './details.ts'
import { isKeeper } from './policy.ts'
import { isSupervisor, type Reader } from './sight.ts'
import type { ReviewCycleTable } from './tables.ts'

const MIN_PEERS = 2

interface Answer {
  question_id: string
  kind: ReviewKind
  rating: number | null
  comment: string | null
}

/** @throws 404 when there is nothing for the caller to see, 409 when it is theirs, but not yet */
export async function reviewResults(reader: Reader, cycleId: string, userId: string): Promise<ReviewResults> {
  const cycle = await findCycle(reader, cycleId)
  if (!cycle) throw notFound('review cycle')
  const isSelf = userId === reader.caller.id
  if (isSelf ? cycle.activated_at === null : !(await isReader(reader, cycle, userId)))
    throw notFound('result')
  const { db, people } = reader
  const user = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', '=', userId)
    .where('id', 'in', audienceOf(db, people, cycle))
    .executeTakeFirst()
  if (!user) throw notFound('result')
  if (isSelf && cycle.status !== 'completed') {
    throw conflict('You can read your results once the review cycle is completed', {
      currentStatus: cycle.status,
    })
  }

  const submitted = db
    .selectFrom('reviews')
    .where('reviews.cycle_id', '=', cycleId)
    .where('reviews.reviewee_id', '=', userId)
    .where('reviews.status', '=', 'completed')
  const peers = await submitted.where('kind', '=', 'peer').select('reviews.id').execute()
  const answers = await submitted
    .innerJoin('review_answers', 'review_answers.review_id', 'reviews.id')
    .select(['question_id', 'kind', 'rating', 'comment'])
    .execute()
  const minPeers = isSelf ? MIN_PEERS : 1
  const byQuestion = Map.groupBy(answers, answer => answer.question_id)
  const traits = (await readTraits(db, cycleId)).map(({ name, questions }) => {
    const asked = questions.map(question => ({
      ...question,
      ...answersTo(byQuestion.get(question.id) ?? [], minPeers, peers.length),
    }))
    const parts = {
      self: mean(asked.map(question => question.self?.rating ?? null)),
      peers: mean(asked.map(question => question.peers?.average ?? null)),
      supervisor: mean(asked.map(question => question.supervisor?.rating ?? null)),
    }
    return { name, ...parts, overall: weighted(parts), questions: asked }
  })
  return {
    cycle: { id: cycle.id, name: cycle.name, status: cycle.status },
    user,
    peers_submitted: isSelf ? null : peers.length,
    overall: rounded(mean(traits.map(trait => trait.overall))),
    traits: traits.map(trait => ({
      ...trait,
      self: rounded(trait.self),
      peers: rounded(trait.peers),
      supervisor: rounded(trait.supervisor),
      overall: rounded(trait.overall),
      questions: trait.questions.map(question => ({
        ...question,
        peers: question.peers && { ...question.peers, average: rounded(question.peers.average) },
      })),
    })),
  }
}

/** Who manages reviews, or reads those of this person as their supervisor. */
async function isReader(reader: Reader, cycle: ReviewCycleTable, userId: string): Promise<boolean> {
  if (isKeeper(reader.caller)) return true
  const review = await reader.db
    .selectFrom('reviews')
    .select('id')
    .where('cycle_id', '=', cycle.id)
    .where('reviewee_id', '=', userId)
    .where(eb => isSupervisor(eb, reader))
    .limit(1)
    .executeTakeFirst()
  return review !== undefined
}

function answersTo(answers: readonly Answer[], minPeers: number, peersSubmitted: number) {
  const single = (kind: ReviewKind) => {
    const answer = answers.find(each => each.kind === kind)
    return answer ? { rating: answer.rating, comment: answer.comment } : null
  }
  const ofPeers = answers.filter(answer => answer.kind === 'peer')
  const ratings = ofPeers.map(answer => answer.rating).filter(rating => rating !== null)
  // In the order of the alphabet: in any other it could be told which comments are by the same hand.
  const comments = ofPeers
    .map(answer => answer.comment)
    .filter(comment => comment !== null)
    .sort()
  return {
    self: single('self'),
    supervisor: single('supervisor'),
    peers:
      peersSubmitted >= minPeers
        ? { average: ratings.length >= minPeers ? mean(ratings) : null, comments }
        : null,
  }
}

type Parts = Record<keyof typeof REVIEW_WEIGHTS, number | null>

/** Each part by its weight; of a part that is missing the others take over the weight in proportion. */
function weighted(parts: Parts): number | null {
  let sum = 0
  let weights = 0
  for (const part of Object.keys(REVIEW_WEIGHTS) as (keyof Parts)[]) {
    const score = parts[part]
    if (score === null) continue
    sum += REVIEW_WEIGHTS[part] * score
    weights += REVIEW_WEIGHTS[part]
  }
  return weights === 0 ? null : sum / weights
}

function mean(values: readonly (number | null)[]): number | null {
  const there = values.filter(value => value !== null)
  return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0) / there.length
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100
}
