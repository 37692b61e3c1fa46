/** Review cycles: those that one takes part in, and for HR all of them. */
import type { ReviewCycle } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CalendarSync, Plus } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { buttonClass } from '../../ui/button.tsx'
import { ListHead } from '../../ui/list-page.tsx'
import { Empty } from '../../ui/messages.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Dot, RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { DueDay } from '../../ui/time.tsx'
import { ListTabs } from './list-tabs.tsx'
import { cycleListQuery } from './queries.ts'
import { audienceOf, CYCLE_STATES, periodOf } from './words.ts'

export function CyclesPage() {
  const me = useMe()
  const today = useToday()
  const query = useInfiniteQuery(cycleListQuery)
  const manages = me.permissions.includes('reviews.manage')
  const create = manages && (
    <Link
      to="/reviews/cycles/new"
      aria-label="New cycle"
      className={buttonClass('primary', 'max-sm:size-11 max-sm:px-0!')}
    >
      <Plus aria-hidden="true" className="-ml-0.5 size-4 max-sm:ml-0 max-sm:size-5" />
      <span className="max-sm:hidden">New cycle</span>
    </Link>
  )
  return (
    <>
      <ListHead title="Reviews" actions={create} tabs={<ListTabs current="cycles" />} />
      <PagedList
        query={query}
        names={['cycle', 'cycles']}
        empty={
          <Empty icon={CalendarSync} title="No review cycles yet">
            {manages
              ? 'Prepare one: who is reviewed, what is asked, by when. Nobody hears of it before you activate it.'
              : 'When HR begins a review cycle that you take part in, it is listed here.'}
          </Empty>
        }
      >
        {cycle => <CycleRow key={cycle.id} cycle={cycle} today={today} />}
      </PagedList>
    </>
  )
}

function CycleRow({ cycle, today }: { cycle: ReviewCycle; today: string }) {
  const { tone, word, progress } = CYCLE_STATES[cycle.status]
  const ended = cycle.status === 'completed' || cycle.status === 'cancelled'
  return (
    <li className={rowClass}>
      <StateMark tone={tone} progress={progress} />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <Link to="/reviews/cycles/$cycleId" params={{ cycleId: cycle.id }} data-row className={rowLinkClass}>
          {cycle.name}
        </Link>
        <RowLine>
          <span className="truncate tabular-nums">{periodOf(cycle, today)}</span>
          <Dot />
          <DueDay day={cycle.deadline} today={today} plain={ended} className="shrink-0 tabular-nums" />
        </RowLine>
      </div>
      {cycle.audience && (
        <span className="hidden w-64 shrink-0 truncate text-sm text-muted lg:block">
          {audienceOf(cycle.audience)}
        </span>
      )}
      <span className="flex shrink-0 sm:w-22">
        <Pill tone={tone}>{word}</Pill>
      </span>
    </li>
  )
}
