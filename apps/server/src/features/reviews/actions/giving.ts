/** Asking somebody to write a review that exists: the same one again, or somebody else. Each is a new event. */
import { type Actor, notify, resolve } from '@pms/notifier'
import type { Day } from '../../../calendar.ts'
import type { Tx } from '../../../database.ts'
import type { Organisation } from '../../../organisation.ts'
import { A_PEER, reviewAssigned } from '../notifications.ts'
import { remindersAtFirst } from '../standing.ts'
import { recordReview } from '../steps.ts'
import type { ReviewTable } from '../tables.ts'
import { about } from './rounds.ts'

/** A review with the name of who is reviewed. */
type Named = ReviewTable & { reviewee_name: string }

/** What changes when its writer is asked anew. */
export function askedAnew(tx: Tx, dueOn: Day, today: Day) {
  return { due_on: dueOn, reminders: remindersAtFirst(dueOn, today), is_asked: 1, asked_at: tx.now }
}

export function ask(tx: Tx, actor: Actor, review: Named): void {
  notify(tx, reviewAssigned, { to: review.reviewer_id, actor, ...about(review, review.reviewee_name) })
}

/** Somebody else writes it, from the beginning: what was drafted is nobody's to read. */
export async function giveTo(
  tx: Tx,
  people: Organisation,
  actor: Actor,
  review: Named,
  reviewerId: string,
  dueOn: Day,
  today: Day,
): Promise<void> {
  const set = {
    ...askedAnew(tx, dueOn, today),
    reviewer_id: reviewerId,
    status: 'pending',
    revision: 0,
  } as const
  await tx.db.deleteFrom('review_answers').where('review_id', '=', review.id).execute()
  await recordReview(tx, people, actor, review, { event: 'reassigned', set, tell: [review.reviewer_id] })
  settle(tx, review, actor)
  ask(tx, actor, { ...review, ...set })
}

/** Nobody is asked for it any more. Others than its writer are not told the name of a peer. */
export function settle(tx: Tx, review: ReviewTable, by: Actor): void {
  const object = { type: 'review', id: review.id }
  resolve(tx, object, by, [review.reviewer_id])
  resolve(tx, object, review.kind === 'peer' && by.id === review.reviewer_id ? A_PEER : by)
}
