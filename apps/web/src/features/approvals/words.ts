/** What requests and decisions are called on the approvals page. Pure: data in, words out. */
import type { ApprovalItem, ApprovalKind, Decision } from '@pms/contract'
import { NameFor } from '../../ui/names.ts'

export const KIND_LABELS: Record<ApprovalKind, string> = {
  goal_approval: 'Goals to approve',
  goal_acceptance: 'Goals to accept',
  initiative_approval: 'Initiatives to approve',
  initiative_review: 'Reports to review',
  initiative_extension: 'Extensions',
  review: 'Reviews',
  announcement_acknowledgement: 'Announcements',
}
export const KINDS = Object.keys(KIND_LABELS) as ApprovalKind[]

interface DecisionWords {
  /** On the button. */
  verb: string
  /** When it is done. */
  done: string
  /** Whether it is what the one who asks hopes for. */
  isYes: boolean
}

export const DECISION_WORDS: Record<Decision, DecisionWords> = {
  approve: { verb: 'Approve', done: 'Approved', isYes: true },
  accept: { verb: 'Accept', done: 'Accepted', isYes: true },
  acknowledge: { verb: 'Acknowledge', done: 'Acknowledged', isYes: true },
  reject: { verb: 'Reject', done: 'Rejected', isYes: false },
  decline: { verb: 'Decline', done: 'Declined', isYes: false },
  deny: { verb: 'Deny', done: 'Denied', isYes: false },
}

type Decidable = Pick<ApprovalItem, 'decisions'>

export const yesOf = ({ decisions }: Decidable) => decisions.find(one => DECISION_WORDS[one].isYes)
export const noOf = ({ decisions }: Decidable) => decisions.find(one => !DECISION_WORDS[one].isYes)

/** "Approve", or "Approve or accept" where the things ask for different words. */
export function verbsOf(decisions: readonly Decision[]): string {
  const verbs = [...new Set(decisions.map(one => DECISION_WORDS[one].verb))]
  return verbs.map((verb, index) => (index === 0 ? verb : verb.toLowerCase())).join(' or ')
}

/** "John Doe set this goal": what is asked, and by whom; null where the title says it already. */
export function askOf(item: ApprovalItem, meId: string): string | null {
  const who = item.requested_by ? NameFor(item.requested_by, meId) : null
  switch (item.kind) {
    case 'goal_approval':
      return `${who ?? 'A colleague'} set this goal`
    case 'goal_acceptance':
      return `${who ?? 'A supervisor'} assigned this goal`
    case 'initiative_approval':
      return `${who ?? 'A colleague'} proposed this initiative`
    case 'initiative_review':
      return `${who ?? 'A colleague'} submitted this initiative`
    case 'initiative_extension':
      return `${who ?? 'A colleague'} asked for more time`
    case 'review':
      return null
    case 'announcement_acknowledgement':
      return who ? `${who} asked for acknowledgement` : 'Acknowledgement is asked for'
  }
}

/** What a thing without a decision in the list is opened for. */
export const OPEN_WORDS: Partial<Record<ApprovalKind, string>> = {
  initiative_review: 'Review',
  review: 'Fill in',
}

export const keyOf = ({ kind, id }: Pick<ApprovalItem, 'kind' | 'id'>) => `${kind}:${id}`
