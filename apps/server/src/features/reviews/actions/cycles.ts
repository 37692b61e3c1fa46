/** What is done with review cycles: preparing, beginning and ending them. Each verb is one transaction. */
import type {
  CancelReviewCycleBody,
  ChoosePeersBody,
  CreateReviewCycleBody,
  EditReviewCycleBody,
} from '@pms/contract'
import { newId } from '@pms/notifier/database'
import { recordAudit } from '../../../audit/record.ts'
import type { Caller } from '../../../auth/caller.ts'
import { dayAt } from '../../../calendar.ts'
import type { AppDatabase, Tx } from '../../../database.ts'
import { conflict, forbidden, notFound, unprocessable } from '../../../http/errors.ts'
import type { Organisation } from '../../../organisation.ts'
import { audienceOf, audienceSeen } from '../audience.ts'
import {
  checkAudience,
  checkDetails,
  checkDueDay,
  checkPeople,
  mergeDetails,
  writeChosen,
  writeTraits,
} from '../details.ts'
import { isKeeper, PARTICIPANT_RULES } from '../policy.ts'
import type { Reader } from '../sight.ts'
import { remindersAtFirst } from '../standing.ts'
import { holdCycle, notNow, openCycle, recordCycle } from '../steps.ts'
import type { ReviewCycleTable } from '../tables.ts'
import { tellOfPeers } from '../telling.ts'
import { assignSome, letOffSome } from './rounds.ts'

export type CycleActions = ReturnType<typeof cycleActions>

export interface ReviewOptions {
  database: AppDatabase
  people: Organisation
  timeZone: string
  /** Has the job go on with what one transaction did not finish. */
  carryOn(): void
}

/** The verbs. Each answers the id of the cycle; refusals are thrown as problems. */
export function cycleActions({ database, people, timeZone, carryOn }: ReviewOptions) {
  const readerOf = (tx: Tx, caller: Caller): Reader => ({
    db: tx.db,
    people,
    caller,
    today: dayAt(tx.now, timeZone),
  })

  return {
    createCycle: (caller: Caller, body: CreateReviewCycleBody): Promise<string> =>
      database.transaction(async tx => {
        if (!isKeeper(caller)) throw forbidden('Only who manages reviews can prepare a review cycle')
        const { today } = readerOf(tx, caller)
        const details = mergeDetails(body)
        checkDetails(details, today)
        const audience = body.audience ?? { scope: 'people' as const }
        const cycle: ReviewCycleTable = {
          ...details,
          ...(await checkAudience(tx.db, audience)),
          id: newId(),
          status: 'draft',
          reason: null,
          created_by_id: caller.id,
          activated_by_id: null,
          activated_at: null,
          ended_by_id: null,
          ended_at: null,
          created_at: tx.now,
          updated_at: tx.now,
        }
        await tx.db.insertInto('review_cycles').values(cycle).execute()
        await writeTraits(tx, cycle.id, body.traits ?? [])
        await writeChosen(tx, cycle.id, audience.user_ids ?? [])
        await recordCycle(tx, people, caller, cycle, { event: 'created', from: null })
        return cycle.id
      }),

    editCycle: (caller: Caller, id: string, body: EditReviewCycleBody): Promise<string> =>
      database.transaction(async tx => {
        const { today, ...reader } = readerOf(tx, caller)
        const cycle = await openCycle(tx, { ...reader, today }, id, 'edit')
        const details = mergeDetails(body, cycle)
        checkDetails(details, today, cycle)
        const changed: string[] = Object.entries(details)
          .filter(([field, value]) => cycle[field as keyof typeof details] !== value)
          .map(([field]) => field)
        const set: Partial<ReviewCycleTable> = { ...details }
        if (cycle.status !== 'draft') assertStays(cycle, body, changed)
        if (body.traits) {
          await writeTraits(tx, id, body.traits)
          changed.push('traits')
        }
        if (body.audience) {
          Object.assign(set, await checkAudience(tx.db, body.audience))
          await writeChosen(tx, id, body.audience.user_ids ?? [])
          changed.push('audience')
        }
        if (changed.length === 0) return id
        if (cycle.status === 'active' && changed.includes('deadline')) {
          await moveDeadline(tx, cycle, details.deadline, today)
        }
        await recordCycle(tx, people, caller, cycle, { event: 'edited', set, changed })
        return id
      }),

    choosePeers: (
      caller: Caller,
      id: string,
      userId: string,
      { peer_ids }: ChoosePeersBody,
    ): Promise<string> =>
      database.transaction(async tx => {
        const reader = readerOf(tx, caller)
        const cycle = await holdCycle(tx, reader, id)
        await assertMayChoose(tx, reader, cycle, userId)
        await checkPeople(tx.db, 'peer_ids', peer_ids)
        for (const [index, peerId] of peer_ids.entries()) {
          const field = `peer_ids.${index}`
          if (peerId === userId)
            throw unprocessable(field, `${field} must be somebody else: nobody is their own peer`)
          if (await people.isAbove(tx.db, peerId, userId)) {
            throw unprocessable(field, `${field} stands above who is reviewed, and is no peer`)
          }
        }
        await tx.db
          .deleteFrom('review_peers')
          .where('cycle_id', '=', id)
          .where('user_id', '=', userId)
          .execute()
        if (peer_ids.length > 0) {
          await tx.db
            .insertInto('review_peers')
            .values(peer_ids.map(peer_id => ({ cycle_id: id, user_id: userId, peer_id })))
            .execute()
        }
        // Who was chosen stays out of the trail: the one reviewed may be among its readers.
        await recordAudit(tx, {
          actor: caller,
          action: 'review_cycle.peers_chosen',
          object: { type: 'review_cycle', id },
          detail: {},
        })
        await tellOfPeers(tx, people, id, userId)
        return id
      }),

    activateCycle: (caller: Caller, id: string): Promise<string> =>
      database.transaction(async tx => {
        const reader = readerOf(tx, caller)
        const cycle = await openCycle(tx, reader, id, 'activate')
        await assertComplete(tx, reader, cycle)
        await takeIn(tx, reader, cycle)
        const set = { status: 'active', activated_by_id: caller.id, activated_at: tx.now } as const
        await recordCycle(tx, people, caller, cycle, { event: 'activated', set })
        const isDone = await assignSome(tx, people, { ...cycle, ...set }, reader.today)
        if (!isDone) tx.afterCommit(carryOn)
        return id
      }),

    completeCycle: (caller: Caller, id: string): Promise<string> =>
      database.transaction(async tx => {
        const cycle = await openCycle(tx, readerOf(tx, caller), id, 'complete')
        return end(tx, caller, cycle, 'completed', null)
      }),

    cancelCycle: (caller: Caller, id: string, { reason }: CancelReviewCycleBody): Promise<string> =>
      database.transaction(async tx => {
        const cycle = await openCycle(tx, readerOf(tx, caller), id, 'cancel')
        return end(tx, caller, cycle, 'cancelled', reason)
      }),
  }

  /** Nothing is written any more: what was not submitted is closed, and nobody is asked for it. */
  async function end(
    tx: Tx,
    caller: Caller,
    cycle: ReviewCycleTable,
    status: 'completed' | 'cancelled',
    reason: string | null,
  ): Promise<string> {
    const set = { status, reason, ended_by_id: caller.id, ended_at: tx.now }
    await tx.db
      .updateTable('reviews')
      .set({ status: 'closed' })
      .where('cycle_id', '=', cycle.id)
      .where('status', '!=', 'completed')
      .execute()
    await recordCycle(tx, people, caller, cycle, { event: status, set })
    const isDone = await letOffSome(tx, { ...cycle, ...set })
    if (!isDone) tx.afterCommit(carryOn)
    return cycle.id
  }

  async function assertMayChoose(
    tx: Tx,
    reader: Reader,
    cycle: ReviewCycleTable,
    userId: string,
  ): Promise<void> {
    const { caller } = reader
    const isSelf = caller.id === userId
    const seen = isSelf ? audienceOf(tx.db, people, cycle) : audienceSeen(reader, cycle)
    if (!(await seen.where('users.id', '=', userId).executeTakeFirst())) throw notFound('participant')
    const rule = PARTICIPANT_RULES.choose_peers
    const approvers = await people.approversOf(tx.db, userId)
    const isApprover = approvers.some(person => person.id === caller.id)
    if (!rule.who({ isSelf, isKeeper: isKeeper(caller), isApprover })) {
      throw forbidden(
        'Only who manages reviews, or decides about their work, chooses the peers of somebody else',
      )
    }
    if (!rule.from.includes(cycle.status)) throw await notNow(tx, cycle)
  }
}

