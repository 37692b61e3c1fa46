/**
 * What a transaction wants done to inboxes. Nothing but an intent changes an inbox, and intents are carried out
 * together by one flush just before the commit (`flush.ts`).
 */
import type { NotificationTable } from './database/tables.ts'
import type { Worded } from './erasing.ts'

/** The thing a notification is about, so that whoever settles it settles the notification too. */
export interface ObjectRef {
  type: string
  id: string
}

/** A notification before anybody has it: rendered, without recipient, version or id. */
export type Draft = Pick<
  NotificationTable,
  | 'type'
  | 'priority'
  | 'title'
  | 'message'
  | 'action_url'
  | 'data'
  | 'actor_id'
  | 'actor_name'
  | 'object_type'
  | 'object_id'
  | 'needs_action'
  | 'dedupe_key'
>

/** What an owner can do to one notification. */
export type SingleChange = 'read' | 'unread' | 'delete' | 'restore'

export type Intent =
  | { kind: 'create'; userIds: string[]; draft: Draft }
  /** `of` null: of everybody. */
  | { kind: 'resolve'; object: ObjectRef; byName: string | null; of: readonly string[] | null }
  | { kind: SingleChange; userId: string; id: string }
  | { kind: 'read_all'; userId: string; throughSeq: number | null }
  /** Takes back what was read by one version. */
  | { kind: 'unread_all'; userId: string; version: number }
  /** Takes away those of these that were read and ask for nothing. */
  | { kind: 'clean'; userId: string; ids: readonly string[] }
  /** Removes the oldest of an inbox without a trace. */
  | { kind: 'empty'; userId: string }
  /** Gives some of an inbox other words. */
  | { kind: 'reword'; userId: string; rows: readonly Worded[] }
