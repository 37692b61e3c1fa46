/** The home page with what each feature says there. The one place where they meet. */
import type { ApprovalItem } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Summary } from '../features/approvals/approval-row.tsx'
import { KindIcon } from '../features/approvals/kind-icon.tsx'
import { approvalsQuery } from '../features/approvals/queries.ts'
import { StandingIn } from '../features/delegations/standing-in.tsx'
import { HomePage } from '../features/home/home-page.tsx'
import { Requests } from '../features/home/requests.tsx'
import { Alone } from '../features/people/alone.tsx'
import { WaitingOn } from '../shared/waiting.tsx'
import { rowClass } from '../ui/row.tsx'
import { Lasting } from '../ui/time.tsx'

export const Home = () => (
  <HomePage
    notices={
      <>
        <Alone />
        <StandingIn />
      </>
    }
    requests={<AllRequests />}
  />
)

function AllRequests() {
  const [mine, sent] = [useQuery(approvalsQuery('mine')), useQuery(approvalsQuery('sent'))]
  return <Requests mine={mine} sent={sent} line={RequestLine} />
}

const RequestLine = ({ item, isSent }: { item: ApprovalItem; isSent: boolean }) => (
  <li className={`${rowClass} -mx-2 rounded-md px-2! sm:gap-3!`}>
    {/* Beside the title, where the line under it wraps. */}
    <span className="max-sm:mt-[3px] max-sm:self-start">
      <KindIcon kind={item.kind} />
    </span>
    <Summary item={item}>
      {isSent ? (
        <WaitingOn on={item.waiting_on} since={item.waiting_since} capital />
      ) : (
        <Lasting at={item.waiting_since} />
      )}
    </Summary>
  </li>
)