/** Once people answer, what they are asked and who is reviewed stay as they are. */
function assertStays(cycle: ReviewCycleTable, body: EditReviewCycleBody, changed: readonly string[]): void {
  const fixed = changed.some(field => field !== 'name' && field !== 'deadline')
  if (!fixed && !body.traits && !body.audience) return
  throw conflict('Of a review cycle that has begun only the name and the deadline can be changed', {
    currentStatus: cycle.status,
  })
}

/** Open reviews go by the new deadline, but for those that were given one of their own; reminders begin anew. */
async function moveDeadline(tx: Tx, cycle: ReviewCycleTable, deadline: string, today: string): Promise<void> {
  await tx.db
    .updateTable('reviews')
    .set({ due_on: deadline, reminders: remindersAtFirst(deadline, today) })
    .where('cycle_id', '=', cycle.id)
    .where('status', 'in', ['pending', 'in_progress'])
    .where('due_on', '=', cycle.deadline)
    .execute()
}

/** @throws 422 with what is missing before anybody can be asked anything */
async function assertComplete(tx: Tx, { people, today }: Reader, cycle: ReviewCycleTable): Promise<void> {
  const question = await tx.db
    .selectFrom('review_questions')
    .select('id')
    .where('cycle_id', '=', cycle.id)
    .limit(1)
    .executeTakeFirst()
  if (!question) throw unprocessable('traits', 'traits must hold a question before the cycle can begin')
  const person = await audienceOf(tx.db, people, cycle).limit(1).executeTakeFirst()
  if (!person) throw unprocessable('audience', 'audience must hold somebody before the cycle can begin')
  checkDueDay('deadline', cycle.deadline, today)
}

/** Makes rows of everybody whom the audience means today; those it does not mean any more go. */
async function takeIn(tx: Tx, { people }: Reader, cycle: ReviewCycleTable): Promise<void> {
  const audience = audienceOf(tx.db, people, cycle)
  if (cycle.scope === 'people') {
    await tx.db
      .deleteFrom('review_participants')
      .where('cycle_id', '=', cycle.id)
      .where('user_id', 'not in', audience)
      .execute()
    return
  }
  await tx.db
    .insertInto('review_participants')
    .columns(['cycle_id', 'user_id'])
    .expression(
      audience
        .clearSelect()
        .select(({ val, ref }) => [val(cycle.id).as('cycle_id'), ref('users.id').as('user_id')]),
    )
    .execute()
}
