/** `/api/system`: how the installation is, for those who look after it. */
import { SystemQuery, type SystemRange, SystemReport } from '@pms/contract'
import { assertMay, callerOf } from '../auth/caller.ts'
import type { Http } from '../http/server.ts'

export function systemRoutes(
  api: Http,
  { report }: { report: (range: SystemRange) => Promise<SystemReport> },
): void {
  api.get(
    '/api/system',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags: ['installation'],
        summary: 'How the server processes are, and how that was lately',
        querystring: SystemQuery,
        response: { 200: SystemReport },
      },
    },
    async request => {
      assertMay(callerOf(request), 'system.observe')
      return report(request.query.range)
    },
  )
}
