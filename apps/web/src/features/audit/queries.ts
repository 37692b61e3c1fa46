/** Reading the audit log. Nobody tells of new entries, so it looks for them while it is looked at. */
import type { AuditEntry } from '@pms/contract'
import { pagedQuery } from '../../api/paged.ts'
import type { AuditFilters } from './filters.ts'

const PAGE = 50
const EVERY_MS = 15_000

export const auditQuery = (filters: AuditFilters) => ({
  ...pagedQuery<AuditEntry>(['audit', 'list', filters], '/api/audit', { ...filters }, PAGE),
  refetchInterval: EVERY_MS,
})
