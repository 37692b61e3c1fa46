/** What initiatives, their states and their history are called on the pages. Pure: data in, words out. */
import type {
  Initiative,
  InitiativeDetail,
  InitiativeEvent,
  InitiativeStatus,
  InitiativeType,
  Urgency,
} from '@pms/contract'
import { shortDay } from '../../ui/dates.ts'
import { NameFor } from '../../ui/names.ts'
import type { Tone } from '../../ui/pill.tsx'
import { listed } from '../../ui/words.ts'

/** The exact states, for filters. */
export const STATUS_LABELS: Record<InitiativeStatus, string> = {
  PENDING_APPROVAL: 'Awaiting approval',
  REJECTED: 'Rejected',
  ASSIGNED: 'Assigned',
  STARTED: 'Started',
  OVERDUE: 'Overdue',
  COMPLETED: 'In review',
  APPROVED: 'Done',
}
export const STATUSES = Object.keys(STATUS_LABELS) as InitiativeStatus[]

export const TYPE_LABELS: Record<InitiativeType, string> = { INDIVIDUAL: 'One person', GROUP: 'Group' }
export const TYPES = Object.keys(TYPE_LABELS) as InitiativeType[]

export const URGENCY_LABELS: Record<Urgency, string> = {
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  URGENT: 'Urgent',
}
export const URGENCIES = Object.keys(URGENCY_LABELS) as Urgency[]

interface State {
  tone: Tone
  word: string
  /** How far the mark is filled while the work goes on. */
  progress: number
}

const STATES: Record<InitiativeStatus, State> = {
  PENDING_APPROVAL: { tone: 'awaiting', word: 'Awaiting', progress: 0 },
  ASSIGNED: { tone: 'active', word: 'Assigned', progress: 0 },
  REJECTED: { tone: 'returned', word: 'Returned', progress: 0 },
  STARTED: { tone: 'active', word: 'Started', progress: 50 },
  COMPLETED: { tone: 'awaiting', word: 'In review', progress: 0 },
  APPROVED: { tone: 'done', word: 'Done', progress: 100 },
  OVERDUE: { tone: 'overdue', word: 'Overdue', progress: 50 },
}

/** The one word and colour of its state; work that came back for more is returned until it is submitted again. */
export function stateOf({ status, feedback }: Pick<Initiative, 'status' | 'feedback'>): State {
  if (status === 'STARTED' && feedback !== null) return { tone: 'returned', word: 'Returned', progress: 50 }
  return STATES[status]
}

/** Whether the day it is due still means something. */
export const isOpen = ({ status }: Pick<Initiative, 'status'>) =>
  status !== 'APPROVED' && status !== 'REJECTED'

/** Whether it is over and has its score. */
export const isScored = ({ status, score }: Pick<Initiative, 'status' | 'score'>) =>
  status === 'APPROVED' && score !== null

const FIELD_NAMES: Record<string, string> = {
  title: 'the title',
  description: 'the description',
  urgency: 'the urgency',
  due_date: 'the due date',
  goal_id: 'the goal it is part of',
  assignee_ids: 'who works on it',
  head_id: 'the head of the group',
}

/** What somebody did, without the name: who did it is shown apart from what. */
export function deedOf(event: InitiativeEvent, today: string): string {
  const day = event.due_date ? shortDay(event.due_date, today) : 'another day'
  switch (event.event) {
    case 'proposed':
      return 'proposed the initiative'
    case 'edited':
      return `edited ${listed(event.changed_fields.map(field => FIELD_NAMES[field] ?? field)) || 'it'}`
    case 'resubmitted':
      return 'sent the proposal again'
    case 'submitted':
      return 'submitted the report'
    case 'returned':
      return 'returned it for more work'
    case 'reassigned':
      return `gave it to ${event.note ?? 'others'}`
    case 'overdue':
      return `passed: it was due on ${day}`
    case 'extension_requested':
      return `asked for more time, until ${day}`
    case 'extension_approved':
      return `gave more time, until ${day}`
    case 'extension_denied':
      return 'denied more time'
    case 'extension_withdrawn':
      return 'no longer asks for more time'
    default:
      return `${event.event} the initiative`
  }
}

/** The words that go with a deed, where they are not part of what it is called or shown elsewhere on the page. */
export const noteOf = ({ event, note }: InitiativeEvent): string | null =>
  event === 'reassigned' || event === 'submitted' ? null : note

/** The latest step that led to the state it is in: who decided it and when. */
export const decisionOf = ({ history, status }: Pick<InitiativeDetail, 'history' | 'status'>) =>
  history.findLast(event => event.to_status === status && event.from_status !== status)

/** Why an initiative that somebody was asked to review can no longer be reviewed by them. */
export function whyNoReview(initiative: InitiativeDetail, meId: string): string {
  const decision = decisionOf(initiative)
  const who = decision?.actor ? NameFor(decision.actor, meId) : null
  switch (initiative.status) {
    case 'APPROVED':
      return who ? `${who} reviewed this initiative.` : 'This initiative has been reviewed.'
    case 'COMPLETED':
      return initiative.assignees.some(person => person.id === meId)
        ? 'You work on this initiative, so somebody else reviews it.'
        : 'Somebody else reviews this initiative.'
    case 'STARTED':
      return decision?.event === 'returned' && who
        ? `${who} returned this initiative. It can be reviewed when it is submitted again.`
        : 'This initiative is being worked on. It can be reviewed when it is submitted.'
    case 'OVERDUE':
      return 'This initiative is overdue and has not been submitted yet.'
    default:
      return 'This initiative has not been submitted yet.'
  }
}

/** Why there is nothing that this person could submit. */
export function whyNoSubmission({ status, head }: InitiativeDetail, meId: string): string {
  if (status === 'COMPLETED') return 'The report has been submitted.'
  if (status === 'APPROVED') return 'This initiative is done.'
  if (head.id !== meId) return `${head.name} answers for this initiative and submits it.`
  return status === 'ASSIGNED' ? 'Start this initiative first.' : 'This initiative is not being worked on.'
}
