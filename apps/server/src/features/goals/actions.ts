/**
 * What people do with goals. Each verb is one transaction: the state, its history, the audit row and the
 * notifications happen together or not at all.
 */
import type {
  ApproveGoalBody,
  AssignGoalBody,
  CreateGoalBody,
  EditGoalBody,
  GoalAction,
  ProgressBody,
  ReasonBody,
  RejectGoalBody,
} from '@pms/contract'
import { type Actor, notify } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import type { Caller } from '../../auth/caller.ts'
import type { AppDatabase, Tx } from '../../database.ts'
import { conflict, forbidden, unprocessable } from '../../http/errors.ts'
import type { Organisation } from '../../organisation.ts'
import { type Asker, requestOf, settleRequest } from '../../requests/requests.ts'
import { changedFields, checkDetails, type GoalDetails, mergeDetails } from './details.ts'
import { assertNotFrozen } from './freezes.ts'
import {
  goalAccepted,
  goalApproved,
  goalAssigned,
  goalCreated,
  goalDeclined,
  goalRejected,
} from './notifications.ts'
import { GOAL_RULES } from './policy.ts'
import { openGoal, recordStep } from './steps.ts'
import type { GoalTable } from './tables.ts'

export type GoalActions = ReturnType<typeof goalActions>

/** The verbs. Each answers the id of the goal; refusals are thrown as problems. */
export function goalActions(database: AppDatabase, people: Organisation, timeZone: string) {
  /** @param revision the one that the caller read; nobody decides on what they have not read */
  async function open(tx: Tx, caller: Caller, id: string, action: GoalAction, revision?: number) {
    const goal = await openGoal(tx, people, caller, id, action)
    if (GOAL_RULES[action].isLocked) await assertNotFrozen(tx.db, goal, timeZone, goal.status)
    if (revision !== undefined && revision !== goal.revision) {
      throw conflict(`This goal was edited since you read it. Read it again before you ${action} it`, {
        currentStatus: goal.status,
      })
    }
    return goal
  }
  const record = (tx: Tx, caller: Caller, goal: GoalTable, step: Parameters<typeof recordStep>[4]) =>
    recordStep(tx, people, caller, goal, step)

  /** Asks whoever decides about the owner's goals to approve this one. */
  async function requestApproval(tx: Tx, caller: Caller, goal: GoalTable): Promise<void> {
    const approvers = await people.approversOf(tx.db, goal.owner_id)
    const to = await requestOf(tx, objectOf(goal), goal.owner_id, approvers)
    notify(tx, goalCreated, { to, ...about(caller, goal) })
  }

  /** Asks the owner to accept what somebody above them assigned. */
  async function requestAcceptance(tx: Tx, caller: Caller, goal: GoalTable): Promise<void> {
    const owner = await people.findPerson(tx.db, goal.owner_id)
    if (!owner)
      throw unprocessable('assigned_to_user_id', 'assigned_to_user_id is nobody in this organisation')
    if (!(await people.isAbove(tx.db, caller.id, owner.id))) {
      throw forbidden(`You can assign goals to people below you; ${owner.name} is not`)
    }
    if (owner.status !== 'active') {
      throw unprocessable(
        'assigned_to_user_id',
        `${owner.name} is not active and could not answer`,
        'assignee_not_active',
      )
    }
    notify(tx, goalAssigned, { to: owner.id, ...about(caller, goal) })
  }

  return {
    /** A person's own goal goes to their approver; the organisation's and a unit's are active at once. */
    createGoal: (caller: Caller, body: CreateGoalBody): Promise<string> =>
      database.transaction(async tx => {
        const isPersonal = body.type === 'INDIVIDUAL'
        if (!isPersonal && !caller.permissions.has('goals.organisation')) {
          throw forbidden(`You may not set ${body.type.toLowerCase()} goals: they are the organisation's`)
        }
        await checkUnit(tx, body, isPersonal)
        const goal: GoalTable = {
          ...newGoal(tx, body.type, mergeDetails(body)),
          owner_id: caller.id,
          unit_id: body.unit_id ?? null,
          status: isPersonal ? 'PENDING_APPROVAL' : 'ACTIVE',
          waiting_since: isPersonal ? tx.now : null,
        }
        await checkDetails(tx.db, people, caller, goal)
        await assertNotFrozen(tx.db, goal, timeZone)
        await tx.db.insertInto('goals').values(goal).execute()
        await record(tx, caller, goal, { event: 'created', from: null })
        if (isPersonal) await requestApproval(tx, caller, goal)
        return goal.id
      }),

    assignGoal: (caller: Caller, body: AssignGoalBody): Promise<string> =>
      database.transaction(async tx => {
        const goal: GoalTable = {
          ...newGoal(tx, body.type, mergeDetails(body)),
          owner_id: body.assigned_to_user_id,
          assigned_by_id: caller.id,
          status: 'PENDING_ACCEPTANCE',
          waiting_since: tx.now,
        }
        await requestAcceptance(tx, caller, goal)
        await checkDetails(tx.db, people, caller, goal)
        await assertNotFrozen(tx.db, goal, timeZone)
        await tx.db.insertInto('goals').values(goal).execute()
        await record(tx, caller, goal, { event: 'assigned', from: null })
        return goal.id
      }),

    approveGoal: (caller: Caller, id: string, { revision }: ApproveGoalBody): Promise<string> =>
      database.transaction(async tx => {
        const goal = await open(tx, caller, id, 'approve', revision)
        await record(tx, caller, goal, { event: 'approved', set: { status: 'ACTIVE', waiting_since: null } })
        await settleRequest(tx, objectOf(goal), caller)
        notify(tx, goalApproved, { to: goal.owner_id, ...about(caller, goal) })
        return id
      }),

    rejectGoal: (caller: Caller, id: string, { reason, revision }: RejectGoalBody): Promise<string> =>
      database.transaction(async tx => {
        const goal = await open(tx, caller, id, 'reject', revision)
        const set = { status: 'REJECTED', waiting_since: null, reason } as const
        await record(tx, caller, goal, { event: 'rejected', set, note: reason })
        await settleRequest(tx, objectOf(goal), caller)
        notify(tx, goalRejected, { to: goal.owner_id, ...about(caller, goal), data: { goal_id: id, reason } })
        return id
      }),

    acceptGoal: (caller: Caller, id: string, { revision }: ApproveGoalBody = {}): Promise<string> =>
      database.transaction(async tx => {
        const goal = await open(tx, caller, id, 'accept', revision)
        await record(tx, caller, goal, { event: 'accepted', set: { status: 'ACTIVE', waiting_since: null } })
        await settleRequest(tx, objectOf(goal), caller)
        notify(tx, goalAccepted, { to: goal.assigned_by_id ?? [], ...about(caller, goal) })
        return id
      }),

    declineGoal: (caller: Caller, id: string, { reason, revision }: RejectGoalBody): Promise<string> =>
      database.transaction(async tx => {
        const goal = await open(tx, caller, id, 'decline', revision)
        const set = { status: 'DECLINED', waiting_since: null, reason } as const
        await record(tx, caller, goal, { event: 'declined', set, note: reason })
        await settleRequest(tx, objectOf(goal), caller)
        notify(tx, goalDeclined, {
          to: goal.assigned_by_id ?? [],
          ...about(caller, goal),
          data: { goal_id: id, reason },
        })
        return id
      }),

    editGoal: (caller: Caller, id: string, body: EditGoalBody): Promise<string> =>
      database.transaction(async tx => {
        const goal = await open(tx, caller, id, 'edit')
        const { changed, set } = await revise(tx, caller, goal, body)
        if (changed.length > 0) await record(tx, caller, goal, { event: 'edited', set, changed })
        return id
      }),

    /** Sends a rejected or declined goal again, with the edits that come with it. */
    resubmitGoal: (caller: Caller, id: string, body: EditGoalBody): Promise<string> =>
      database.transaction(async tx => {
        const goal = await open(tx, caller, id, 'resubmit')
        const { changed, set } = await revise(tx, caller, goal, body)
        const status = goal.status === 'REJECTED' ? 'PENDING_APPROVAL' : 'PENDING_ACCEPTANCE'
        const sent: GoalTable = { ...goal, ...set, status, waiting_since: tx.now, reason: null }
        await record(tx, caller, goal, { event: 'resubmitted', set: sent, changed })
        if (status === 'PENDING_APPROVAL') await requestApproval(tx, caller, sent)
        else await requestAcceptance(tx, caller, sent)
        return id
      }),

    reportProgress: (caller: Caller, id: string, { percent, note = null }: ProgressBody): Promise<string> =>
      database.transaction(async tx => {
        const goal = await open(tx, caller, id, 'progress')
        await record(tx, caller, goal, { event: 'progressed', set: { progress: percent }, percent, note })
        return id
      }),

    achieveGoal: (caller: Caller, id: string): Promise<string> =>
      database.transaction(async tx => {
        const goal = await open(tx, caller, id, 'achieve')
        await record(tx, caller, goal, { event: 'achieved', set: { status: 'ACHIEVED' } })
        return id
      }),

    discardGoal: (caller: Caller, id: string, { reason }: ReasonBody): Promise<string> =>
      database.transaction(async tx => {
        const goal = await open(tx, caller, id, 'discard')
        await record(tx, caller, goal, {
          event: 'discarded',
          set: { status: 'DISCARDED', reason },
          note: reason,
        })
        return id
      }),
  }

  async function revise(tx: Tx, caller: Caller, goal: GoalTable, body: EditGoalBody) {
    const details = mergeDetails(body, goal)
    const changed = changedFields(goal, details)
    await checkDetails(tx.db, people, caller, { ...goal, ...details })
    // It may be moved into another quarter.
    await assertNotFrozen(tx.db, details, timeZone, goal.status)
    return { changed, set: changed.length > 0 ? { ...details, revision: goal.revision + 1 } : {} }
  }
}

