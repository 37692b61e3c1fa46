/**
 * Reviews of somebody who leaves. Those they were to write as a supervisor go to whoever takes over; nobody can take
 * over what somebody thinks of themselves or of a colleague.
 */
import type { Kysely } from 'kysely'
import { type Day, dayAt } from '../../../calendar.ts'
import type { Tables, Tx } from '../../../database.ts'
import type { Handover } from '../../../handover.ts'
import type { Organisation } from '../../../organisation.ts'
import type { ReviewTable } from '../tables.ts'
import { giveTo } from './giving.ts'

export function reviewHandover(people: Organisation, timeZone: string): Handover {
  return {
    kind: 'supervisor reviews',

    async count(db, userId) {
      const { count } = await toWriteAsSupervisor(db, userId)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async handOver(tx, caller, from, to) {
      const reviews = await tx.capabilities
        .lockRows(toWriteAsSupervisor(tx.db, from.id).selectAll().orderBy('id'))
        .execute()
      const today: Day = dayAt(tx.now, timeZone)
      for (const review of reviews) {
        const reviewer = (await canReview(tx, review, to.id))
          ? to.id
          : await another(tx, people, review, from.id)
        // Where there is nobody else it stays, until who manages reviews gives it to somebody.
        if (reviewer === undefined) continue
        const reviewee = await people.findPerson(tx.db, review.reviewee_id)
        if (!reviewee) throw new Error(`The review ${review.id} is of nobody`)
        const named = { ...review, reviewee_name: reviewee.name }
        await giveTo(tx, people, caller, named, reviewer, review.due_on, today)
      }
    },
  }
}

function toWriteAsSupervisor(db: Kysely<Tables>, userId: string) {
  return db
    .selectFrom('reviews')
    .where('reviewer_id', '=', userId)
    .where('kind', '=', 'supervisor')
    .where('status', 'in', ['pending', 'in_progress'])
}

/** Whether this person is not the one reviewed, and writes nothing else about them. */
async function canReview(tx: Tx, review: ReviewTable, userId: string): Promise<boolean> {
  if (userId === review.reviewee_id) return false
  const other = await tx.db
    .selectFrom('reviews')
    .select('id')
    .where('cycle_id', '=', review.cycle_id)
    .where('reviewee_id', '=', review.reviewee_id)
    .where('reviewer_id', '=', userId)
    .executeTakeFirst()
  return other === undefined
}

/** Who else decides about the work of the one reviewed. */
async function another(
  tx: Tx,
  people: Organisation,
  review: ReviewTable,
  leaverId: string,
): Promise<string | undefined> {
  for (const { id } of await people.approversOf(tx.db, review.reviewee_id, [leaverId])) {
    if (await canReview(tx, review, id)) return id
  }
  return undefined
}
