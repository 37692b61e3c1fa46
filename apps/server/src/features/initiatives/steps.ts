/** Opening an initiative for an action, and writing what the action did: the two halves that all verbs share. */
import type { InitiativeAction, InitiativeStatus } from '@pms/contract'
import { resourceChanged } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import { recordAudit } from '../../audit/record.ts'
import type { Caller } from '../../auth/caller.ts'
import type { Tx } from '../../database.ts'
import { conflict, forbidden, notFound } from '../../http/errors.ts'
import type { Organisation } from '../../organisation.ts'
import { INITIATIVE_RULES, isPossible } from './policy.ts'
import { approversOf, canSee, relationTo, reviewersOf } from './relation.ts'
import type { InitiativeEventTable, InitiativeExtensionTable, InitiativeTable } from './tables.ts'
import { type Team, teamOf } from './team.ts'

/** An initiative whose row is held. */
export interface Held {
  initiative: InitiativeTable
  team: Team
  /** The request for more time that awaits a decision. */
  openExtension: InitiativeExtensionTable | undefined
}

/** One step of an initiative's life. */
export interface Step {
  event: InitiativeEventTable['event']
  /** Columns that change. */
  set?: Partial<InitiativeTable>
  /** The state it came from; null when it was just made. Left out: the state as opened. */
  from?: InitiativeStatus | null
  note?: string | null
  due_date?: string
  changed?: string[]
}

const REFUSALS: Record<InitiativeAction, string> = {
  approve:
    'Only who decides about its creator’s work can approve this initiative, and nobody approves their own',
  reject:
    'Only who decides about its creator’s work can reject this initiative, and nobody rejects their own',
  edit: 'Only the person who proposed it can edit this initiative',
  resubmit: 'Only the person who proposed it can send this initiative again',
  start: 'Only who answers for it can start this initiative: its assignee, or the head of its group',
  submit: 'Only who answers for it can submit this initiative: its assignee, or the head of its group',
  review:
    'Only who decides about the work of its assignee or head can review this initiative, and nobody their own',
  return:
    'Only who decides about the work of its assignee or head can return this initiative, and nobody their own',
  request_extension: 'Only who answers for it can ask for more time: its assignee, or the head of its group',
  reassign:
    'Only somebody above its assignee or head who is not assigned to it can give this initiative to others',
}

/** It is not to be done yet. */
const PROPOSED: readonly InitiativeStatus[] = ['PENDING_APPROVAL', 'REJECTED']

/** Holds the initiative's row until the transaction ends. */
export async function holdInitiative(tx: Tx, id: string): Promise<Held | undefined> {
  const initiative = await tx.capabilities
    .lockRows(tx.db.selectFrom('initiatives').selectAll().where('id', '=', id))
    .executeTakeFirst()
  if (!initiative) return undefined
  const openExtension = await tx.db
    .selectFrom('initiative_extensions')
    .selectAll()
    .where('initiative_id', '=', id)
    .where('status', '=', 'PENDING')
    .executeTakeFirst()
  return { initiative, team: await teamOf(tx.db, id), openExtension }
}

/** Holds it for this caller to act on: 404 when not theirs to see, 403 not to do, 409 not now. */
export async function openInitiative(
  tx: Tx,
  people: Organisation,
  caller: Caller,
  id: string,
  action: InitiativeAction,
): Promise<Held> {
  const held = await holdInitiative(tx, id)
  if (!held || !(await canSee(tx.db, people, caller, held.initiative, held.team)))
    throw notFound('initiative')
  const { initiative, team, openExtension } = held
  const relation = await relationTo(tx.db, people, caller, initiative, team)
  if (!INITIATIVE_RULES[action].who(relation)) throw forbidden(REFUSALS[action])
  if (!isPossible(action, { status: initiative.status, isExtensionOpen: openExtension !== undefined })) {
    throw conflict(await whyNot(tx, held, action), { currentStatus: initiative.status })
  }
  return held
}

/**
 * Writes a step: the initiative, its history, the audit trail; and tells the open pages of those who take part.
 * @param caller null: time did it
 * @param also who else has it open, perhaps: those who take part no more
 */
export async function recordStep(
  tx: Tx,
  people: Organisation,
  caller: Caller | null,
  { initiative, team }: Pick<Held, 'initiative' | 'team'>,
  step: Step,
  also: readonly string[] = [],
): Promise<void> {
  const { event, set = {}, from = initiative.status, note = null, due_date = null, changed = [] } = step
  const after = { ...initiative, ...set }
  if (from !== null) {
    const { numUpdatedRows } = await tx.db
      .updateTable('initiatives')
      .set({ ...set, updated_at: tx.now })
      .where('id', '=', initiative.id)
      .where('status', '=', from)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw new Error(`Initiative ${initiative.id} changed while its row was held`)
  }
  await tx.db
    .insertInto('initiative_events')
    .values({
      id: newId(),
      initiative_id: initiative.id,
      event,
      actor_id: caller?.id ?? null,
      from_status: from,
      to_status: after.status,
      note,
      due_date,
      changed_fields: JSON.stringify(changed),
      created_at: tx.now,
    })
    .execute()
  // What people wrote to each other stays in the history, which only those see who may.
  await recordAudit(tx, {
    actor: caller,
    action: `initiative.${event}`,
    object: { type: 'initiative', id: initiative.id },
    detail: { from, to: after.status, due_date, changed },
  })

  const isProposal = PROPOSED.includes(after.status) || from === 'PENDING_APPROVAL'
  const deciders = await (isProposal ? approversOf : reviewersOf)(tx.db, people, after, team)
  const decide = deciders.map(person => person.id)
  const own = [after.creator_id, ...team.assigneeIds]
  resourceChanged(tx, 'initiative', initiative.id, [
    ...own,
    ...decide,
    ...also,
    ...(caller ? [caller.id] : []),
    ...(await people.aboveIds(tx.db, [...own, ...also])),
    ...(await people.holdersOf(tx.db, 'goals.view_all')),
  ])
}

/** What steps are called where somebody is told why theirs is not possible. */
const BROUGHT: Partial<Record<Step['event'], string>> = { extension_approved: 'given more time' }

/** Says what is in the way: an open request for more time, or what brought it into its state, and by whose hand. */
async function whyNot(
  tx: Tx,
  { initiative, openExtension }: Held,
  action: InitiativeAction,
): Promise<string> {
  if (openExtension && INITIATIVE_RULES[action].from.includes(initiative.status)) {
    return `More time for this initiative was asked for already, until ${openExtension.new_due_date}; that awaits a decision`
  }
  const last = await tx.db
    .selectFrom('initiative_events')
    .leftJoin('users', 'users.id', 'initiative_events.actor_id')
    .select(['initiative_events.event', 'users.name'])
    .where('initiative_id', '=', initiative.id)
    .where(({ eb, or, ref }) =>
      or([eb('from_status', 'is', null), eb('from_status', '!=', ref('to_status'))]),
    )
    .orderBy('initiative_events.id', 'desc')
    .executeTakeFirst()
  if (!last) return `This initiative is ${initiative.status}`
  if (last.name === null) return `This initiative became ${last.event} and is ${initiative.status} now`
  return `This initiative was ${BROUGHT[last.event] ?? last.event} by ${last.name} and is ${initiative.status} now`
}
