/** `/api/approvals`: one list of all that awaits somebody, whatever feature it is of, and one call to decide. */
import { ApprovalPage, ApprovalQuery, DecideBody, DecideResult } from '@pms/contract'
import type { ApprovalSource } from '../../approval-source.ts'
import { callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import { inRows } from '../../http/rows.ts'
import type { Http } from '../../http/server.ts'
import { createDecide } from './decide.ts'
import { listApprovals } from './list.ts'

const tags = ['approvals']

export interface ApprovalRoutesOptions {
  database: AppDatabase
  sources: readonly ApprovalSource[]
}

export function approvalRoutes(http: Http, { database, sources }: ApprovalRoutesOptions): void {
  const decide = createDecide(sources)

  http.get(
    '/api/approvals',
    {
      schema: {
        tags,
        summary: 'All that awaits the caller, or that the caller waits for, oldest first',
        querystring: ApprovalQuery,
        response: { 200: ApprovalPage },
      },
    },
    request => database.snapshot(db => listApprovals(db, sources, callerOf(request), request.query)),
  )

  http.post(
    '/api/approvals/decide',
    {
      schema: {
        tags,
        summary: 'Decide about several, with a result for each',
        body: DecideBody,
        response: { 200: DecideResult },
      },
    },
    async request => {
      const caller = callerOf(request)
      const { decisions } = request.body
      const results = await inRows(decisions, request.log, async row => ({
        status: await decide(caller, row),
      }))
      return {
        results: decisions.map(({ kind, id }, row) => ({ kind, id, ok: false, ...results[row] })),
      }
    },
  )
}
