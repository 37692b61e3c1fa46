/** Opening a cycle or a review for an action, and writing what the action did: the halves that all verbs share. */
import type { ReviewAction, ReviewCycleAction } from '@pms/contract'
import type { Actor } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import { recordAudit } from '../../audit/record.ts'
import type { Tx } from '../../database.ts'
import { conflict, forbidden, notFound } from '../../http/errors.ts'
import type { Organisation } from '../../organisation.ts'
import { cyclesSeen } from './audience.ts'
import { CYCLE_RULES, isKeeper, isPossible, REVIEW_RULES } from './policy.ts'
import { factsOf, findReview, type Reader, relationOf, type SeenReview } from './sight.ts'
import type { CycleEvent, ReviewCycleTable, ReviewEventTable, ReviewStepName, ReviewTable } from './tables.ts'
import { tellOfCycle, tellOfReview } from './telling.ts'

const REFUSALS: Record<ReviewAction, string> = {
  save: 'Only the person who writes it can answer this review',
  submit: 'Only the person who writes it can submit this review',
  reopen: 'Only who manages reviews can reopen this one, and nobody one that is about them',
  reassign:
    'Only who manages reviews can give this one to somebody else, nobody one that is about them, and a self review stays its own',
}

/** Holds the cycle's row for this caller to act on: 404 when not theirs to see, 403 not to do, 409 not now. */
export async function openCycle(
  tx: Tx,
  reader: Reader,
  id: string,
  action: ReviewCycleAction,
): Promise<ReviewCycleTable> {
  const cycle = await holdCycle(tx, reader, id)
  if (!isKeeper(reader.caller)) throw forbidden('Only who manages reviews can do this')
  if (!CYCLE_RULES[action].from.includes(cycle.status)) throw await notNow(tx, cycle)
  return cycle
}

/** Holds the row of a cycle that the caller may see. */
export async function holdCycle(tx: Tx, reader: Reader, id: string): Promise<ReviewCycleTable> {
  const cycle = await lockCycle(tx, id)
  const seen = await (await cyclesSeen(reader))
    .where('review_cycles.id', '=', id)
    .select('review_cycles.id')
    .executeTakeFirst()
  if (!cycle || !seen) throw notFound('review cycle')
  return cycle
}

export function lockCycle(tx: Tx, id: string): Promise<ReviewCycleTable | undefined> {
  return tx.capabilities
    .lockRows(tx.db.selectFrom('review_cycles').selectAll().where('id', '=', id))
    .executeTakeFirst()
}

/** The refusal of what the cycle's state forbids; it tells who brought it there. */
export async function notNow(tx: Tx, cycle: ReviewCycleTable) {
  const last = await lastStep(tx, cycle.id, null)
  return conflict(`This review cycle was ${last} and is ${cycle.status} now`, { currentStatus: cycle.status })
}

/**
 * As `openCycle`, for a review. What those who manage reviews do goes on while the cycle's row is held, so that no
 * review opens again in a cycle that ends meanwhile; saving and submitting hold the review alone, which the end of
 * its cycle closes.
 */
export async function openReview(
  tx: Tx,
  reader: Reader,
  id: string,
  action: ReviewAction,
): Promise<SeenReview> {
  const row = await tx.db.selectFrom('reviews').select('cycle_id').where('id', '=', id).executeTakeFirst()
  if (row && (action === 'reopen' || action === 'reassign')) await lockCycle(tx, row.cycle_id)
  await tx.capabilities
    .lockRows(tx.db.selectFrom('reviews').select('id').where('id', '=', id))
    .executeTakeFirst()
  const review = await findReview(reader, id)
  if (!review) throw notFound('review')
  const facts = factsOf(review)
  if (!REVIEW_RULES[action].who(relationOf(reader.caller, review), review.kind)) {
    throw forbidden(REFUSALS[action])
  }
  if (!isPossible(action, facts)) {
    const why =
      facts.cycleStatus === 'active'
        ? `This review was ${await lastStep(tx, review.cycle_id, id)} and is ${facts.status} now`
        : `The cycle of this review was ${await lastStep(tx, review.cycle_id, null)}`
    throw conflict(why, { currentStatus: facts.status })
  }
  return review
}

