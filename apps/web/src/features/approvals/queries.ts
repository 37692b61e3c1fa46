/** Reading what awaits decisions. It is made from several kinds of things, and stale when one of them changes. */
import type { ApprovalItem, ApprovalPage } from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { everyPage } from '../../api/paged.ts'

export type Scope = 'mine' | 'sent'

const meta = { follows: ['goal', 'initiative', 'review', 'review_cycle', 'announcement', 'delegation'] }

/** All of it, page after page: what awaits one person is as much as a person can be asked. */
export const approvalsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['approval', 'list', scope],
    meta,
    queryFn: ({ signal }) => everyPage<ApprovalItem>('/api/approvals', { scope }, signal),
  })

/** How many requests wait on the signed-in person. */
export const approvalCountQuery = queryOptions({
  queryKey: ['approval', 'count'],
  meta,
  queryFn: ({ signal }) => get<ApprovalPage>('/api/approvals', { query: { limit: 1 }, signal }),
  select: page => page.total,
})
