/** Tables of goals and what happened to them. */
import type { GOAL_EVENTS, GoalStatus, GoalType, Quarter } from '@pms/contract'

export interface GoalTables {
  goals: GoalTable
  goal_events: GoalEventTable
  goal_freezes: GoalFreezeTable
}

export interface GoalTable {
  id: string
  type: GoalType
  title: string
  description: string | null
  status: GoalStatus
  quarter: Quarter | null
  year: number
  start_date: string | null
  end_date: string | null
  progress: number
  /** Raised with every edit, so that nobody approves what they have not read. */
  revision: number
  owner_id: string
  /** Who assigned it; null when its owner set it. */
  assigned_by_id: string | null
  unit_id: string | null
  parent_goal_id: string | null
  /** Since when somebody else has been asked to decide; null when nobody is. */
  waiting_since: string | null
  /** Why it was rejected, declined or discarded. */
  reason: string | null
  created_at: string
  updated_at: string
}

/** A quarter under freeze; after it was lifted, that it was. At most one of a quarter is in force. */
export interface GoalFreezeTable {
  id: string
  year: number
  quarter: Quarter
  reason: string | null
  frozen_by_id: string
  frozen_at: string
  lifted_by_id: string | null
  lifted_at: string | null
}

export interface GoalEventTable {
  id: string
  goal_id: string
  event: (typeof GOAL_EVENTS)[number]
  actor_id: string
  from_status: GoalStatus | null
  to_status: GoalStatus
  note: string | null
  percent: number | null
  /** JSON list of field names. */
  changed_fields: string
  created_at: string
}
