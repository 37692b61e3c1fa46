/** What is done with reviews: writing them, and by those who manage them having them written again or by others. */
import type { ReassignReviewBody, ReopenReviewBody, SaveAnswersBody, SubmitReviewBody } from '@pms/contract'
import { notify, resourceChanged } from '@pms/notifier'
import type { Caller } from '../../../auth/caller.ts'
import { type Day, dayAt } from '../../../calendar.ts'
import type { Tx } from '../../../database.ts'
import { conflict, invalidInput, unprocessable } from '../../../http/errors.ts'
import { checkDueDay } from '../details.ts'
import {
  A_PEER,
  peerReviewSubmitted,
  selfReviewSubmitted,
  supervisorReviewSubmitted,
} from '../notifications.ts'
import { factsOf, type Reader, type SeenReview } from '../sight.ts'
import { openReview, recordReview } from '../steps.ts'
import type { ReviewOptions } from './cycles.ts'
import { ask, askedAnew, giveTo, settle } from './giving.ts'
import { about } from './rounds.ts'

export type ReviewActions = ReturnType<typeof reviewActions>

/** The verbs. Each answers the id of the review; refusals are thrown as problems. */
export function reviewActions({ database, people, timeZone }: ReviewOptions) {
  const readerOf = (tx: Tx, caller: Caller): Reader => ({
    db: tx.db,
    people,
    caller,
    today: dayAt(tx.now, timeZone),
  })

  return {
    /** Saves a draft as it is typed: only the questions that it names, and of those only what it says. */
    saveAnswers: (caller: Caller, id: string, { answers, revision }: SaveAnswersBody): Promise<string> =>
      database.transaction(async tx => {
        const review = await openReview(tx, readerOf(tx, caller), id, 'save')
        assertUnchanged(review, revision)
        if (!(await writeAnswers(tx, review, answers))) return id
        const set = { status: 'in_progress', revision: review.revision + 1 } as const
        if (review.status === 'pending') {
          await recordReview(tx, people, caller, review, { event: 'started', set })
        } else {
          await tx.db.updateTable('reviews').set(set).where('id', '=', id).execute()
          resourceChanged(tx, 'review', id, [caller.id])
        }
        return id
      }),

    submitReview: (caller: Caller, id: string, { revision }: SubmitReviewBody): Promise<string> =>
      database.transaction(async tx => {
        const review = await openReview(tx, readerOf(tx, caller), id, 'submit')
        assertUnchanged(review, revision)
        await assertAnswered(tx, review)
        const readers = await readersOf(tx, review)
        await recordReview(tx, people, caller, review, {
          event: 'submitted',
          set: { status: 'completed', submitted_at: tx.now, is_asked: 0 },
          tell: readers,
        })
        settle(tx, review, caller)
        const definition = {
          self: selfReviewSubmitted,
          peer: peerReviewSubmitted,
          supervisor: supervisorReviewSubmitted,
        }[review.kind]
        notify(tx, definition, {
          // The engine leaves out the actor; of a peer it is not told who that is.
          to: readers.filter(userId => userId !== caller.id),
          actor: review.kind === 'peer' ? A_PEER : caller,
          ...about(review, review.reviewee_name),
        })
        return id
      }),

    /** Its writer has it back, answers and all; nobody else reads them until it is submitted again. */
    reopenReview: (caller: Caller, id: string, body: ReopenReviewBody): Promise<string> =>
      database.transaction(async tx => {
        const reader = readerOf(tx, caller)
        const review = await openReview(tx, reader, id, 'reopen')
        const asked = askedAnew(tx, dueDay(review, body.due_on, reader.today), reader.today)
        await recordReview(tx, people, caller, review, {
          event: 'reopened',
          set: { ...asked, status: 'in_progress', submitted_at: null },
          // Not the one it is about: they hear nothing of what others draft about them.
          tell: review.kind === 'supervisor' ? [] : await readersOf(tx, review),
        })
        ask(tx, caller, { ...review, ...asked })
        return id
      }),

    reassignReview: (caller: Caller, id: string, body: ReassignReviewBody): Promise<string> =>
      database.transaction(async tx => {
        const reader = readerOf(tx, caller)
        const review = await openReview(tx, reader, id, 'reassign')
        await assertCanReview(tx, reader, review, body.reviewer_id)
        const dueOn = dueDay(review, body.due_on, reader.today)
        await giveTo(tx, people, caller, review, body.reviewer_id, dueOn, reader.today)
        return id
      }),
  }

  /** @throws 422 unless this person could write it */
  async function assertCanReview(
    tx: Tx,
    { people }: Reader,
    review: SeenReview,
    reviewerId: string,
  ): Promise<void> {
    const refuse = (why: string) => unprocessable('reviewer_id', `reviewer_id ${why}`)
    const person = await people.findPerson(tx.db, reviewerId)
    if (!person) throw refuse('is nobody in this organisation')
    if (person.status !== 'active') throw refuse('is not active and could not write it')
    if (reviewerId === review.reviewee_id)
      throw refuse('is who is reviewed: nobody writes this about themselves')
    const taken = await tx.db
      .selectFrom('reviews')
      .select('id')
      .where('cycle_id', '=', review.cycle_id)
      .where('reviewee_id', '=', review.reviewee_id)
      .where('reviewer_id', '=', reviewerId)
      .executeTakeFirst()
    if (taken) throw refuse('reviews this person already')
    if (review.kind === 'peer' && (await people.isAbove(tx.db, reviewerId, review.reviewee_id))) {
      throw refuse('stands above who is reviewed, and is no peer')
    }
  }
}

