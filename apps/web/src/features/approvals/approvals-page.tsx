/** All that waits on me, to be decided here; and what I wait for, and on whom. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ListHead } from '../../ui/list-page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Awaiting } from './awaiting.tsx'
import { approvalCountQuery } from './queries.ts'
import { Sent } from './sent.tsx'

const route = getRouteApi('/app/approvals')

export function ApprovalsPage() {
  const { tab, kind } = route.useSearch()
  const count = useQuery(approvalCountQuery).data ?? 0
  return (
    <>
      <ListHead
        title="Approvals"
        tabs={
          <Tabs
            label="Approval lists"
            tabs={[
              { to: '/approvals', search: {}, label: 'Waiting on me', current: tab !== 'sent', count },
              { to: '/approvals', search: { tab: 'sent' }, label: 'Sent', current: tab === 'sent' },
            ]}
          />
        }
      />
      {tab === 'sent' ? <Sent kind={kind} /> : <Awaiting kind={kind} />}
    </>
  )
}
