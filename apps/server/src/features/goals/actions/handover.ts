/** Goals of somebody who leaves: what is open goes on, as somebody else's. */
import type { GoalStatus } from '@pms/contract'
import { notify } from '@pms/notifier'
import type { Kysely } from 'kysely'
import type { Tables } from '../../../database.ts'
import type { Handover } from '../../../handover.ts'
import type { Organisation } from '../../../organisation.ts'
import { reassignRequest, requestOf, settleRequest } from '../../../requests/requests.ts'
import { goalAssigned, goalCreated } from '../notifications.ts'
import { recordStep } from '../steps.ts'

const OPEN: readonly GoalStatus[] = ['PENDING_APPROVAL', 'PENDING_ACCEPTANCE', 'ACTIVE']

export function goalHandover(people: Organisation): Handover {
  return {
    kind: 'goals',

    async count(db, userId) {
      const { count } = await openGoalsOf(db, userId)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async handOver(tx, caller, from, to) {
      const goals = await tx.capabilities
        .lockRows(openGoalsOf(tx.db, from.id).selectAll().orderBy('id'))
        .execute()
      for (const goal of goals) {
        const object = { type: 'goal', id: goal.id }
        const about = { data: { goal_id: goal.id }, words: { title: goal.title }, object }
        // Nobody assigns to themselves what nobody else approves: it is theirs, and has to be approved.
        const becomesOwn = goal.status === 'PENDING_ACCEPTANCE' && goal.assigned_by_id === to.id
        await recordStep(tx, people, caller, goal, {
          event: 'handed_over',
          set: {
            owner_id: to.id,
            ...(becomesOwn
              ? { status: 'PENDING_APPROVAL', assigned_by_id: null, waiting_since: tx.now }
              : {}),
          },
        })

        if (becomesOwn) {
          await settleRequest(tx, object, caller)
          const approvers = await people.approversOf(tx.db, to.id)
          notify(tx, goalCreated, {
            to: await requestOf(tx, object, to.id, approvers),
            actor: to,
            ...about,
          })
        } else if (goal.status === 'PENDING_ACCEPTANCE') {
          await settleRequest(tx, object, caller)
          const assigner = goal.assigned_by_id && (await people.findPerson(tx.db, goal.assigned_by_id))
          notify(tx, goalAssigned, { to: to.id, actor: assigner || null, ...about })
        } else await reassignRequest(tx, object, to.id)
      }
    },
  }
}

function openGoalsOf(db: Kysely<Tables>, userId: string) {
  return db.selectFrom('goals').where('owner_id', '=', userId).where('status', 'in', OPEN)
}
