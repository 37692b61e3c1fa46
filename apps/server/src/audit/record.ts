/** Writing the audit trail. Actions call it inside the transaction that does what it tells of. */
import type { Actor } from '@pms/notifier'
import { newId, prepared } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import type { Tables, Tx } from '../database.ts'
import type { AuditTable } from './tables.ts'

export interface AuditEntry {
  /** null: done from the command line, or by time. */
  actor: Actor | null
  action: string
  object: { type: string; id: string }
  /** What else is worth knowing. Never a secret, never an answer that its writer may take back. */
  detail?: Record<string, unknown>
}

/** What is nobody's to read here, whoever may read the trail. */
const NEVER: ReadonlySet<string> = new Set([
  'answer',
  'answers',
  'rating',
  'ratings',
  'password',
  'password_hash',
  'token',
])

const insert = prepared((db: Kysely<Tables>, row: AuditTable) => db.insertInto('audit').values(row))

/** @throws when the detail names what must never be in it: that is a mistake of whoever wrote the action */
export async function recordAudit(tx: Tx, { actor, action, object, detail = {} }: AuditEntry): Promise<void> {
  const text = JSON.stringify(detail, (key, value: unknown) => {
    if (NEVER.has(key)) throw new Error(`The audit trail must never hold a field ${key} (${action})`)
    return value
  })
  await insert(tx.db, {
    id: newId(),
    at: tx.now,
    actor_id: actor?.id ?? null,
    actor_name: actor?.name ?? 'system',
    action,
    object_type: object.type,
    object_id: object.id,
    detail: text,
  })
}
