/**
 * What people do with initiatives. Each verb is one transaction: the state, its history, the audit row and the
 * notifications happen together or not at all. It answers the id of the initiative; refusals are thrown as problems.
 */
import type { InitiativeParts } from '../ports.ts'
import { extensionActions } from './extensions.ts'
import { proposalActions } from './proposals.ts'
import { workActions } from './work.ts'

export type InitiativeActions = ReturnType<typeof initiativeActions>

export function initiativeActions(parts: InitiativeParts) {
  return { ...proposalActions(parts), ...workActions(parts), ...extensionActions(parts) }
}
