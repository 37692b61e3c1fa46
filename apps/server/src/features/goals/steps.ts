/** Opening a goal for an action, and writing what the action did: the two halves that all verbs share. */
import type { GoalAction, GoalStatus } from '@pms/contract'
import { resourceChanged, resourceChangedForAll } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import { recordAudit } from '../../audit/record.ts'
import type { Caller } from '../../auth/caller.ts'
import type { Tx } from '../../database.ts'
import { conflict, forbidden, notFound } from '../../http/errors.ts'
import type { Organisation } from '../../organisation.ts'
import { GOAL_RULES, isOrganisational } from './policy.ts'
import { canSee, relationTo } from './relation.ts'
import type { GoalEventTable, GoalTable } from './tables.ts'

/** One step of a goal's life. */
export interface Step {
  event: GoalEventTable['event']
  /** Columns that change. */
  set?: Partial<GoalTable>
  /** The state it came from; null when it was just made. Left out: the state of the goal as opened. */
  from?: GoalStatus | null
  note?: string | null
  percent?: number
  changed?: string[]
}

const REFUSALS: Record<GoalAction, string> = {
  approve: 'Only who decides about its owner’s work can approve this goal, and nobody approves their own',
  reject: 'Only who decides about its owner’s work can reject this goal, and nobody rejects their own',
  accept: 'Only the person it was assigned to can accept this goal',
  decline: 'Only the person it was assigned to can decline this goal',
  edit: 'Only the person who wrote it can edit this goal',
  resubmit: 'Only the person who wrote it can send this goal again',
  progress: 'Only its owner can report progress on this goal',
  achieve: 'Who decides about its owner’s work can close this goal as achieved; its owner can at 100 %',
  discard: 'Only who decides about its owner’s work can discard this goal',
}

/** Holds the goal's row for this caller to act on: 404 when not theirs to see, 403 not to do, 409 not now. */
export async function openGoal(
  tx: Tx,
  people: Organisation,
  caller: Caller,
  id: string,
  action: GoalAction,
): Promise<GoalTable> {
  const goal = await tx.capabilities
    .lockRows(tx.db.selectFrom('goals').selectAll().where('id', '=', id))
    .executeTakeFirst()
  if (!goal || !(await canSee(tx.db, people, caller, goal))) throw notFound('goal')
  const rule = GOAL_RULES[action]
  if (!rule.who(await relationTo(tx.db, people, caller, goal), goal)) throw forbidden(REFUSALS[action])
  if (!rule.from.includes(goal.status)) throw conflict(await whyNot(tx, goal), { currentStatus: goal.status })
  return goal
}

/** Writes a step: the goal, its history, the audit trail; and tells the open pages of those who take part. */
export async function recordStep(
  tx: Tx,
  people: Organisation,
  caller: Caller,
  goal: GoalTable,
  step: Step,
): Promise<void> {
  const { event, set = {}, from = goal.status, note = null, percent = null, changed = [] } = step
  if (from !== null) {
    const { numUpdatedRows } = await tx.db
      .updateTable('goals')
      .set({ ...set, updated_at: tx.now })
      .where('id', '=', goal.id)
      .where('status', '=', from)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw new Error(`Goal ${goal.id} changed while its row was held`)
  }
  await tx.db
    .insertInto('goal_events')
    .values({
      id: newId(),
      goal_id: goal.id,
      event,
      actor_id: caller.id,
      from_status: from,
      to_status: set.status ?? goal.status,
      note,
      percent,
      changed_fields: JSON.stringify(changed),
      created_at: tx.now,
    })
    .execute()
  await recordAudit(tx, {
    actor: caller,
    action: `goal.${event}`,
    object: { type: 'goal', id: goal.id },
    detail: { from, to: set.status ?? goal.status, note, changed },
  })

  await tellOfGoal(tx, people, { ...goal, ...set }, [caller.id, goal.owner_id])
}

/** Tells the open pages of those who may see it: of the organisation's and its units' goals that is everybody. */
async function tellOfGoal(
  tx: Tx,
  people: Organisation,
  goal: GoalTable,
  also: readonly string[],
): Promise<void> {
  const { id, owner_id, assigned_by_id } = goal
  const approvers = await people.approversOf(tx.db, owner_id)
  resourceChanged(tx, 'goal', id, [
    ...also,
    owner_id,
    ...(assigned_by_id ? [assigned_by_id] : []),
    ...approvers.map(person => person.id),
    ...(await people.aboveIds(tx.db, [owner_id])),
    ...(await people.holdersOf(tx.db, 'goals.view_all')),
  ])
  // By a name of its own: what everybody has on the screen because of their own goals need not be fetched again.
  if (isOrganisational(goal)) resourceChangedForAll(tx, 'organisation_goal', id)
}

/** Says what brought the goal into its state, and by whose hand; edits and progress since then did not. */
async function whyNot(tx: Tx, goal: GoalTable): Promise<string> {
  const last = await tx.db
    .selectFrom('goal_events')
    .innerJoin('users', 'users.id', 'goal_events.actor_id')
    .select(['goal_events.event', 'users.name'])
    .where('goal_id', '=', goal.id)
    .where(({ eb, or, ref }) =>
      or([eb('from_status', 'is', null), eb('from_status', '!=', ref('to_status'))]),
    )
    .orderBy('goal_events.id', 'desc')
    .executeTakeFirst()
  return last
    ? `This goal was ${last.event.replaceAll('_', ' ')} by ${last.name} and is ${goal.status} now`
    : `This goal is ${goal.status}`
}
