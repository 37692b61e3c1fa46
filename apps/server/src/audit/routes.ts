/** `/api/audit`: who did what, for those who may read it. */
import { AuditPage, AuditQuery } from '@pms/contract'
import { assertMay, callerOf } from '../auth/caller.ts'
import type { AppDatabase } from '../database.ts'
import type { Http } from '../http/server.ts'
import { listAudit } from './queries.ts'

export function auditRoutes(
  api: Http,
  { database, timeZone }: { database: AppDatabase; timeZone: string },
): void {
  api.get(
    '/api/audit',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags: ['audit'],
        summary: 'Who did what, newest first',
        querystring: AuditQuery,
        response: { 200: AuditPage },
      },
    },
    async request => {
      assertMay(callerOf(request), 'audit.read')
      return database.snapshot(db => listAudit(db, request.query, timeZone))
    },
  )
}
