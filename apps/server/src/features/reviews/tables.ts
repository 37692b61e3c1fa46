/** Tables of review cycles, of the reviews they consist of, and of what happened to both. */
import type {
  AUDIENCE_SCOPES,
  REVIEW_EVENTS,
  ReviewCycleStatus,
  ReviewKind,
  ReviewStatus,
} from '@pms/contract'

export interface ReviewTables {
  review_cycles: ReviewCycleTable
  review_questions: ReviewQuestionTable
  review_participants: ReviewParticipantTable
  review_peers: ReviewPeerTable
  reviews: ReviewTable
  review_answers: ReviewAnswerTable
  review_events: ReviewEventTable
}

export interface ReviewCycleTable {
  id: string
  name: string
  period_start: string
  period_end: string
  /** A day. */
  deadline: string
  status: ReviewCycleStatus
  scope: (typeof AUDIENCE_SCOPES)[number]
  unit_id: string | null
  /** Why it was cancelled. */
  reason: string | null
  created_by_id: string
  activated_by_id: string | null
  activated_at: string | null
  ended_by_id: string | null
  ended_at: string | null
  created_at: string
  updated_at: string
}

export interface ReviewQuestionTable {
  id: string
  cycle_id: string
  position: number
  trait: string
  text: string
  is_required: number
}

/** Who is reviewed. In a draft only those chosen by name; the others are known when it is activated. */
export interface ReviewParticipantTable {
  cycle_id: string
  user_id: string
  /** When their reviews were given out: of a large cycle that is done in parts. */
  assigned_at: string | null
}

/** Who is to review whom as a peer, as chosen in the draft. */
export interface ReviewPeerTable {
  cycle_id: string
  user_id: string
  peer_id: string
}

/** What somebody is to write about somebody. */
export interface ReviewTable {
  /**
   * Random, unlike other ids: those of version 7 tell when and in which order they were made, and so which reviews
   * belong together.
   */
  id: string
  cycle_id: string
  reviewee_id: string
  reviewer_id: string
  kind: ReviewKind
  /** Whether it is overdue is told by the day (`sight.ts`): no job must run for it to be true. */
  status: Exclude<ReviewStatus, 'overdue'>
  /** A day: the cycle's deadline, unless it was reopened or reassigned with another. */
  due_on: string
  /** Raised by each saved draft. */
  revision: number
  /** How many of the four reminders its reviewer was sent, or need not be sent any more, for this `due_on`. */
  reminders: number
  /** 1 while requests about it may be open in inboxes. */
  is_asked: number
  asked_at: string
  submitted_at: string | null
  created_at: string
}

export interface ReviewAnswerTable {
  review_id: string
  question_id: string
  rating: number | null
  comment: string | null
}

/** What happened to a cycle or, with `review_id`, to a review. Only those who manage reviews are told of any of it. */
export interface ReviewEventTable {
  id: string
  cycle_id: string
  review_id: string | null
  event: CycleEvent | ReviewStepName
  actor_id: string
  from_status: string | null
  to_status: string
  created_at: string
}

export type CycleEvent = 'created' | 'edited' | 'activated' | 'completed' | 'cancelled'
export type ReviewStepName = (typeof REVIEW_EVENTS)[number]
