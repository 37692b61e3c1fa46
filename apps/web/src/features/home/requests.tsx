/** What waits for my decision, and what I wait for. How requests are read and worded is handed in: another feature's. */
import type { ApprovalItem } from '@pms/contract'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { Loaded, Nothing, Section } from './section.tsx'

/** A request as a line. */
export type RequestLine = ComponentType<{ item: ApprovalItem; isSent: boolean }>

interface Props {
  mine: UseQueryResult<ApprovalItem[]>
  sent: UseQueryResult<ApprovalItem[]>
  line: RequestLine
}

const SHOWN = 6

/** Reviews to write are deadlines, announcements have a place of their own: nothing stands on this page twice. */
const isElsewhere = ({ kind }: ApprovalItem) => kind === 'review' || kind === 'announcement_acknowledgement'

export function Requests({ mine: forMe, sent: fromMe, line: Line }: Props) {
  const waiting = forMe.data?.filter(item => !isElsewhere(item))
  const out = fromMe.data?.filter(item => !isElsewhere(item))
  return (
    <>
      <Section
        title="For you to decide"
        count={waiting?.length ?? 0}
        all={{ to: '/approvals', search: {}, label: 'All approvals' }}
      >
        <Loaded data={waiting} error={forMe.error} retry={() => void forMe.refetch()}>
          {items =>
            items.length === 0 ? (
              <Nothing>Nothing waits for your decision. What is sent to you appears here at once.</Nothing>
            ) : (
              <Lines items={items} line={Line} isSent={false} />
            )
          }
        </Loaded>
      </Section>
      <Section
        title="What you wait for"
        count={out?.length ?? 0}
        all={{ to: '/approvals', search: { tab: 'sent' }, label: 'All you sent' }}
      >
        <Loaded data={out} error={fromMe.error} retry={() => void fromMe.refetch()}>
          {items =>
            items.length === 0 ? (
              <Nothing>
                You wait for nobody. What you send for a decision is followed here.{' '}
                <Link to="/goals/new" className="font-medium text-accent-text hover:underline">
                  Set a goal
                </Link>
              </Nothing>
            ) : (
              <Lines items={items} line={Line} isSent />
            )
          }
        </Loaded>
      </Section>
    </>
  )
}

interface LinesProps {
  items: readonly ApprovalItem[]
  line: RequestLine
  isSent: boolean
}

const Lines = ({ items, line: Line, isSent }: LinesProps) => (
  <ul>
    {items.slice(0, SHOWN).map(item => (
      <Line key={`${item.kind}:${item.id}`} item={item} isSent={isSent} />
    ))}
  </ul>
)
