/** Giving an initiative that exists to other people: when it is reassigned, and when somebody leaves. */
import { notify } from '@pms/notifier'
import type { Kysely } from 'kysely'
import type { Caller } from '../../../auth/caller.ts'
import type { Tables, Tx } from '../../../database.ts'
import type { Handover } from '../../../handover.ts'
import type { Organisation } from '../../../organisation.ts'
import { followRequest, reassignRequest } from '../../../requests/requests.ts'
import { type Hands, namesOf } from '../hands.ts'
import { initiativeAssigned } from '../notifications.ts'
import { isInHand } from '../policy.ts'
import { type Held, holdInitiative, recordStep } from '../steps.ts'
import { changeTeam, teamOf } from '../team.ts'
import { about, extensionObject, objectOf } from './about.ts'
import { extensionAsker, initiativeAsker } from './askers.ts'
import { withdrawExtension } from './extensions.ts'

/** What was asked about it goes along: whoever works on it now decides about it no more. */
export async function handOn(
  tx: Tx,
  people: Organisation,
  caller: Caller,
  held: Held,
  after: Hands,
  creatorId: string = held.initiative.creator_id,
): Promise<void> {
  const { initiative, openExtension } = held
  const before = held.team.assigneeIds
  const added = after.assigneeIds.filter(id => !before.includes(id))
  const removed = before.filter(id => !after.assigneeIds.includes(id))
  const isHeadNew = after.headId !== initiative.head_id
  if (isHeadNew) await withdrawExtension(tx, people, caller, held)

  await changeTeam(tx, initiative.id, after.assigneeIds)
  const team = await teamOf(tx.db, initiative.id)
  const set = {
    head_id: after.headId,
    creator_id: creatorId,
    ...(isHeadNew && isInHand(initiative.status) && { waiting_since: tx.now }),
  }
  const note = await namesOf(tx.db, people, after.assigneeIds)
  await recordStep(tx, people, caller, { initiative, team }, { event: 'reassigned', set, note }, removed)

  const object = objectOf(initiative)
  await reassignRequest(tx, object, initiative.status === 'COMPLETED' ? after.headId : creatorId)
  await followRequest(tx, initiativeAsker(people), object)
  if (openExtension && !isHeadNew) {
    await followRequest(tx, extensionAsker(people), extensionObject(openExtension))
  }
  if (!isInHand(initiative.status)) return
  // A new head is asked for something new too, even of a group they were part of.
  const to = isHeadNew ? [...added, after.headId] : added
  notify(tx, initiativeAssigned, { to, ...about(caller, initiative) })
}

/** What somebody who leaves works on goes on as somebody else's. */
export function initiativeHandover(people: Organisation): Handover {
  return {
    kind: 'initiatives',

    async count(db, userId) {
      return (await openInitiativesOf(db, userId)).length
    },

    async handOver(tx, caller, from, to) {
      for (const id of await openInitiativesOf(tx.db, from.id)) {
        const held = await holdInitiative(tx, id)
        if (!held) continue
        const { creator_id, head_id, status } = held.initiative
        const next = (person: string) => (person === from.id ? to.id : person)
        const hands = {
          assigneeIds: [...new Set(held.team.assigneeIds.map(next))],
          headId: next(head_id),
        }
        const creatorId = status === 'PENDING_APPROVAL' ? next(creator_id) : creator_id
        await handOn(tx, people, caller, held, hands, creatorId)
      }
    },
  }
}

async function openInitiativesOf(db: Kysely<Tables>, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('initiative_assignees')
    .innerJoin('initiatives', 'initiatives.id', 'initiative_assignees.initiative_id')
    .select('initiatives.id')
    .where('initiative_assignees.user_id', '=', userId)
    .where('initiative_assignees.left_at', 'is', null)
    .where('initiatives.status', 'not in', ['APPROVED', 'REJECTED'])
    .orderBy('initiatives.id')
    .execute()
  return rows.map(row => row.id)
}
