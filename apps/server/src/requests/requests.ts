/**
 * Requests to whoever decides about somebody's work, and how they go along when that becomes somebody else: who was
 * asked is kept, so that those who decide no more are let off and those who do now are asked, each once.
 */
import type { PersonRef } from '@pms/contract'
import { type Actor, type ObjectRef, resolve, resourceChanged } from '@pms/notifier'
import type { Expression } from 'kysely'
import type { Tx } from '../database.ts'
import { ProblemError } from '../http/errors.ts'
import type { RequestHolderTable } from './tables.ts'

/** How a feature asks about its things again. One for each type of object. */
export interface Asker {
  /** Who decides about it as things are now; empty when nobody can. */
  approversOf(tx: Tx, objectId: string): Promise<PersonRef[]>
  /** The thing on whose pages it is shown, where that is another one. */
  shownOn?(tx: Tx, objectId: string): Promise<ObjectRef>
  /** Asks these people, holding the thing's row. */
  ask(tx: Tx, objectId: string, to: readonly string[]): Promise<void>
}

export type Askers = Readonly<Record<string, Asker>>

/**
 * Keeps that these people were asked. Whoever calls it notifies them, in the same transaction.
 * @throws 422 `no_approver` when there is nobody
 */
export async function requestOf(
  tx: Tx,
  object: ObjectRef,
  subjectId: string,
  approvers: readonly PersonRef[],
): Promise<string[]> {
  if (approvers.length === 0) {
    throw new ProblemError(422, 'no_approver', 'There is nobody who could decide about this')
  }
  const ids = approvers.map(person => person.id)
  await hold(tx, object, subjectId, ids)
  return ids
}

/** The request was dealt with, whoever did it: nobody is asked any more. Call it while holding the thing's row. */
export async function settleRequest(tx: Tx, object: ObjectRef, by: Actor | null): Promise<void> {
  resolve(tx, object, by)
  await tx.db
    .deleteFrom('request_holders')
    .where('object_type', '=', object.type)
    .where('object_id', '=', object.id)
    .execute()
}

/** The work that a request is about is somebody else's now. `followApprovers` then asks whoever decides about theirs. */
export async function reassignRequest(tx: Tx, object: ObjectRef, subjectId: string): Promise<void> {
  await tx.db
    .updateTable('request_holders')
    .set({ subject_id: subjectId })
    .where('object_type', '=', object.type)
    .where('object_id', '=', object.id)
    .execute()
}

/**
 * Brings open requests to whoever decides now. Where nobody can decide any more a request stays where it is.
 * @param subjects ids of those whose work it is, as a query; null: everybody's
 */
export async function followApprovers(
  tx: Tx,
  askers: Askers,
  subjects: Expression<string> | null,
): Promise<void> {
  let selected = tx.db.selectFrom('request_holders').selectAll()
  if (subjects) selected = selected.where('subject_id', 'in', subjects)
  const rows = await selected.orderBy('object_type').orderBy('object_id').orderBy('user_id').execute()
  const requests = Map.groupBy(rows, row => `${row.object_type} ${row.object_id}`)
  for (const holders of requests.values()) {
    const [first] = holders
    if (!first) continue
    const asker = askers[first.object_type]
    if (!asker) throw new Error(`Nothing is known of requests about a ${first.object_type}`)
    await move(tx, asker, { type: first.object_type, id: first.object_id }, holders)
  }
}

/** Brings one open request, if it is open, to whoever decides now: where it is the thing that changed. */
export async function followRequest(tx: Tx, asker: Asker, object: ObjectRef): Promise<void> {
  const holders = await tx.db
    .selectFrom('request_holders')
    .selectAll()
    .where('object_type', '=', object.type)
    .where('object_id', '=', object.id)
    .orderBy('user_id')
    .execute()
  await move(tx, asker, object, holders)
}

async function move(
  tx: Tx,
  asker: Asker,
  object: ObjectRef,
  holders: readonly RequestHolderTable[],
): Promise<void> {
  const [first] = holders
  if (!first) return
  const now = (await asker.approversOf(tx, object.id)).map(person => person.id)
  if (now.length === 0) return

  const before = holders.map(holder => holder.user_id)
  const gone = before.filter(id => !now.includes(id))
  const added = now.filter(id => !before.includes(id))
  if (gone.length === 0 && added.length === 0) return
  if (gone.length > 0) {
    resolve(tx, object, null, gone)
    await tx.db
      .deleteFrom('request_holders')
      .where('object_type', '=', object.type)
      .where('object_id', '=', object.id)
      .where('user_id', 'in', gone)
      .execute()
  }
  if (added.length > 0) {
    await hold(tx, object, first.subject_id, added)
    await asker.ask(tx, object.id, added)
  }
  const shown = (await asker.shownOn?.(tx, object.id)) ?? object
  resourceChanged(tx, shown.type, shown.id, [...gone, ...added, first.subject_id])
}

async function hold(tx: Tx, object: ObjectRef, subjectId: string, userIds: readonly string[]): Promise<void> {
  await tx.db
    .insertInto('request_holders')
    .values(
      userIds.map(user_id => ({
        object_type: object.type,
        object_id: object.id,
        user_id,
        subject_id: subjectId,
        asked_at: tx.now,
      })),
    )
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
