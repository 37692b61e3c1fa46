/** What the approvals page shows, as kept in its address. */
import type { ApprovalKind } from '@pms/contract'
import { KINDS } from './words.ts'

export interface ApprovalSearch {
  /** What I wait for; without it what waits on me. */
  tab?: 'sent'
  kind?: ApprovalKind
}

/** Reads an address that anybody may have typed: what makes no sense is left out. */
export function parseApprovals(raw: Record<string, unknown>): ApprovalSearch {
  const kind = KINDS.find(known => known === raw.kind)
  return { ...(raw.tab === 'sent' ? { tab: 'sent' as const } : {}), ...(kind ? { kind } : {}) }
}
