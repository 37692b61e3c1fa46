/**
 * Who may do what with cycles and reviews, in which state, and who may see what: the one place that refusals,
 * `allowed_actions` and everything shown come from.
 */
import {
  PARTICIPANT_ACTIONS,
  type ParticipantAction,
  REVIEW_ACTIONS,
  REVIEW_CYCLE_ACTIONS,
  type ReviewAction,
  type ReviewCycleAction,
  type ReviewCycleStatus,
  type ReviewKind,
  type ReviewStatus,
} from '@pms/contract'
import type { Caller } from '../../auth/caller.ts'

/** Manages reviews: all of them but what others write about this person, which no right opens. */
export const isKeeper = (caller: Caller): boolean => caller.permissions.has('reviews.manage')

interface CycleRule {
  from: readonly ReviewCycleStatus[]
}

/** All of them are done by those who manage reviews, and by nobody else. */
export const CYCLE_RULES: Record<ReviewCycleAction, CycleRule> = {
  edit: { from: ['draft', 'active'] },
  activate: { from: ['draft'] },
  complete: { from: ['active'] },
  cancel: { from: ['draft', 'active'] },
}

export function cycleActions(caller: Caller, status: ReviewCycleStatus): ReviewCycleAction[] {
  return isKeeper(caller)
    ? REVIEW_CYCLE_ACTIONS.filter(action => CYCLE_RULES[action].from.includes(status))
    : []
}

/** What a person is to somebody who is reviewed. */
export interface ParticipantRelation {
  isSelf: boolean
  isKeeper: boolean
  /** Decides about that person's work. */
  isApprover: boolean
}

export const PARTICIPANT_RULES: Record<
  ParticipantAction,
  { from: readonly ReviewCycleStatus[]; who(is: ParticipantRelation): boolean }
> = {
  choose_peers: { from: ['draft'], who: is => !is.isSelf && (is.isKeeper || is.isApprover) },
}

export function participantActions(
  relation: ParticipantRelation,
  status: ReviewCycleStatus,
): ParticipantAction[] {
  return PARTICIPANT_ACTIONS.filter(action => {
    const rule = PARTICIPANT_RULES[action]
    return rule.from.includes(status) && rule.who(relation)
  })
}

/** What a person is to a review. */
export interface Relation {
  isReviewer: boolean
  isReviewee: boolean
  /** Manages reviews, and is not the one reviewed. */
  isKeeper: boolean
  /** Stands above the one reviewed, in the place of somebody who does, or writes the supervisor review. */
  isSupervisor: boolean
  /** Was told that its reviewer, for whom they answer, is late. */
  isChaser: boolean
}

/** What rules go by. */
export interface Facts {
  kind: ReviewKind
  status: ReviewStatus
  cycleStatus: ReviewCycleStatus
}

interface ReviewRule {
  from: readonly ReviewStatus[]
  who(is: Relation, kind: ReviewKind): boolean
}

const TO_WRITE = ['pending', 'in_progress', 'overdue'] as const satisfies readonly ReviewStatus[]

export const REVIEW_RULES: Record<ReviewAction, ReviewRule> = {
  save: { from: TO_WRITE, who: is => is.isReviewer },
  submit: { from: TO_WRITE, who: is => is.isReviewer },
  reopen: { from: ['completed'], who: is => is.isKeeper },
  // A self review is written by the one it is about, or by nobody.
  reassign: { from: TO_WRITE, who: (is, kind) => is.isKeeper && kind !== 'self' },
}

/** Whether it can be done now, by whoever may: reviews rest with their cycle. */
export function isPossible(action: ReviewAction, { status, cycleStatus }: Facts): boolean {
  return cycleStatus === 'active' && REVIEW_RULES[action].from.includes(status)
}

export function reviewActions(relation: Relation, facts: Facts): ReviewAction[] {
  return REVIEW_ACTIONS.filter(
    action => isPossible(action, facts) && REVIEW_RULES[action].who(relation, facts.kind),
  )
}

/**
 * Whether this person may know of the review at all. Of those whom peers review none knows of a peer's: that rule
 * comes first, whatever else they are.
 */
export function isSeen(is: Relation, kind: ReviewKind): boolean {
  if (is.isReviewer) return true
  if (is.isReviewee) return kind === 'supervisor'
  return is.isKeeper || is.isSupervisor || is.isChaser
}

/** Whether this person, who sees the review, may know who writes it. */
export function isNamed(is: Relation, kind: ReviewKind): boolean {
  return kind !== 'peer' || is.isReviewer || is.isKeeper || !is.isSupervisor
}

/** Whether this person, who sees the review, may read its answers. Before it is submitted only its writer does. */
export function isRead(is: Relation, status: ReviewStatus): boolean {
  if (is.isReviewer) return true
  return status === 'completed' && (is.isReviewee || is.isKeeper || is.isSupervisor)
}
