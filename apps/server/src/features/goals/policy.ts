/** Who may do what with a goal, and in which state: the one table that refusals and `allowed_actions` come from. */
import { GOAL_ACTIONS, type GoalAction, type GoalStatus } from '@pms/contract'
import type { GoalTable } from './tables.ts'

/** What a person is to a goal. */
export interface Relation {
  isOwner: boolean
  /** Wrote it: who assigned it, or else its owner. */
  isOriginator: boolean
  /** May decide about it. Never its owner. */
  isApprover: boolean
  /** It is the organisation's or a unit's, and this person keeps those. */
  isKeeper: boolean
}

interface Rule {
  from: readonly GoalStatus[]
  /** Not while the goal's quarter is frozen. Decisions on what waits are still made then, and goals are closed. */
  isLocked?: true
  who(relation: Relation, goal: Pick<GoalTable, 'progress'>): boolean
}

export const GOAL_RULES: Record<GoalAction, Rule> = {
  approve: { from: ['PENDING_APPROVAL'], who: is => is.isApprover },
  reject: { from: ['PENDING_APPROVAL'], who: is => is.isApprover },
  accept: { from: ['PENDING_ACCEPTANCE'], who: is => is.isOwner },
  decline: { from: ['PENDING_ACCEPTANCE'], who: is => is.isOwner },
  edit: {
    isLocked: true,
    from: ['PENDING_APPROVAL', 'PENDING_ACCEPTANCE', 'REJECTED', 'DECLINED'],
    who: is => is.isOriginator,
  },
  resubmit: { isLocked: true, from: ['REJECTED', 'DECLINED'], who: is => is.isOriginator },
  progress: { isLocked: true, from: ['ACTIVE'], who: is => is.isOwner },
  achieve: { from: ['ACTIVE'], who: (is, goal) => is.isApprover || (is.isOwner && goal.progress === 100) },
  discard: { from: ['ACTIVE'], who: is => is.isApprover || is.isKeeper },
}

/**
 * What this person can do with this goal as it stands.
 * @param isFrozen whether its quarter is
 */
export function allowedActions(
  relation: Relation,
  goal: Pick<GoalTable, 'status' | 'progress'>,
  isFrozen: boolean,
): GoalAction[] {
  return GOAL_ACTIONS.filter(action => {
    const rule = GOAL_RULES[action]
    return rule.from.includes(goal.status) && !(rule.isLocked && isFrozen) && rule.who(relation, goal)
  })
}

/** Goals of the organisation or a unit; everybody sees them. */
export function isOrganisational(goal: Pick<GoalTable, 'type'>): boolean {
  return goal.type !== 'INDIVIDUAL'
}
