/** Reading what awaits decisions. It is made from several kinds of things, and stale when one of them changes. */
import type { ApprovalItem, ApprovalPage } from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'

export type Scope = 'mine' | 'sent'

const PAGE = 100
const meta = { follows: ['goal', 'initiative', 'review', 'review_cycle', 'announcement', 'delegation'] }

/** All of it, page after page: what awaits one person is as much as a person can be asked. */
export const approvalsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['approval', 'list', scope],
    meta,
    async queryFn({ signal }): Promise<ApprovalItem[]> {
      const items: ApprovalItem[] = []
      for (;;) {
        const query = { scope, skip: items.length, limit: PAGE }
        const page = await get<ApprovalPage>('/api/approvals', { query, signal })
        items.push(...page.items)
        if (page.items.length === 0 || items.length >= page.total) return items
      }
    },
  })

/** How many requests wait on the signed-in person. */
export const approvalCountQuery = queryOptions({
  queryKey: ['approval', 'count'],
  meta,
  queryFn: ({ signal }) => get<ApprovalPage>('/api/approvals', { query: { limit: 1 }, signal }),
  select: page => page.total,
})