/** What brought it into its state, and by whose hand. Only told to who may do something with it. */
async function lastStep(tx: Tx, cycleId: string, reviewId: string | null): Promise<string> {
  const { event, name } = await tx.db
    .selectFrom('review_events')
    .innerJoin('users', 'users.id', 'review_events.actor_id')
    .select(['review_events.event', 'users.name'])
    .where('cycle_id', '=', cycleId)
    .where('review_id', reviewId === null ? 'is' : '=', reviewId)
    .where(({ eb, or, ref }) =>
      or([eb('from_status', 'is', null), eb('from_status', '!=', ref('to_status'))]),
    )
    .orderBy('review_events.id', 'desc')
    .executeTakeFirstOrThrow()
  return `${event} by ${name}`
}

/** One step of a cycle's life. */
interface CycleStep {
  event: CycleEvent
  set?: Partial<ReviewCycleTable>
  /** The state it came from; null when it was just made. Left out: the state of the cycle as opened. */
  from?: ReviewCycleTable['status'] | null
  changed?: readonly string[]
}

/** Writes a step of a cycle: the row, its history, the audit trail; and tells open pages. */
export async function recordCycle(
  tx: Tx,
  people: Organisation,
  actor: Actor,
  cycle: ReviewCycleTable,
  { event, set = {}, from = cycle.status, changed = [] }: CycleStep,
): Promise<void> {
  const to = set.status ?? cycle.status
  if (from !== null) {
    const { numUpdatedRows } = await tx.db
      .updateTable('review_cycles')
      .set({ ...set, updated_at: tx.now })
      .where('id', '=', cycle.id)
      .where('status', '=', from)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw new Error(`The cycle ${cycle.id} changed while its row was held`)
  }
  await writeEvent(tx, actor, {
    cycle_id: cycle.id,
    review_id: null,
    event,
    from_status: from,
    to_status: to,
  })
  await recordAudit(tx, {
    actor,
    action: `review_cycle.${event}`,
    object: { type: 'review_cycle', id: cycle.id },
    detail: { from, to, changed, ...(set.reason ? { reason: set.reason } : {}) },
  })
  await tellOfCycle(tx, people, cycle, [actor.id])
}

/** One step of a review's life. */
interface ReviewStep {
  event: ReviewStepName
  set: Partial<ReviewTable>
  /** Whose open pages show it, besides those of its writer, of those above who is reviewed, and of who manages reviews. */
  tell?: readonly string[]
}

/**
 * Writes a step of a review: the row and its history. In the audit trail, which the one reviewed may be able to read,
 * stands nothing of what peers write: somebody who sees all other reviews would find out by elimination what happened
 * to those about themselves, and from who signed in just before, who it was. Nor that anybody began to write.
 */
export async function recordReview(
  tx: Tx,
  people: Organisation,
  actor: Actor,
  review: ReviewTable,
  { event, set, tell = [] }: ReviewStep,
): Promise<void> {
  const to = set.status ?? review.status
  const { numUpdatedRows } = await tx.db
    .updateTable('reviews')
    .set(set)
    .where('id', '=', review.id)
    .where('status', '=', review.status)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Error(`The review ${review.id} changed while its row was held`)
  await writeEvent(tx, actor, {
    cycle_id: review.cycle_id,
    review_id: review.id,
    event,
    from_status: review.status,
    to_status: to,
  })
  if (review.kind !== 'peer' && event !== 'started') {
    await recordAudit(tx, {
      actor,
      action: `review.${event}`,
      object: { type: 'review', id: review.id },
      detail: { kind: review.kind, to },
    })
  }
  await tellOfReview(tx, people, { ...review, ...set }, [review.reviewer_id, ...tell])
}

async function writeEvent(
  tx: Tx,
  actor: Actor,
  event: Pick<ReviewEventTable, 'cycle_id' | 'review_id' | 'event' | 'from_status' | 'to_status'>,
): Promise<void> {
  await tx.db
    .insertInto('review_events')
    .values({ ...event, id: newId(), actor_id: actor.id, created_at: tx.now })
    .execute()
}
