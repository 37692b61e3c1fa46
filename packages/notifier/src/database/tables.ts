/** Tables of the engine, as Kysely sees them. Moments are ISO 8601 text in UTC; JSON is text. */
import type { Priority } from '@pms/protocol'

export interface NotifierTables {
  installation: InstallationTable
  inboxes: InboxTable
  inbox_counts: InboxCountTable
  notifications: NotificationTable
}

/** One row: which database this is. */
export interface InstallationTable {
  id: number
  /** Renewed when a backup is restored, so that clients do not trust versions of another history. */
  epoch: string
}

/** One row a person who was ever notified. Its lock makes versions gapless and in commit order. */
export interface InboxTable {
  user_id: string
  /** One more with every change; mark-all changes many notifications under one. */
  version: number
  /** Tombstones up to this version were removed: older clients must fetch afresh. */
  sync_floor: number
  unread_count: number
  total_count: number
}

/** The counts again by type and priority, so that stats and totals of any filter are read, never counted. */
export interface InboxCountTable {
  user_id: string
  type: string
  priority: Priority
  total: number
  unread: number
}

export interface NotificationTable {
  id: string
  user_id: string
  /** Inbox version at creation: the order of the inbox. Never changes. */
  seq: number
  /** Inbox version of the last change. */
  version: number
  type: string
  priority: Priority
  title: string
  message: string
  action_url: string | null
  data: string
  actor_id: string | null
  actor_name: string | null
  object_type: string | null
  object_id: string | null
  /** 1 where the reader is asked to decide something. */
  needs_action: number
  dedupe_key: string | null
  created_at: string
  read_at: string | null
  /** Version by which it was read. */
  read_version: number | null
  resolved_at: string | null
  resolved_by_name: string | null
  /** A tombstone keeps its row, so that clients that were away hear of the deletion. */
  deleted_at: string | null
}
