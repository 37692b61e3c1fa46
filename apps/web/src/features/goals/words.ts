/** What goals, their states and their history are called on the pages. Pure: data in, words out. */
import type { Goal, GoalEvent, GoalStatus, GoalType, PersonRef, Quarter } from '@pms/contract'
import { NameFor, nameFor } from '../../ui/names.ts'
import type { Tone } from '../../ui/pill.tsx'
import { listed } from '../../ui/words.ts'

/** The exact states, for filters and facts. */
export const STATUS_LABELS: Record<GoalStatus, string> = {
  PENDING_APPROVAL: 'Awaiting approval',
  PENDING_ACCEPTANCE: 'Awaiting acceptance',
  ACTIVE: 'Active',
  REJECTED: 'Rejected',
  DECLINED: 'Declined',
  ACHIEVED: 'Achieved',
  DISCARDED: 'Discarded',
}
export const STATUSES = Object.keys(STATUS_LABELS) as GoalStatus[]

export const TYPE_LABELS: Record<GoalType, string> = {
  INDIVIDUAL: 'Personal',
  QUARTERLY: 'Quarterly',
  YEARLY: 'Yearly',
}
export const TYPES = Object.keys(TYPE_LABELS) as GoalType[]

const QUARTER_NAMES: Record<Quarter, string> = { Q1: 'Jan–Mar', Q2: 'Apr–Jun', Q3: 'Jul–Sep', Q4: 'Oct–Dec' }
export const QUARTERS = Object.keys(QUARTER_NAMES) as Quarter[]

const STATES: Record<GoalStatus, { tone: Tone; word: string }> = {
  PENDING_APPROVAL: { tone: 'awaiting', word: 'Awaiting' },
  PENDING_ACCEPTANCE: { tone: 'awaiting', word: 'Awaiting' },
  ACTIVE: { tone: 'active', word: 'Active' },
  REJECTED: { tone: 'returned', word: 'Returned' },
  DECLINED: { tone: 'returned', word: 'Returned' },
  ACHIEVED: { tone: 'done', word: 'Done' },
  DISCARDED: { tone: 'neutral', word: 'Discarded' },
}

/** The one word and colour of a goal's state; past its end date an active goal is overdue. */
export function stateOf(
  goal: Pick<Goal, 'status' | 'end_date'>,
  today: string,
): { tone: Tone; word: string } {
  if (goal.status === 'ACTIVE' && goal.end_date && goal.end_date < today)
    return { tone: 'overdue', word: 'Overdue' }
  return STATES[goal.status]
}

/** Nothing happens to it any more. */
export const isFinal = ({ status }: Pick<Goal, 'status'>) => status === 'ACHIEVED' || status === 'DISCARDED'

/** "Q1 2027", or "2027" for the whole year. */
export const periodOf = ({ quarter, year }: Pick<Goal, 'quarter' | 'year'>) =>
  quarter ? `${quarter} ${year}` : String(year)

const FIELD_NAMES: Record<string, string> = {
  title: 'the title',
  description: 'the description',
  quarter: 'the quarter',
  year: 'the year',
  start_date: 'the start date',
  end_date: 'the due date',
  parent_goal_id: 'the goal it is part of',
}

/** "Jane Smith approved the goal", without the name: who did it is shown apart from what. */
export function deedOf(event: GoalEvent, owner: PersonRef, meId: string): string {
  switch (event.event) {
    case 'created':
      return 'created the goal'
    case 'assigned':
      return `assigned the goal to ${nameFor(owner, meId)}`
    case 'edited':
      return `edited ${listed(event.changed_fields.map(field => FIELD_NAMES[field] ?? field)) || 'the goal'}`
    case 'resubmitted':
      return 'sent the goal again'
    case 'progressed':
      return `set progress to ${event.percent ?? 0}%`
    case 'handed_over':
      return 'handed the goal over'
    case 'achieved':
      return 'marked the goal as achieved'
    default:
      return `${event.event} the goal`
  }
}

/** The latest step that led to the state the goal is in: who decided it and when. */
export function decisionOf(history: readonly GoalEvent[], status: GoalStatus): GoalEvent | undefined {
  return history.findLast(event => event.to_status === status && event.from_status !== status)
}

/** Why a goal that somebody was asked about can no longer be answered. */
export function whyNoAnswer(status: GoalStatus, decision: GoalEvent | undefined, meId: string): string {
  const who = decision ? NameFor(decision.actor, meId) : null
  switch (status) {
    case 'ACTIVE':
      return who && decision?.event === 'accepted'
        ? `${who} accepted this goal. It is active now.`
        : 'This goal is active already.'
    case 'DECLINED':
      return who ? `${who} declined this goal.` : 'This goal was declined.'
    case 'ACHIEVED':
      return 'This goal has been achieved.'
    case 'DISCARDED':
      return who ? `${who} discarded this goal.` : 'This goal was discarded.'
    case 'PENDING_ACCEPTANCE':
      return 'Only the person it was assigned to can accept or decline it.'
    default:
      return 'This goal asks for no answer.'
  }
}
