/** Writing the audit trail. Actions call it inside the transaction that does what it tells of. */
import type { Actor } from '@pms/notifier'

import { v7 as uuid } from 'uuid'
import type { Tx } from '../database.ts'

export interface AuditEntry {
  /** null: done from the command line, or by time. */
  actor: Actor | null
  action: string
  object: { type: string; id: string }
  /** What else is worth knowing. Never a secret, never an answer that its writer may take back. */
  detail?: Record<string, unknown>
}

export async function recordAudit(tx: Tx, { actor, action, object, detail = {} }: AuditEntry): Promise<void> {
  await tx.db
    .insertInto('audit')
    .values({
      id: uuid(),
      at: tx.now,
      actor_id: actor?.id ?? null,
      actor_name: actor?.name ?? 'system',
      action,
      object_type: object.type,
      object_id: object.id,
      detail: JSON.stringify(detail),
    })
    .execute()
}
