/** What every notification about an initiative says of it, and the requests that await somebody. */
import { type Actor, notify } from '@pms/notifier'
import type { Caller } from '../../../auth/caller.ts'
import { dayInWords } from '../../../calendar.ts'
import type { Tx } from '../../../database.ts'
import type { Organisation } from '../../../organisation.ts'
import { requestOf } from '../../../requests/requests.ts'
import { extensionRequested, initiativeCreated, initiativeSubmitted } from '../notifications.ts'
import { approversOf, reviewersOf } from '../relation.ts'
import type { Held } from '../steps.ts'
import type { InitiativeExtensionTable, InitiativeTable } from '../tables.ts'

type HeldTeam = Pick<Held, 'initiative' | 'team'>

export function about(actor: Actor | null, initiative: InitiativeTable) {
  return {
    actor,
    data: { initiative_id: initiative.id },
    words: { title: initiative.title, date: dayInWords(initiative.due_date) },
    object: objectOf(initiative),
  }
}

export function objectOf({ id }: Pick<InitiativeTable, 'id'>) {
  return { type: 'initiative', id }
}

export function aboutExtension(
  actor: Actor,
  initiative: InitiativeTable,
  { id, new_due_date }: Pick<InitiativeExtensionTable, 'id' | 'new_due_date'>,
) {
  return {
    actor,
    data: { initiative_id: initiative.id, extension_id: id },
    words: { title: initiative.title, date: dayInWords(new_due_date) },
    object: extensionObject({ id }),
  }
}

export function extensionObject({ id }: Pick<InitiativeExtensionTable, 'id'>) {
  return { type: 'initiative_extension', id }
}

/** Asks these people whether the proposal is to be done. */
export function askToApprove(
  tx: Tx,
  creator: Actor,
  initiative: InitiativeTable,
  to: readonly string[],
): void {
  notify(tx, initiativeCreated, { to, ...about(creator, initiative) })
}

/** Asks these people to review what was submitted. */
export function askToReview(tx: Tx, head: Actor, initiative: InitiativeTable, to: readonly string[]): void {
  notify(tx, initiativeSubmitted, { to, ...about(head, initiative) })
}

/** Asks these people for more time. */
export function askForTime(
  tx: Tx,
  head: Actor,
  initiative: InitiativeTable,
  extension: InitiativeExtensionTable,
  to: readonly string[],
): void {
  const message = aboutExtension(head, initiative, extension)
  notify(tx, extensionRequested, { to, ...message, data: { ...message.data, reason: extension.reason } })
}

/** Asks whoever decides about the creator's work. Throws 422 when nobody could. */
export async function requestApproval(
  tx: Tx,
  people: Organisation,
  caller: Caller,
  { initiative, team }: HeldTeam,
): Promise<void> {
  const approvers = await approversOf(tx.db, people, initiative, team)
  const to = await requestOf(tx, objectOf(initiative), initiative.creator_id, approvers)
  askToApprove(tx, caller, initiative, to)
}

/** Asks whoever decides about the work of who answers for it. Throws 422 when nobody could. */
export async function requestReview(
  tx: Tx,
  people: Organisation,
  caller: Caller,
  { initiative, team }: HeldTeam,
): Promise<void> {
  const reviewers = await reviewersOf(tx.db, people, initiative, team)
  const to = await requestOf(tx, objectOf(initiative), initiative.head_id, reviewers)
  askToReview(tx, caller, initiative, to)
}
