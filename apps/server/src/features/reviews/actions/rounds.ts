/**
 * What the beginning and the end of a cycle mean for each of its reviews: asking all reviewers, and letting off those
 * who did not get to it. Of a large cycle that is done in parts, each a transaction that goes on where the one before
 * stopped; a job finishes what a crash interrupted.
 */
import { randomUUID } from 'node:crypto'
import type { PersonRef, ReviewKind } from '@pms/contract'
import { type Actor, notify, resolve, resourceChanged } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import { type Day, dayAt, dayInWords } from '../../../calendar.ts'
import type { AppDatabase, Tx } from '../../../database.ts'
import type { Job } from '../../../jobs/job.ts'
import type { Organisation } from '../../../organisation.ts'
import { REVIEWED } from '../details.ts'
import { reviewAssigned } from '../notifications.ts'
import { remindersAtFirst } from '../standing.ts'
import { lockCycle } from '../steps.ts'
import type { ReviewCycleTable, ReviewTable } from '../tables.ts'
import { tellOfParts } from '../telling.ts'

/** With at most ten peers, themselves and a supervisor these are fewer than 200 reviewers: that many inboxes at once. */
const PARTICIPANTS_AT_ONCE = 16
const REVIEWS_AT_ONCE = 100

/** Goes on with cycles that began or ended: to be nudged when there is more than one transaction takes. */
export const ROUNDS_JOB = 'review-rounds'

export function roundsJob(database: AppDatabase, people: Organisation, timeZone: string): Job {
  return {
    name: ROUNDS_JOB,
    schedule: '* * * * *',
    async run(_now, signal) {
      for (const { id } of await unfinished(database)) {
        let isDone = false
        while (!isDone && !signal.aborted) {
          isDone = await database.transaction(async tx => {
            const cycle = await lockCycle(tx, id)
            if (!cycle) throw new Error(`The review cycle ${id} is gone`)
            return cycle.status === 'active'
              ? assignSome(tx, people, cycle, dayAt(tx.now, timeZone))
              : letOffSome(tx, cycle)
          })
        }
      }
    },
  }
}

/** Cycles of which something is left to do. */
function unfinished({ db }: AppDatabase): Promise<{ id: string }[]> {
  return db
    .selectFrom('review_cycles')
    .select('review_cycles.id')
    .where(({ eb, and, or, exists, selectFrom }) =>
      or([
        and([
          eb('review_cycles.status', '=', 'active'),
          exists(
            selectFrom('review_participants')
              .whereRef('review_participants.cycle_id', '=', 'review_cycles.id')
              .where('assigned_at', 'is', null)
              .select('user_id'),
          ),
        ]),
        and([
          eb('review_cycles.ended_at', 'is not', null),
          exists(
            selectFrom('reviews')
              .whereRef('reviews.cycle_id', '=', 'review_cycles.id')
              .where('reviews.status', '=', 'closed')
              .where('is_asked', '=', 1)
              .select('reviews.id'),
          ),
        ]),
      ]),
    )
    .execute()
}

/**
 * Gives out the reviews of the next participants, holding the cycle.
 * @returns whether that was all
 */
export async function assignSome(
  tx: Tx,
  people: Organisation,
  cycle: ReviewCycleTable,
  today: Day,
): Promise<boolean> {
  const actor = await actorOf(tx, cycle.activated_by_id)
  const participants = await tx.db
    .selectFrom('review_participants')
    .innerJoin('users', 'users.id', 'review_participants.user_id')
    .select(['users.id', 'users.name', 'users.supervisor_id'])
    .where('cycle_id', '=', cycle.id)
    .where('assigned_at', 'is', null)
    .orderBy('users.id')
    .limit(PARTICIPANTS_AT_ONCE)
    .execute()
  const reviews: ReviewTable[] = []
  for (const person of participants) {
    const given = await reviewersOf(tx, people, cycle, person)
    const rows = given.map(([kind, reviewerId]) => newReview(tx, cycle, person.id, kind, reviewerId, today))
    for (const review of rows) {
      notify(tx, reviewAssigned, { to: review.reviewer_id, actor, ...about(review, person.name) })
      resourceChanged(tx, 'review', review.id, [review.reviewer_id])
    }
    reviews.push(...rows)
  }
  if (reviews.length > 0) {
    await tx.db.insertInto('reviews').values(reviews).execute()
    await tx.db
      .insertInto('review_events')
      .values(
        reviews.map(review => ({
          id: newId(),
          cycle_id: cycle.id,
          review_id: review.id,
          event: 'assigned' as const,
          actor_id: actor.id,
          from_status: null,
          to_status: review.status,
          created_at: tx.now,
        })),
      )
      .execute()
    await tx.db
      .updateTable('review_participants')
      .set({ assigned_at: tx.now })
      .where('cycle_id', '=', cycle.id)
      .where(
        'user_id',
        'in',
        participants.map(person => person.id),
      )
      .execute()
    await tellOfParts(tx, people, cycle.id, reviews)
  }
  return participants.length < PARTICIPANTS_AT_ONCE
}

