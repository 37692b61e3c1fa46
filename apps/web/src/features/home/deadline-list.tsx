/** Deadlines by how soon they are. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ClipboardCheck, Rocket, Target } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { cx } from '../../ui/cx.ts'
import { rowLinkClass } from '../../ui/row.tsx'
import { DueDay } from '../../ui/time.tsx'
import { counted } from '../../ui/words.ts'
import {
  byUrgency,
  type Deadline,
  deadlinesOf,
  goalsQuery,
  initiativesQuery,
  reviewsQuery,
} from './deadlines.ts'
import { Loaded, Nothing, Section } from './section.tsx'

export function Deadlines() {
  const me = useMe()
  const [goals, initiatives, reviews] = [
    useQuery(goalsQuery),
    useQuery(initiativesQuery),
    useQuery(reviewsQuery),
  ]
  const all = [goals, initiatives, reviews]
  const data =
    goals.data && initiatives.data && reviews.data
      ? deadlinesOf({ goals: goals.data, initiatives: initiatives.data, reviews: reviews.data }, me.id)
      : undefined
  return (
    <Section title="Deadlines">
      <Loaded
        data={data}
        error={all.find(query => query.error)?.error}
        retry={() => {
          for (const query of all) if (query.error) void query.refetch()
        }}
      >
        {deadlines => <Groups deadlines={deadlines} />}
      </Loaded>
    </Section>
  )
}

/** As many of a group as are shown. */
const SHOWN = 6

function Groups({ deadlines }: { deadlines: readonly Deadline[] }) {
  const today = useToday()
  const { overdue, soon, later } = byUrgency(deadlines, today)
  if (overdue.length + soon.length + later.length === 0)
    return <Nothing>Nothing is due in the next weeks.</Nothing>
  return (
    <>
      <Group title="Overdue" items={overdue} today={today} isLate />
      <Group title="Next 7 days" items={soon} today={today} />
      <Group title="Later" items={later} today={today} />
    </>
  )
}

interface GroupProps {
  title: string
  items: readonly Deadline[]
  today: string
  isLate?: boolean
}

function Group({ title, items, today, isLate = false }: GroupProps) {
  if (items.length === 0) return null
  const hidden = items.length - SHOWN
  return (
    <>
      <h3 className={cx('pt-3 pb-1 text-sm font-medium', isLate ? 'text-overdue-text' : 'text-muted')}>
        {title}
      </h3>
      <ul>
        {items.slice(0, SHOWN).map(item => (
          <DeadlineRow key={`${item.kind}:${item.id}`} item={item} today={today} isLate={isLate} />
        ))}
      </ul>
      {hidden > 0 && <p className="py-1 pl-[26px] text-sm text-muted">and {counted(hidden, 'other')}</p>}
    </>
  )
}

const ICONS = { goal: Target, initiative: Rocket, review: ClipboardCheck } as const
const KINDS = { goal: 'Goal', initiative: 'Initiative', review: 'Review' } as const

function DeadlineRow({ item, today, isLate }: { item: Deadline; today: string; isLate: boolean }) {
  const Icon = ICONS[item.kind]
  return (
    <li className="relative -mx-2 flex min-h-9 items-center gap-2.5 rounded-md px-2 py-1 transition-colors hover:bg-hover has-focus-visible:bg-hover touch:min-h-11">
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
      <Link to={item.href} data-row className={cx(rowLinkClass, 'min-w-0 flex-1 font-normal!')}>
        <span className="sr-only">{KINDS[item.kind]}: </span>
        {item.title}
      </Link>
      <DueDay
        day={item.day}
        today={today}
        className={cx('shrink-0 text-sm tabular-nums', isLate ? 'text-overdue-text' : 'text-muted')}
      />
    </li>
  )
}
