/**
 * What a transaction wants done to inboxes. Nothing but an intent changes an inbox, and intents are carried out
 * together by one flush just before the commit (`flush.ts`).
 */
import type { Priority } from '@pms/protocol'
import type { EngineTx } from './database/database.ts'
import { flush } from './flush.ts'

/** The thing a notification is about, so that whoever settles it settles the notification too. */
export interface ObjectRef {
  type: string
  id: string
}

/** A notification before anybody has it: rendered, without recipient, version or id. */
export interface Draft {
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
  needs_action: number
  dedupe_key: string | null
}

export type Intent =
  | { kind: 'create'; userIds: string[]; draft: Draft }
  | { kind: 'resolve'; object: ObjectRef; byName: string | null }
  | { kind: 'read' | 'unread' | 'delete' | 'restore'; userId: string; id: string }
  | { kind: 'read_all'; userId: string; throughSeq: number | null }

const recorded = new WeakMap<EngineTx, Intent[]>()

/** Adds an intent to the transaction's one flush. */
export function record(tx: EngineTx, intent: Intent): void {
  const intents = recorded.get(tx)
  if (intents) {
    intents.push(intent)
    return
  }
  const first = [intent]
  recorded.set(tx, first)
  tx.beforeCommit(() => flush(tx, first))
}