function assertUnchanged(review: SeenReview, revision: number | undefined): void {
  if (revision === undefined || revision === review.revision) return
  throw conflict('This review was saved somewhere else since you read it. Read it again before you go on', {
    code: 'edited_elsewhere',
    currentStatus: factsOf(review).status,
  })
}

/** @returns whether anything is different now */
async function writeAnswers(
  tx: Tx,
  review: SeenReview,
  answers: SaveAnswersBody['answers'],
): Promise<boolean> {
  const questions = await tx.db
    .selectFrom('review_questions')
    .select('id')
    .where('cycle_id', '=', review.cycle_id)
    .execute()
  const known = new Set(questions.map(question => question.id))
  const stored = await tx.db
    .selectFrom('review_answers')
    .selectAll()
    .where('review_id', '=', review.id)
    .execute()
  const before = new Map(stored.map(answer => [answer.question_id, answer]))
  let isChanged = false
  for (const [index, { question_id, rating, comment }] of answers.entries()) {
    if (!known.has(question_id)) {
      const field = `answers.${index}.question_id`
      throw unprocessable(field, `${field} is no question of this review`)
    }
    const old = before.get(question_id) ?? { rating: null, comment: null }
    const said = {
      rating: rating === undefined ? old.rating : rating,
      comment: comment === undefined ? old.comment : comment === '' ? null : comment,
    }
    if (said.rating === old.rating && said.comment === old.comment) continue
    const answer = { review_id: review.id, question_id, ...said }
    await tx.db
      .insertInto('review_answers')
      .values(answer)
      .onConflict(conflict => conflict.columns(['review_id', 'question_id']).doUpdateSet(said))
      .execute()
    before.set(question_id, answer)
    isChanged = true
  }
  return isChanged
}

/** @throws 422 that names each question without a rating that needs one */
async function assertAnswered(tx: Tx, review: SeenReview): Promise<void> {
  const missing = await tx.db
    .selectFrom('review_questions')
    .leftJoin('review_answers', join =>
      join
        .onRef('review_answers.question_id', '=', 'review_questions.id')
        .on('review_answers.review_id', '=', review.id),
    )
    .select(['review_questions.id', 'review_questions.text'])
    .where('review_questions.cycle_id', '=', review.cycle_id)
    .where('is_required', '=', 1)
    .where('rating', 'is', null)
    .orderBy('position')
    .execute()
  if (missing.length === 0) return
  throw invalidInput(
    missing.map(({ id, text }) => ({ field: `answers.${id}`, message: `“${text}” needs a rating` })),
  )
}

/** Who is told that it was submitted: of a supervisor review the one reviewed, of the others who writes that one. */
async function readersOf(tx: Tx, review: SeenReview): Promise<string[]> {
  if (review.kind === 'supervisor') return [review.reviewee_id]
  const supervisors = await tx.db
    .selectFrom('reviews')
    .select('reviewer_id')
    .where('cycle_id', '=', review.cycle_id)
    .where('reviewee_id', '=', review.reviewee_id)
    .where('kind', '=', 'supervisor')
    .execute()
  return supervisors.map(supervisor => supervisor.reviewer_id)
}

/** The day that a body names, or as it was. @throws 422 when it has passed */
function dueDay(review: SeenReview, dueOn: Day | undefined, today: Day): Day {
  if (dueOn !== undefined) checkDueDay('due_on', dueOn, today)
  return dueOn ?? review.due_on
}
