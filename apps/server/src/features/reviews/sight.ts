/**
 * Reviews as one caller sees them. Every query of reviews begins here, so that no list, count or filter tells anybody
 * of what they may not know.
 */
import type { Review, ReviewCycleStatus, ReviewStatus } from '@pms/contract'
import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Day } from '../../calendar.ts'
import type { Tables } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'
import { isKeeper, isNamed, isSeen, type Relation, reviewActions } from './policy.ts'
import { REMINDER } from './standing.ts'
import type { ReviewTable } from './tables.ts'

/** Who reads, and when. */
export interface Reader {
  db: Kysely<Tables>
  people: Organisation
  caller: Caller
  today: Day
}

/** Whose sight a query goes by. */
type Viewer = Pick<Reader, 'db' | 'people'> & { caller: { id: string } }

type Builder = ExpressionBuilder<Tables, 'reviews'>

/** Everything that a review is shown with. */
export type SeenReview = ReviewTable & {
  cycle_name: string
  cycle_status: ReviewCycleStatus
  period_start: string
  period_end: string
  reviewee_name: string
  reviewer_name: string
  shown_status: ReviewStatus
  is_supervisor: number
  is_chaser: number
}

/** All reviews of somebody: who writes them is not theirs to know, whatever else they may look into. */
export const reviewsAbout = (db: Kysely<Tables>, userId: string) =>
  db.selectFrom('reviews').where('reviewee_id', '=', userId).select('reviews.id')

/** Whether somebody is below the caller, or the caller stands in for who is above them. */
export function isInTeam(
  eb: { or(conditions: Expression<SqlBool>[]): Expression<SqlBool> },
  { db, people, caller }: Viewer,
  userId: Expression<string>,
): Expression<SqlBool> {
  return eb.or([
    sql<SqlBool>`${userId} in ${people.teamIds(db, caller.id)}`,
    sql<SqlBool>`${userId} in ${people.standInIds(db, caller.id)}`,
  ])
}

/** Whether they stand above the one reviewed, in the place of somebody who does, or write the supervisor review. */
export function isSupervisor(eb: Builder, reader: Viewer): Expression<SqlBool> {
  return eb.or([
    isInTeam(eb, reader, eb.ref('reviews.reviewee_id')),
    eb.exists(
      eb
        .selectFrom('reviews as above')
        .whereRef('above.cycle_id', '=', 'reviews.cycle_id')
        .whereRef('above.reviewee_id', '=', 'reviews.reviewee_id')
        .where('above.kind', '=', 'supervisor')
        .where('above.reviewer_id', '=', reader.caller.id)
        .select('above.id'),
    ),
  ])
}

function isChaser(eb: Builder, reader: Viewer): Expression<SqlBool> {
  return eb.and([
    eb('reviews.reminders', '=', REMINDER.escalated),
    isInTeam(eb, reader, eb.ref('reviews.reviewer_id')),
  ])
}

/** The same as `isSeen`, for many at once. */
export function seenBy(eb: Builder, reader: Reader): Expression<SqlBool> {
  const { caller } = reader
  return eb.or([
    eb('reviews.reviewer_id', '=', caller.id),
    eb.and([eb('reviews.reviewee_id', '=', caller.id), eb('reviews.kind', '=', 'supervisor')]),
    eb.and([
      eb('reviews.reviewee_id', '!=', caller.id),
      isKeeper(caller) ? eb.lit(true) : eb.or([isSupervisor(eb, reader), isChaser(eb, reader)]),
    ]),
  ])
}

/**
 * The state that the caller may know: of what somebody else writes about them not whether it was begun. Lists filter
 * by it, not by the true one.
 */
