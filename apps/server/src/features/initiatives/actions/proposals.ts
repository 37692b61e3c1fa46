/** Proposing an initiative, and deciding whether it is to be done. */
import type {
  ApproveInitiativeBody,
  EditInitiativeBody,
  ProposeInitiativeBody,
  RejectInitiativeBody,
} from '@pms/contract'
import { notify } from '@pms/notifier'
import type { Caller } from '../../../auth/caller.ts'
import type { Tx } from '../../../database.ts'
import { conflict } from '../../../http/errors.ts'
import { settleRequest } from '../../../requests/requests.ts'
import { changedFields, checkDay, checkDetails, mergeDetails } from '../details.ts'
import { checkProposed, isSame, readHands } from '../hands.ts'
import { initiativeApproved, initiativeAssigned, initiativeRejected } from '../notifications.ts'
import type { InitiativeParts } from '../ports.ts'
import { type Held, openInitiative, recordStep } from '../steps.ts'
import type { InitiativeTable } from '../tables.ts'
import { teamOf, writeTeam } from '../team.ts'
import { about, objectOf, requestApproval } from './about.ts'
import { newInitiative } from './new-initiative.ts'

export function proposalActions(parts: InitiativeParts) {
  const { database, people } = parts

  return {
    /** One's own, or that of a group that one is part of. */
    proposeInitiative: (caller: Caller, body: ProposeInitiativeBody): Promise<string> =>
      database.transaction(async tx => {
        const own = body.type === 'INDIVIDUAL' ? { assigneeIds: [caller.id], headId: caller.id } : undefined
        const hands = readHands(body.type, body, own)
        const initiative: InitiativeTable = {
          ...newInitiative(tx, body.type, mergeDetails(body)),
          creator_id: caller.id,
          head_id: hands.headId,
          status: 'PENDING_APPROVAL',
        }
        await checkDetails(tx, parts, caller, initiative)
        await checkProposed(tx.db, people, caller.id, hands)
        await tx.db.insertInto('initiatives').values(initiative).execute()
        await writeTeam(tx, initiative.id, hands.assigneeIds)
        const made = { initiative, team: await teamOf(tx.db, initiative.id) }
        await recordStep(tx, people, caller, made, { event: 'proposed', from: null })
        await requestApproval(tx, people, caller, made)
        return initiative.id
      }),

    approveInitiative: (caller: Caller, id: string, { revision }: ApproveInitiativeBody): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'approve')
        const { initiative, team } = held
        checkRevision(initiative, revision)
        const set = { status: 'ASSIGNED', waiting_since: tx.now } as const
        await recordStep(tx, people, caller, held, { event: 'approved', set })
        await settleRequest(tx, objectOf(initiative), caller)
        const others = team.assigneeIds.filter(assignee => assignee !== initiative.creator_id)
        notify(tx, initiativeApproved, { to: initiative.creator_id, ...about(caller, initiative) })
        notify(tx, initiativeAssigned, { to: others, ...about(caller, initiative) })
        return id
      }),

    rejectInitiative: (
      caller: Caller,
      id: string,
      { reason, revision }: RejectInitiativeBody,
    ): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'reject')
        const { initiative } = held
        checkRevision(initiative, revision)
        const set = { status: 'REJECTED', waiting_since: null, reason } as const
        await recordStep(tx, people, caller, held, { event: 'rejected', set, note: reason })
        await settleRequest(tx, objectOf(initiative), caller)
        notify(tx, initiativeRejected, {
          to: initiative.creator_id,
          ...about(caller, initiative),
          data: { initiative_id: id, reason },
        })
        return id
      }),

    editInitiative: (caller: Caller, id: string, body: EditInitiativeBody): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'edit')
        const { changed, revised, set } = await revise(tx, caller, held, body)
        if (changed.length > 0) {
          await recordStep(tx, people, caller, revised, { event: 'edited', set, changed })
        }
        return id
      }),

    /** Sends a rejected proposal again, with the edits that come with it. */
    resubmitInitiative: (caller: Caller, id: string, body: EditInitiativeBody): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'resubmit')
        const { changed, revised, set } = await revise(tx, caller, held, body)
        const sent = { ...set, status: 'PENDING_APPROVAL', waiting_since: tx.now, reason: null } as const
        const initiative: InitiativeTable = { ...revised.initiative, ...sent }
        checkDay(tx, parts, initiative.due_date, 'due_date')
        await recordStep(tx, people, caller, revised, { event: 'resubmitted', set: sent, changed })
        await requestApproval(tx, people, caller, { initiative, team: revised.team })
        return id
      }),
  }

  /** Takes in an edit: what changed, and the initiative as it is to be. */
  async function revise(tx: Tx, caller: Caller, { initiative, team }: Held, body: EditInitiativeBody) {
    const before = { assigneeIds: team.assigneeIds, headId: initiative.head_id }
    const hands = readHands(initiative.type, body, before)
    const details = mergeDetails(body, initiative)
    await checkDetails(tx, parts, caller, details, initiative)
    const changed = changedFields(initiative, details)
    if (!isSame(hands, before)) {
      await checkProposed(tx.db, people, initiative.creator_id, hands)
      await writeTeam(tx, initiative.id, hands.assigneeIds)
      changed.push('assignees')
    }
    const set =
      changed.length > 0 ? { ...details, head_id: hands.headId, revision: initiative.revision + 1 } : {}
    return { changed, set, revised: { initiative, team: await teamOf(tx.db, initiative.id) } }
  }
}

function checkRevision(initiative: InitiativeTable, revision: number | undefined): void {
  if (revision === undefined || revision === initiative.revision) return
  throw conflict('This initiative was edited since you read it. Read it again before you decide', {
    currentStatus: initiative.status,
  })
}
