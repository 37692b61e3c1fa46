/**
 * Whose open pages show a cycle or a review. Only the id is told; and the one reviewed hears nothing of what happens to
 * what others write about them, however much they may see of the reviews of everybody else.
 */
import { resourceChanged } from '@pms/notifier'
import type { Tx } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'
import { audienceOf } from './audience.ts'
import type { ReviewCycleTable, ReviewTable } from './tables.ts'

/** Those who read what is written about somebody, or see how far it is: above them, in the place of such, or of HR. */
async function onlookersOf(tx: Tx, people: Organisation, revieweeId: string): Promise<string[]> {
  const deciders = await people.approversOf(tx.db, revieweeId)
  const all = [
    ...deciders.map(person => person.id),
    ...(await people.aboveIds(tx.db, [revieweeId])),
    ...(await people.holdersOf(tx.db, 'reviews.manage')),
  ]
  return all.filter(id => id !== revieweeId)
}

/** @param also who else: the one reviewed only where they may know */
export async function tellOfReview(
  tx: Tx,
  people: Organisation,
  review: Pick<ReviewTable, 'id' | 'cycle_id' | 'reviewee_id' | 'reviewer_id'>,
  also: readonly string[] = [],
): Promise<void> {
  const onlookers = await onlookersOf(tx, people, review.reviewee_id)
  resourceChanged(tx, 'review', review.id, [review.reviewer_id, ...onlookers, ...also])
}

/** Something about a cycle changed: for those who run cycles, and for those who know of this one. */
export async function tellOfCycle(
  tx: Tx,
  people: Organisation,
  cycle: ReviewCycleTable,
  also: readonly string[],
): Promise<void> {
  const audience = audienceOf(tx.db, people, cycle)
  const reviewers = await tx.db
    .selectFrom('reviews')
    .select('reviewer_id')
    .distinct()
    .where('cycle_id', '=', cycle.id)
    .execute()
  const reviewed = cycle.activated_at === null ? [] : await audience.execute()
  resourceChanged(tx, 'review_cycle', cycle.id, [
    ...also,
    ...(await people.holdersOf(tx.db, 'reviews.manage')),
    ...(await people.aboveIds(tx.db, audience.$asScalar())),
    ...reviewed.map(person => person.id),
    ...reviewers.map(({ reviewer_id }) => reviewer_id),
  ])
}

/** These reviews were given out: for those who are reviewed, those who write, those above, and those who run cycles. */
export async function tellOfParts(
  tx: Tx,
  people: Organisation,
  cycleId: string,
  reviews: readonly Pick<ReviewTable, 'reviewee_id' | 'reviewer_id'>[],
): Promise<void> {
  const reviewees = [...new Set(reviews.map(review => review.reviewee_id))]
  resourceChanged(tx, 'review_cycle', cycleId, [
    ...reviewees,
    ...reviews.map(review => review.reviewer_id),
    ...(await people.aboveIds(tx.db, reviewees)),
    ...(await people.holdersOf(tx.db, 'reviews.manage')),
  ])
}

/** The peers of somebody were chosen, which is told to those who see them. */
export async function tellOfPeers(
  tx: Tx,
  people: Organisation,
  cycleId: string,
  revieweeId: string,
): Promise<void> {
  resourceChanged(tx, 'review_cycle', cycleId, await onlookersOf(tx, people, revieweeId))
}