export function shownStatus(eb: Builder, { caller, today }: Reader) {
  return eb
    .case()
    .when('reviews.status', 'in', ['completed', 'closed'])
    .then(eb.ref('reviews.status'))
    .when('reviews.due_on', '<', today)
    .then(eb.val('overdue'))
    .when(eb.and([eb('reviews.reviewee_id', '=', caller.id), eb('reviews.reviewer_id', '!=', caller.id)]))
    .then(eb.val('pending'))
    .else(eb.ref('reviews.status'))
    .end()
    .$castTo<ReviewStatus>()
}

/** Rows as this reader sees them; which of them, `where` says. */
export async function findReviews(
  reader: Reader,
  where: (eb: Builder) => Expression<SqlBool>,
  page: { skip: number; limit: number } | null = null,
): Promise<SeenReview[]> {
  return (
    reader.db
      .selectFrom('reviews')
      .innerJoin('review_cycles', 'review_cycles.id', 'reviews.cycle_id')
      .innerJoin('users as reviewee', 'reviewee.id', 'reviews.reviewee_id')
      .innerJoin('users as reviewer', 'reviewer.id', 'reviews.reviewer_id')
      .where(eb => where(eb as unknown as Builder))
      .selectAll('reviews')
      .select([
        'review_cycles.name as cycle_name',
        'review_cycles.status as cycle_status',
        'review_cycles.period_start',
        'review_cycles.period_end',
        'reviewee.name as reviewee_name',
        'reviewer.name as reviewer_name',
      ])
      .select(eb => {
        const builder = eb as unknown as Builder
        return [
          shownStatus(builder, reader).as('shown_status'),
          flag(builder, isSupervisor(builder, reader)).as('is_supervisor'),
          flag(builder, isChaser(builder, reader)).as('is_chaser'),
        ]
      })
      .orderBy('reviews.created_at', 'desc')
      .orderBy('reviews.cycle_id', 'desc')
      .orderBy('reviews.reviewee_id')
      .orderBy(sql`case reviews.kind when 'self' then 0 when 'supervisor' then 1 else 2 end`)
      // Random, so that peers stand in no order that tells of them.
      .orderBy('reviews.id')
      .$if(page !== null, query => query.offset(page?.skip ?? 0).limit(page?.limit ?? 0))
      .execute()
  )
}

/** The one with this id; undefined when it is not there or not the caller's to see. */
export async function findReview(reader: Reader, id: string): Promise<SeenReview | undefined> {
  const [review] = await findReviews(reader, eb => eb.and([eb('reviews.id', '=', id), seenBy(eb, reader)]))
  if (review && !isSeen(relationOf(reader.caller, review), review.kind)) {
    throw new Error(`The review ${id} was found for ${reader.caller.id}, who may not see it`)
  }
  return review
}

export function relationOf(caller: Caller, review: SeenReview): Relation {
  const isReviewee = review.reviewee_id === caller.id
  return {
    isReviewer: review.reviewer_id === caller.id,
    isReviewee,
    isKeeper: !isReviewee && isKeeper(caller),
    isSupervisor: !isReviewee && review.is_supervisor === 1,
    isChaser: !isReviewee && review.is_chaser === 1,
  }
}

export function factsOf(review: SeenReview) {
  return { kind: review.kind, status: review.shown_status, cycleStatus: review.cycle_status }
}

/** The review as it is shown to the caller. */
export function toReview(caller: Caller, review: SeenReview): Review {
  const relation = relationOf(caller, review)
  return {
    id: review.id,
    kind: review.kind,
    status: review.shown_status,
    cycle: { id: review.cycle_id, name: review.cycle_name, status: review.cycle_status },
    reviewee: { id: review.reviewee_id, name: review.reviewee_name },
    reviewer: isNamed(relation, review.kind) ? { id: review.reviewer_id, name: review.reviewer_name } : null,
    due_on: review.due_on,
    submitted_at: review.submitted_at,
    allowed_actions: reviewActions(relation, factsOf(review)),
  }
}

function flag(eb: Builder, condition: Expression<SqlBool>) {
  return eb.case().when(condition).then(eb.lit(1)).else(eb.lit(0)).end()
}
