/**
 * Who may do what with an initiative, and in which state: the tables that refusals and `allowed_actions` come from.
 */
import {
  EXTENSION_ACTIONS,
  type ExtensionAction,
  type ExtensionStatus,
  INITIATIVE_ACTIONS,
  type InitiativeAction,
  type InitiativeStatus,
} from '@pms/contract'

/** What a person is to an initiative. Nobody to whom it is or was assigned decides about it, whatever else they are. */
export interface Relation {
  isCreator: boolean
  /** Answers for it: the head of a group, else the one it is assigned to. */
  isHead: boolean
  /** Decides about its creator's work. */
  isApprover: boolean
  /** Decides about the work of who answers for it. */
  isReviewer: boolean
  /** Stands above who answers for it. */
  isSupervisor: boolean
}

export interface Facts {
  status: InitiativeStatus
  isExtensionOpen: boolean
}

interface Rule {
  from: readonly InitiativeStatus[]
  who(relation: Relation): boolean
  /** What else is in the way. */
  unless?(facts: Facts): boolean
}

const IN_HAND: readonly InitiativeStatus[] = ['ASSIGNED', 'STARTED', 'OVERDUE']

export const INITIATIVE_RULES: Record<InitiativeAction, Rule> = {
  approve: { from: ['PENDING_APPROVAL'], who: is => is.isApprover },
  reject: { from: ['PENDING_APPROVAL'], who: is => is.isApprover },
  edit: { from: ['REJECTED'], who: is => is.isCreator },
  resubmit: { from: ['REJECTED'], who: is => is.isCreator },
  start: { from: ['ASSIGNED'], who: is => is.isHead },
  submit: { from: ['STARTED', 'OVERDUE'], who: is => is.isHead },
  review: { from: ['COMPLETED'], who: is => is.isReviewer },
  return: { from: ['COMPLETED'], who: is => is.isReviewer },
  request_extension: { from: IN_HAND, who: is => is.isHead, unless: facts => facts.isExtensionOpen },
  reassign: { from: IN_HAND, who: is => is.isSupervisor },
}

export const EXTENSION_RULES: Record<
  ExtensionAction,
  { from: readonly ExtensionStatus[]; who(relation: Relation): boolean }
> = {
  approve: { from: ['PENDING'], who: is => is.isReviewer },
  deny: { from: ['PENDING'], who: is => is.isReviewer },
}

/** Whether it is somebody's work to be done. */
export function isInHand(status: InitiativeStatus): boolean {
  return IN_HAND.includes(status)
}

/** Whether it can be done now, by whoever may. */
export function isPossible(action: InitiativeAction, facts: Facts): boolean {
  const rule = INITIATIVE_RULES[action]
  return rule.from.includes(facts.status) && !rule.unless?.(facts)
}

/** What this person can do with this initiative as it stands. */
export function allowedActions(relation: Relation, facts: Facts): InitiativeAction[] {
  return INITIATIVE_ACTIONS.filter(
    action => isPossible(action, facts) && INITIATIVE_RULES[action].who(relation),
  )
}

/** What this person can do with a request for more time. */
export function allowedOnExtension(relation: Relation, status: ExtensionStatus): ExtensionAction[] {
  return EXTENSION_ACTIONS.filter(action => {
    const rule = EXTENSION_RULES[action]
    return rule.from.includes(status) && rule.who(relation)
  })
}