/** How goals that wait for approval go along when their owner's approver becomes somebody else. */
export function goalAsker(people: Organisation): Asker {
  const held = (tx: Tx, id: string) =>
    tx.capabilities
      .lockRows(tx.db.selectFrom('goals').selectAll().where('id', '=', id))
      .executeTakeFirstOrThrow()
  return {
    approversOf: async (tx, id) => people.approversOf(tx.db, (await held(tx, id)).owner_id),
    async ask(tx, id, to) {
      const goal = await held(tx, id)
      const owner = await people.findPerson(tx.db, goal.owner_id)
      if (!owner) throw new Error(`The goal ${id} has no owner`)
      notify(tx, goalCreated, { to, ...about(owner, goal) })
    },
  }
}

/** What every notification about a goal says of it. */
function about(actor: Actor, goal: GoalTable) {
  return { actor, data: { goal_id: goal.id }, words: { title: goal.title }, object: objectOf(goal) }
}

function objectOf(goal: GoalTable) {
  return { type: 'goal', id: goal.id }
}

function newGoal(tx: Tx, type: GoalTable['type'], details: GoalDetails) {
  return {
    ...details,
    id: newId(),
    type,
    progress: 0,
    revision: 1,
    assigned_by_id: null,
    unit_id: null,
    reason: null,
    created_at: tx.now,
    updated_at: tx.now,
  }
}

async function checkUnit(tx: Tx, { unit_id }: CreateGoalBody, isPersonal: boolean): Promise<void> {
  if (unit_id === undefined || unit_id === null) return
  if (isPersonal)
    throw unprocessable('unit_id', 'unit_id must be left out: an individual goal is its owner’s')
  const unit = await tx.db.selectFrom('org_units').select('id').where('id', '=', unit_id).executeTakeFirst()
  if (!unit) throw unprocessable('unit_id', 'unit_id is no unit of this organisation')
}