/**
 * Settles what reviewers were asked whose reviews the end of the cycle closed, holding the cycle.
 * @returns whether that was all
 */
export async function letOffSome(tx: Tx, cycle: ReviewCycleTable): Promise<boolean> {
  const actor = await actorOf(tx, cycle.ended_by_id)
  const reviews = await tx.db
    .selectFrom('reviews')
    .select(['id', 'reviewer_id'])
    .where('cycle_id', '=', cycle.id)
    .where('status', '=', 'closed')
    .where('is_asked', '=', 1)
    .orderBy('id')
    .limit(REVIEWS_AT_ONCE)
    .execute()
  for (const { id, reviewer_id } of reviews) {
    resolve(tx, { type: 'review', id }, actor)
    resourceChanged(tx, 'review', id, [reviewer_id])
  }
  if (reviews.length > 0) {
    await tx.db
      .updateTable('reviews')
      .set({ is_asked: 0 })
      .where(
        'id',
        'in',
        reviews.map(review => review.id),
      )
      .execute()
  }
  return reviews.length < REVIEWS_AT_ONCE
}

/** What every notification about a review says of it. */
export function about(review: ReviewTable, revieweeName: string) {
  return {
    data: { review_id: review.id, cycle_id: review.cycle_id },
    words: { kind: review.kind, name: revieweeName, due: dayInWords(review.due_on) },
    object: { type: 'review', id: review.id },
  }
}

/** Who writes about a person: they themselves, who decides about their work, and the peers that were chosen. */
async function reviewersOf(
  tx: Tx,
  people: Organisation,
  cycle: ReviewCycleTable,
  person: PersonRef & { supervisor_id: string | null },
): Promise<[ReviewKind, string][]> {
  // Who has no supervisor has no supervisor review. Where nobody above can write, it goes where all else goes that
  // cannot wait for them; who manages reviews can give it to somebody else.
  const hasSupervisor = person.supervisor_id !== null && person.supervisor_id !== person.id
  const [supervisor] = hasSupervisor ? await people.approversOf(tx.db, person.id) : []
  const reviewers: [ReviewKind, string][] = [['self', person.id]]
  if (supervisor) reviewers.push(['supervisor', supervisor.id])
  const peers = await tx.db
    .selectFrom('review_peers')
    .innerJoin('users', 'users.id', 'review_peers.peer_id')
    .select('peer_id')
    .where('cycle_id', '=', cycle.id)
    .where('user_id', '=', person.id)
    .where('users.status', 'in', REVIEWED)
    .orderBy('peer_id')
    .execute()
  for (const { peer_id } of peers) {
    // The organisation may have changed since they were chosen: who is above by now is no peer.
    if (peer_id === supervisor?.id || (await people.isAbove(tx.db, peer_id, person.id))) continue
    reviewers.push(['peer', peer_id])
  }
  return reviewers
}

function newReview(
  tx: Tx,
  cycle: ReviewCycleTable,
  revieweeId: string,
  kind: ReviewKind,
  reviewerId: string,
  today: Day,
): ReviewTable {
  return {
    id: randomUUID(),
    cycle_id: cycle.id,
    reviewee_id: revieweeId,
    reviewer_id: reviewerId,
    kind,
    status: 'pending',
    due_on: cycle.deadline,
    revision: 0,
    reminders: remindersAtFirst(cycle.deadline, today),
    is_asked: 1,
    asked_at: tx.now,
    submitted_at: null,
    created_at: tx.now,
  }
}

/** Who began or ended a cycle: it is their act, however much later it reaches somebody. */
async function actorOf(tx: Tx, userId: string | null): Promise<Actor> {
  return tx.db.selectFrom('users').select(['id', 'name']).where('id', '=', userId).executeTakeFirstOrThrow()
}
