/**
 * What time says of reviews: that they are due soon, and that they are late. What a reviewer was told is kept with the
 * review, for the day on which it is due: another run tells nothing again, a late one only what still makes sense.
 */
import { notify } from '@pms/notifier'
import { type Day, dayAt } from '../../../calendar.ts'
import type { AppDatabase, Tx } from '../../../database.ts'
import type { Job } from '../../../jobs/job.ts'
import type { Organisation } from '../../../organisation.ts'
import {
  A_PEER,
  reviewDueSoon,
  reviewDueTomorrow,
  reviewOverdue,
  reviewOverdueToSupervisor,
} from '../notifications.ts'
import { isSupervisor } from '../sight.ts'
import { lastDueDays, REMINDER, remindersDue } from '../standing.ts'
import type { ReviewTable } from '../tables.ts'
import { tellOfReview } from '../telling.ts'
import { about } from './rounds.ts'

/** So many a transaction: each tells its reviewer and at most those who answer for them. */
const AT_ONCE = 50

export function remindersJob(database: AppDatabase, people: Organisation, timeZone: string): Job {
  return {
    name: 'review-reminders',
    schedule: '*/5 * * * *',
    async run(now, signal) {
      const today = dayAt(now, timeZone)
      let isDone = false
      while (!isDone && !signal.aborted) {
        isDone = await database.transaction(tx => remindSome(tx, people, today))
      }
    },
  }
}

/** @returns whether that was all */
async function remindSome(tx: Tx, people: Organisation, today: Day): Promise<boolean> {
  const reviews = await tx.capabilities
    .lockRows(
      tx.db
        .selectFrom('reviews')
        .selectAll()
        .where('status', 'in', ['pending', 'in_progress'])
        .where(({ eb, and, or }) =>
          or(
            lastDueDays(today).map(([reminder, lastDueOn]) =>
              and([eb('reminders', '<', reminder), eb('due_on', '<=', lastDueOn)]),
            ),
          ),
        )
        .orderBy('id')
        .limit(AT_ONCE),
    )
    .execute()
  for (const review of reviews) await remind(tx, people, review, today)
  return reviews.length < AT_ONCE
}

async function remind(tx: Tx, people: Organisation, review: ReviewTable, today: Day): Promise<void> {
  const due = remindersDue(review.due_on, today)
  await tx.db.updateTable('reviews').set({ reminders: due }).where('id', '=', review.id).execute()
  const reviewee = await nameOf(tx, review.reviewee_id)
  const to = { to: review.reviewer_id, actor: null, ...about(review, reviewee) }
  if (due === REMINDER.soon) notify(tx, reviewDueSoon, to)
  if (due === REMINDER.tomorrow) notify(tx, reviewDueTomorrow, to)
  if (due >= REMINDER.overdue && review.reminders < REMINDER.overdue) {
    notify(tx, reviewOverdue, to)
    await tellOfReview(tx, people, review)
  }
  if (due === REMINDER.escalated) await escalate(tx, people, review, reviewee)
}

/**
 * Tells whoever answers for the reviewer. Never the one reviewed, be they the reviewer's own supervisor; and those who
 * read what peers write about somebody below them are not told by this which peer it is.
 */
async function escalate(tx: Tx, people: Organisation, review: ReviewTable, reviewee: string): Promise<void> {
  const reviewer = await nameOf(tx, review.reviewer_id)
  const except = review.kind === 'self' ? [] : [review.reviewee_id]
  const chasers = await people.approversOf(tx.db, review.reviewer_id, except)
  for (const { id } of chasers) {
    const readsPeers = review.kind === 'peer' && (await isReader(tx, people, review, id))
    const { words, ...rest } = about(review, reviewee)
    notify(tx, reviewOverdueToSupervisor, {
      to: id,
      actor: null,
      ...rest,
      words: { ...words, reviewer: readsPeers ? A_PEER.name : reviewer },
    })
  }
}

/** Whether this person reads what is written about the one reviewed, and is not told the names of peers. */
async function isReader(tx: Tx, people: Organisation, review: ReviewTable, userId: string): Promise<boolean> {
  const found = await tx.db
    .selectFrom('reviews')
    .select('id')
    .where('id', '=', review.id)
    .where(eb => isSupervisor(eb, { db: tx.db, people, caller: { id: userId } }))
    .executeTakeFirst()
  return found !== undefined
}

async function nameOf(tx: Tx, userId: string): Promise<string> {
  const { name } = await tx.db
    .selectFrom('users')
    .select('name')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  return name
}
