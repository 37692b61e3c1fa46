/** What reviews, their cycles and their states are called on the pages. Pure: data in, words out. */
import type {
  AUDIENCE_SCOPES,
  PersonRef,
  Review,
  ReviewCycle,
  ReviewCycleStatus,
  ReviewEvent,
  ReviewKind,
  ReviewStatus,
} from '@pms/contract'
import { shortDay } from '../../ui/dates.ts'
import type { Tone } from '../../ui/pill.tsx'
import { counted } from '../../ui/words.ts'

export const KIND_LABELS: Record<ReviewKind, string> = {
  self: 'Self review',
  supervisor: 'Supervisor review',
  peer: 'Peer review',
}
export const KINDS = Object.keys(KIND_LABELS) as ReviewKind[]

interface State {
  tone: Tone
  word: string
  /** How far the mark is filled. */
  progress: number
}

export const REVIEW_STATES: Record<ReviewStatus, State> = {
  pending: { tone: 'awaiting', word: 'Awaiting', progress: 0 },
  in_progress: { tone: 'active', word: 'Started', progress: 50 },
  overdue: { tone: 'overdue', word: 'Overdue', progress: 50 },
  completed: { tone: 'done', word: 'Done', progress: 100 },
  closed: { tone: 'neutral', word: 'Closed', progress: 0 },
}
export const STATUSES = Object.keys(REVIEW_STATES) as ReviewStatus[]

export const CYCLE_STATES: Record<ReviewCycleStatus, State> = {
  draft: { tone: 'awaiting', word: 'Draft', progress: 0 },
  active: { tone: 'active', word: 'Active', progress: 50 },
  completed: { tone: 'done', word: 'Done', progress: 100 },
  cancelled: { tone: 'neutral', word: 'Cancelled', progress: 0 },
}

/** Whether somebody is still to write it. */
export const isOpen = ({ status }: Pick<Review, 'status'>) =>
  status === 'pending' || status === 'in_progress' || status === 'overdue'

const whose = (person: PersonRef, meId: string) => (person.id === meId ? 'you' : person.name)

/** "Peer review of John Doe", "Supervisor review of you", "Your self review". */
export function titleOf({ kind, reviewee }: Pick<Review, 'kind' | 'reviewee'>, meId: string): string {
  if (kind !== 'self') return `${KIND_LABELS[kind]} of ${whose(reviewee, meId)}`
  return reviewee.id === meId ? 'Your self review' : `Self review of ${reviewee.name}`
}

/** The same in the middle of a sentence, after "the": "peer review of John Doe". */
export const inSentence = (review: Pick<Review, 'kind' | 'reviewee'>, meId: string) =>
  titleOf(review, meId).replace(/^./, first => first.toLowerCase())

/** Who writes it; peers stay unnamed to most. */
export const writerOf = ({ reviewer }: Pick<Review, 'reviewer'>, meId: string) =>
  reviewer ? (reviewer.id === meId ? 'You' : reviewer.name) : 'A peer'

/** What each rating means. */
export const RATINGS = [1, 2, 3, 4, 5] as const
export const RATING_WORDS: Record<number, string> = {
  1: 'Far below',
  2: 'Below',
  3: 'As expected',
  4: 'Above',
  5: 'Outstanding',
}

/** "4.25", "3": as many places as it needs. */
export const scoreText = (score: number) => String(Number(score.toFixed(2)))

/** "1 Oct 2026 – 31 Mar 2027" */
export const periodOf = (
  { period_start, period_end }: Pick<ReviewCycle, 'period_start' | 'period_end'>,
  today: string,
) => `${shortDay(period_start, today)} – ${shortDay(period_end, today)}`

export const SCOPE_LABELS: Record<(typeof AUDIENCE_SCOPES)[number], string> = {
  everyone: 'Everyone',
  unit: 'A unit',
  people: 'Chosen people',
}

/** "Everyone, 240 people", "Sales and all below it, 12 people", "3 people". */
export function audienceOf({ scope, unit, count }: NonNullable<ReviewCycle['audience']>): string {
  const people = counted(count, 'person', 'people')
  if (scope === 'everyone') return `Everyone, ${people}`
  return scope === 'unit' ? `${unit?.name ?? 'A unit'} and all below it, ${people}` : people
}

const DEEDS: Record<ReviewEvent['event'], string> = {
  assigned: 'gave the review out',
  started: 'started to write it',
  submitted: 'submitted it',
  reopened: 'reopened it',
  reassigned: 'gave it to somebody else',
}

/** What somebody did, without the name: who did it is shown apart from what. */
export const deedOf = ({ event }: ReviewEvent) => DEEDS[event]

/** Why a review shows no answers. */
export function whyUnread(review: Review, meId: string): string {
  const writer = review.reviewer?.id === meId ? 'you' : (review.reviewer?.name ?? 'a peer')
  switch (review.status) {
    case 'completed':
      return 'It has been submitted. You are told that it is done, not what it says.'
    case 'closed':
      return 'It was not submitted before the review cycle ended.'
    case 'overdue':
      return `It was to be written by ${writer} and is overdue. What it says can be read once it is submitted.`
    default:
      return `It is to be written by ${writer}. What it says can be read once it is submitted.`
  }
}
