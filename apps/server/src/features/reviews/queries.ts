/** Reading reviews, as the caller may see them; and what a caller has to write. */
import type { ReviewAnswer, ReviewDetail, ReviewEvent, ReviewPage, ReviewQuery } from '@pms/contract'
import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { Tables } from '../../database.ts'
import { pageOf } from '../../paging.ts'
import { readTraits } from './details.ts'
import { isRead } from './policy.ts'
import {
  findReview,
  findReviews,
  isInTeam,
  type Reader,
  relationOf,
  seenBy,
  shownStatus,
  toReview,
} from './sight.ts'

type Builder = ExpressionBuilder<Tables, 'reviews'>

/** Reviews that this query selects among those the caller may see, newest first. */
export async function listReviews(reader: Reader, query: ReviewQuery): Promise<ReviewPage> {
  const where = (eb: Builder) => eb.and([seenBy(eb, reader), ...conditions(eb, reader, query)])
  const { total } = await reader.db
    .selectFrom('reviews')
    .where(where)
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await findReviews(reader, where, query)
  return pageOf(
    rows.map(row => toReview(reader.caller, row)),
    total,
    query.skip,
  )
}

function conditions(eb: Builder, reader: Reader, query: ReviewQuery): Expression<SqlBool>[] {
  const { caller } = reader
  const chosen: Expression<SqlBool>[] = []
  if (query.scope === 'mine') chosen.push(eb('reviews.reviewer_id', '=', caller.id))
  if (query.scope === 'about_me') chosen.push(eb('reviews.reviewee_id', '=', caller.id))
  if (query.scope === 'team') chosen.push(isInTeam(eb, reader, eb.ref('reviews.reviewee_id')))
  if (query.status) chosen.push(eb(shownStatus(eb, reader), '=', query.status))
  if (query.kind) chosen.push(eb('reviews.kind', '=', query.kind))
  if (query.cycle_id) chosen.push(eb('reviews.cycle_id', '=', query.cycle_id))
  if (query.reviewee_id) chosen.push(eb('reviews.reviewee_id', '=', query.reviewee_id))
  return chosen
}

/** What awaits the caller's pen. */
export async function reviewsToWrite(reader: Reader) {
  return findReviews(reader, eb =>
    eb.and([
      eb('reviews.reviewer_id', '=', reader.caller.id),
      eb('reviews.status', 'in', ['pending', 'in_progress']),
    ]),
  )
}

/** One review with its questions and, to whom it may be read, its answers; undefined when it is not to be seen. */
export async function reviewDetail(reader: Reader, id: string): Promise<ReviewDetail | undefined> {
  const review = await findReview(reader, id)
  if (!review) return undefined
  const relation = relationOf(reader.caller, review)
  return {
    ...toReview(reader.caller, review),
    period_start: review.period_start,
    period_end: review.period_end,
    traits: await readTraits(reader.db, review.cycle_id),
    answers: isRead(relation, review.shown_status) ? await readAnswers(reader.db, id) : null,
    revision: relation.isReviewer ? review.revision : null,
    history: relation.isKeeper ? await readHistory(reader.db, id) : null,
  }
}

function readAnswers(db: Kysely<Tables>, reviewId: string): Promise<ReviewAnswer[]> {
  return db
    .selectFrom('review_answers')
    .innerJoin('review_questions', 'review_questions.id', 'review_answers.question_id')
    .select(['question_id', 'rating', 'comment'])
    .where('review_id', '=', reviewId)
    .orderBy('position')
    .execute()
}

async function readHistory(db: Kysely<Tables>, reviewId: string): Promise<ReviewEvent[]> {
  const rows = await db
    .selectFrom('review_events')
    .innerJoin('users', 'users.id', 'review_events.actor_id')
    .select(['review_events.id', 'event', 'actor_id', 'users.name', 'review_events.created_at'])
    .where('review_id', '=', reviewId)
    .orderBy('review_events.id')
    .execute()
  return rows.map(({ id, event, actor_id, name, created_at }) => ({
    id,
    // Those of a review alone: what happens to its cycle has no review.
    event: event as ReviewEvent['event'],
    actor: { id: actor_id, name },
    created_at,
  }))
}
