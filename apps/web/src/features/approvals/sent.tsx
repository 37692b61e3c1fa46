/** What I wait for, and on whom: the oldest first. */
import type { ApprovalKind } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { WaitingOn } from '../../shared/waiting.tsx'
import { Empty, Failed } from '../../ui/messages.tsx'
import { rowClass } from '../../ui/row.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Summary } from './approval-row.tsx'
import { KindChips, SkeletonApprovals } from './kind-chips.tsx'
import { KindIcon } from './kind-icon.tsx'
import { approvalsQuery } from './queries.ts'
import { keyOf } from './words.ts'

export function Sent({ kind }: { kind: ApprovalKind | undefined }) {
  const { data, error, refetch } = useQuery(approvalsQuery('sent'))
  const list = useRowKeys<HTMLUListElement>()
  if (!data)
    return error ? (
      <Failed error={error} retry={() => void refetch()} />
    ) : (
      <SkeletonApprovals label="Loading what you sent" />
    )
  if (data.length === 0)
    return (
      <Empty icon={Send} title="You wait for nobody">
        What you send for approval or review is listed here until it is decided, with whom it waits on.
      </Empty>
    )
  return (
    <div className="pb-10">
      <KindChips items={data} kind={kind} tab="sent" />
      <ul ref={list} aria-label="Sent" className="divide-y divide-line border-y border-line">
        {data
          .filter(item => !kind || item.kind === kind)
          .map(item => (
            <li key={keyOf(item)} className={rowClass}>
              <KindIcon kind={item.kind} />
              <Summary item={item}>
                <WaitingOn on={item.waiting_on} since={item.waiting_since} />
              </Summary>
            </li>
          ))}
      </ul>
    </div>
  )
}
