/** Tables of initiatives: who does them, the time asked for, and what happened to them. */
import type {
  ExtensionStatus,
  INITIATIVE_EVENTS,
  InitiativeStatus,
  InitiativeType,
  Urgency,
} from '@pms/contract'

export interface InitiativeTables {
  initiatives: InitiativeTable
  initiative_assignees: InitiativeAssigneeTable
  initiative_extensions: InitiativeExtensionTable
  initiative_events: InitiativeEventTable
}

export interface InitiativeTable {
  id: string
  type: InitiativeType
  title: string
  description: string | null
  status: InitiativeStatus
  urgency: Urgency
  due_date: string
  goal_id: string | null
  /** Raised with every edit, so that nobody approves what they have not read. */
  revision: number
  /** Who proposed it, or assigned it to others. */
  creator_id: string
  /** Who answers for it: the head of a group, else the one it is assigned to. */
  head_id: string
  /** Since when somebody has been asked to act; null when nobody is. */
  waiting_since: string | null
  /** Why it was rejected. */
  reason: string | null
  /** What it goes back to when an extension ends its being overdue. */
  status_before_overdue: InitiativeStatus | null
  /** The due date after which it became overdue last: it does so once for each. */
  overdue_for_date: string | null
  report: string | null
  submitted_at: string | null
  score: number | null
  /** Of the last review or return. */
  feedback: string | null
  reviewed_by_id: string | null
  reviewed_at: string | null
  created_at: string
  updated_at: string
}

export interface InitiativeAssigneeTable {
  initiative_id: string
  user_id: string
  /** When it was taken from them. They may have worked on it, so they do not review it either. */
  left_at: string | null
}

export interface InitiativeExtensionTable {
  id: string
  initiative_id: string
  status: ExtensionStatus
  requested_by_id: string
  /** As it was when more time was asked for. */
  due_date: string
  /** Asked for; once approved, granted. */
  new_due_date: string
  reason: string
  decided_by_id: string | null
  decided_at: string | null
  denial_reason: string | null
  created_at: string
}

export interface InitiativeEventTable {
  id: string
  initiative_id: string
  event: (typeof INITIATIVE_EVENTS)[number]
  /** null: time did it. */
  actor_id: string | null
  from_status: InitiativeStatus | null
  to_status: InitiativeStatus
  note: string | null
  due_date: string | null
  /** JSON list of field names. */
  changed_fields: string
  created_at: string
}
