/**
 * Reading the audit log. Whoever reads it is told of most of what it holds, by the thing that changed; of the rest, such
 * as sign-ins, nobody is told, so it looks for them while it is looked at.
 */
import type { AuditEntry } from '@pms/contract'
import { pagedQuery } from '../../api/paged.ts'
import type { AuditFilters } from './filters.ts'

const PAGE = 50
const EVERY_MS = 15_000

const meta = {
  follows: [
    ...['goal', 'goal_freeze', 'initiative', 'review', 'review_cycle', 'announcement'],
    ...['user', 'unit', 'team', 'delegation', 'session', 'api_key', 'notification_type'],
  ],
}

export const auditQuery = (filters: AuditFilters) => ({
  ...pagedQuery<AuditEntry>(['audit', 'list', filters], '/api/audit', { ...filters }, PAGE),
  meta,
  // Whoever comes back to it sees what was done meanwhile.
  staleTime: 0,
  refetchInterval: EVERY_MS,
})
