/** Puts together what each feature tells of its own. */
import type { ApprovalItem, ApprovalPage, ApprovalQuery } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { ApprovalSource } from '../../approval-source.ts'
import type { Caller } from '../../auth/caller.ts'
import type { Tables } from '../../database.ts'
import { pageOf } from '../../paging.ts'

/** What awaits one person is read whole: it is as much as a person can be asked, and the oldest may be anywhere. */
export async function listApprovals(
  db: Kysely<Tables>,
  sources: readonly ApprovalSource[],
  caller: Caller,
  { scope, kind, skip, limit }: ApprovalQuery,
): Promise<ApprovalPage> {
  const found: ApprovalItem[] = []
  for (const source of sources) {
    found.push(...(await (scope === 'sent' ? source.sent(db, caller) : source.awaiting(db, caller))))
  }
  const items = found.filter(item => kind === undefined || item.kind === kind).sort(oldestFirst)
  return pageOf(items.slice(skip, skip + limit), items.length, skip)
}

/** Times are all in one form, so they sort as text; what was asked at once keeps one order. */
function oldestFirst(a: ApprovalItem, b: ApprovalItem): number {
  const [left, right] = [a, b].map(({ waiting_since, kind, id }) => `${waiting_since} ${kind} ${id}`)
  return (left ?? '') < (right ?? '') ? -1 : 1
}
