/** What proposing and assigning have in common. */
import { newId } from '@pms/notifier/database'
import type { Tx } from '../../../database.ts'
import type { InitiativeDetails } from '../details.ts'
import type { InitiativeTable } from '../tables.ts'

/** A row to which nothing has happened yet. */
export function newInitiative(tx: Tx, type: InitiativeTable['type'], details: InitiativeDetails) {
  return {
    ...details,
    id: newId(),
    type,
    revision: 1,
    waiting_since: tx.now,
    reason: null,
    status_before_overdue: null,
    overdue_for_date: null,
    report: null,
    submitted_at: null,
    score: null,
    feedback: null,
    reviewed_by_id: null,
    reviewed_at: null,
    created_at: tx.now,
    updated_at: tx.now,
  }
}
