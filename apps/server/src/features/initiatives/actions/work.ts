/** Giving an initiative to people, and what they do with it until it is reviewed. */
import type {
  AssignInitiativeBody,
  ReassignInitiativeBody,
  ReturnInitiativeBody,
  ReviewInitiativeBody,
  SubmitInitiativeBody,
} from '@pms/contract'
import { notify } from '@pms/notifier'
import type { Caller } from '../../../auth/caller.ts'
import { settleRequest } from '../../../requests/requests.ts'
import { checkDetails, mergeDetails } from '../details.ts'
import { checkAssigned, isSame, readHands } from '../hands.ts'
import { initiativeAssigned, initiativeReturned, initiativeReviewed } from '../notifications.ts'
import type { InitiativeParts } from '../ports.ts'
import { openInitiative, recordStep } from '../steps.ts'
import type { InitiativeTable } from '../tables.ts'
import { teamOf, writeTeam } from '../team.ts'
import { about, objectOf, requestReview } from './about.ts'
import { withdrawExtension } from './extensions.ts'
import { handOn } from './hand-on.ts'
import { newInitiative } from './new-initiative.ts'

export function workActions(parts: InitiativeParts) {
  const { database, people, files } = parts

  return {
    /** To people below the caller: it is theirs at once. */
    assignInitiative: (caller: Caller, body: AssignInitiativeBody): Promise<string> =>
      database.transaction(async tx => {
        const hands = readHands(body.type, body)
        await checkAssigned(tx.db, people, caller, hands.assigneeIds)
        const initiative: InitiativeTable = {
          ...newInitiative(tx, body.type, mergeDetails(body)),
          creator_id: caller.id,
          head_id: hands.headId,
          status: 'ASSIGNED',
        }
        await checkDetails(tx, parts, caller, initiative)
        await tx.db.insertInto('initiatives').values(initiative).execute()
        await writeTeam(tx, initiative.id, hands.assigneeIds)
        const made = { initiative, team: await teamOf(tx.db, initiative.id) }
        await recordStep(tx, people, caller, made, { event: 'assigned', from: null })
        notify(tx, initiativeAssigned, { to: hands.assigneeIds, ...about(caller, initiative) })
        return initiative.id
      }),

    startInitiative: (caller: Caller, id: string): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'start')
        const set = { status: 'STARTED', waiting_since: null } as const
        await recordStep(tx, people, caller, held, { event: 'started', set })
        return id
      }),

    submitInitiative: (
      caller: Caller,
      id: string,
      { report, attachment_ids = [] }: SubmitInitiativeBody,
    ): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'submit')
        // Whatever time it was given, it is done now.
        await withdrawExtension(tx, people, caller, held)
        const set = {
          status: 'COMPLETED',
          status_before_overdue: null,
          waiting_since: tx.now,
          report,
          submitted_at: tx.now,
        } as const
        await recordStep(tx, people, caller, held, { event: 'submitted', set, note: report })
        if (attachment_ids.length > 0) await files.claim(tx, caller, attachment_ids, id)
        await requestReview(tx, people, caller, held)
        return id
      }),

    reviewInitiative: (
      caller: Caller,
      id: string,
      { score, feedback = null }: ReviewInitiativeBody,
    ): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'review')
        const { initiative, team } = held
        const set = {
          status: 'APPROVED',
          waiting_since: null,
          score,
          feedback,
          reviewed_by_id: caller.id,
          reviewed_at: tx.now,
        } as const
        await recordStep(tx, people, caller, held, { event: 'reviewed', set, note: feedback })
        await settleRequest(tx, objectOf(initiative), caller)
        const { words, ...message } = about(caller, initiative)
        notify(tx, initiativeReviewed, { to: team.assigneeIds, ...message, words: { ...words, score } })
        return id
      }),

    returnInitiative: (caller: Caller, id: string, { feedback }: ReturnInitiativeBody): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'return')
        const { initiative, team } = held
        const set = {
          status: 'STARTED',
          waiting_since: null,
          feedback,
          reviewed_by_id: caller.id,
          reviewed_at: tx.now,
        } as const
        await recordStep(tx, people, caller, held, { event: 'returned', set, note: feedback })
        await settleRequest(tx, objectOf(initiative), caller)
        const { words, ...message } = about(caller, initiative)
        notify(tx, initiativeReturned, { to: team.assigneeIds, ...message, words: { ...words, feedback } })
        return id
      }),

    /** To these people instead; those who have it already need not be below the caller. */
    reassignInitiative: (caller: Caller, id: string, body: ReassignInitiativeBody): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'reassign')
        const { initiative, team } = held
        const before = { assigneeIds: team.assigneeIds, headId: initiative.head_id }
        const after = readHands(initiative.type, body, before)
        if (isSame(before, after)) return id
        const added = after.assigneeIds.filter(assignee => !before.assigneeIds.includes(assignee))
        await checkAssigned(tx.db, people, caller, added)
        await handOn(tx, people, caller, held, after)
        return id
      }),
  }
}
