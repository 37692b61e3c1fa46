/** Goals that await a decision, for the list of all that awaits somebody. */
import { type ApprovalItem, DECISIONS_OF, type Goal } from '@pms/contract'
import type { ApprovalSource, Decide } from '../../approval-source.ts'
import type { Organisation } from '../../organisation.ts'
import type { GoalActions } from './actions.ts'
import { waitingGoals } from './queries.ts'

export function goalApprovals(people: Organisation, actions: GoalActions): ApprovalSource {
  return {
    awaiting: async (db, caller) => (await waitingGoals(db, people, caller, 'waiting')).map(toItem),
    sent: async (db, caller) => (await waitingGoals(db, people, caller, 'sent')).map(toItem),
    decide: { goal_approval: decide(actions), goal_acceptance: decide(actions) },
  }
}

function toItem(goal: Goal): ApprovalItem {
  const isAcceptance = goal.status === 'PENDING_ACCEPTANCE'
  const kind = isAcceptance ? 'goal_acceptance' : 'goal_approval'
  const decisions = DECISIONS_OF[kind].filter(decision => goal.allowed_actions.includes(decision))
  const isAskedOfCaller = decisions.length > 0
  return {
    kind,
    id: goal.id,
    object_id: goal.id,
    title: goal.title,
    detail: goal.quarter === null ? String(goal.year) : `${goal.quarter} ${goal.year}`,
    requested_by: goal.assigned_by ?? goal.owner,
    subject: goal.owner,
    waiting_since: goal.waiting_since ?? goal.updated_at,
    waiting_on: goal.waiting_on,
    due_on: null,
    action_url: isAcceptance && isAskedOfCaller ? `/goals/${goal.id}/respond` : `/goals/${goal.id}`,
    decisions,
    revision: goal.revision,
  }
}

const decide =
  ({ approveGoal, rejectGoal, acceptGoal, declineGoal }: GoalActions): Decide =>
  async (caller, id, decision, { reason, revision }) => {
    switch (decision) {
      case 'approve':
        await approveGoal(caller, id, { revision })
        return 'ACTIVE'
      case 'reject':
        await rejectGoal(caller, id, { reason, revision })
        return 'REJECTED'
      case 'accept':
        await acceptGoal(caller, id, { revision })
        return 'ACTIVE'
      case 'decline':
        await declineGoal(caller, id, { reason, revision })
        return 'DECLINED'
      default:
        throw new Error(`A goal takes no decision to ${decision}`)
    }
  }
