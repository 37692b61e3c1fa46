/** Who may do what with an announcement, and when: the one table that refusals and `allowed_actions` come from. */
import { ANNOUNCEMENT_ACTIONS, type AnnouncementAction, type AnnouncementStatus } from '@pms/contract'
import type { AnnouncementTable } from './tables.ts'

/** What a person is to an announcement. */
export interface Relation {
  /** Looks after announcements, whoever wrote them. */
  isPublisher: boolean
  /** It was published to them, and asks to be acknowledged. */
  isAsked: boolean
  hasAcknowledged: boolean
}

interface Rule {
  from: readonly AnnouncementStatus[]
  who(relation: Relation): boolean
  /** They did it, and nobody does it twice. */
  isDone?(relation: Relation): boolean
}

export const ANNOUNCEMENT_RULES: Record<AnnouncementAction, Rule> = {
  edit: { from: ['DRAFT'], who: is => is.isPublisher },
  delete: { from: ['DRAFT'], who: is => is.isPublisher },
  publish: { from: ['DRAFT'], who: is => is.isPublisher },
  acknowledge: { from: ['PUBLISHED'], who: is => is.isAsked, isDone: is => is.hasAcknowledged },
}

/** What this person can do with this announcement as it stands. */
export function allowedActions(
  relation: Relation,
  { status }: Pick<AnnouncementTable, 'status'>,
): AnnouncementAction[] {
  return ANNOUNCEMENT_ACTIONS.filter(action => {
    const { from, who, isDone } = ANNOUNCEMENT_RULES[action]
    return who(relation) && from.includes(status) && !isDone?.(relation)
  })
}
