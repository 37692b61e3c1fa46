/** One cycle: how far it is, its reviews, who is reviewed, what is asked; and what those who run it do with it. */
import type { ReviewCycleDetail } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { BarChart3 } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { onPage } from '../../api/deed.ts'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Notice } from '../../ui/messages.tsx'
import { PageHeading } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Dot } from '../../ui/row.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { ThingFrame } from '../../ui/thing-frame.tsx'
import { DueDay } from '../../ui/time.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { useCycleDeed } from './actions.ts'
import { CycleButtons } from './cycle-buttons.tsx'
import { CycleReviews } from './cycle-reviews.tsx'
import type { CycleSearch, CycleView } from './filters.ts'
import { Funnel } from './funnel.tsx'
import { Participants } from './participants.tsx'
import { cycleDetailQuery } from './queries.ts'
import { Questions } from './questions.tsx'
import { audienceOf, CYCLE_STATES, periodOf } from './words.ts'

const route = getRouteApi('/app/reviews/cycles/$cycleId')

export const CYCLES = { to: '/reviews/cycles', label: 'Cycles' } as const

const VIEW_LABELS: Record<CycleView, string> = {
  progress: 'Progress',
  reviews: 'Reviews',
  people: 'People',
  questions: 'Questions',
}

export function CyclePage() {
  const { cycleId } = route.useParams()
  return <Cycle key={cycleId} id={cycleId} />
}

function Cycle({ id }: { id: string }) {
  const me = useMe()
  const search = route.useSearch()
  const query = useQuery(cycleDetailQuery(id))
  const { thing, error, retry, busy, failure, act, attempt } = onPage(query, useCycleDeed(id))
  return (
    <ThingFrame name="review cycle" back={CYCLES} thing={thing} error={error} retry={retry}>
      {cycle => {
        const views = viewsOf(cycle, me)
        const view = views.find(one => one === search.view) ?? views[0] ?? 'questions'
        return (
          <div>
            <header className="space-y-5 px-4 pt-7 sm:px-6">
              <Head cycle={cycle} />
              {failure !== null && <Notice>{sentenceOf(failure)}</Notice>}
              {cycle.reason && (
                <Verdict tone="neutral" title="This cycle was cancelled">
                  {cycle.reason}
                </Verdict>
              )}
              <CycleButtons cycle={cycle} busy={busy} act={act} attempt={attempt} />
            </header>
            <div className="mt-3 border-b border-line px-4 sm:px-6">
              <Tabs
                label="Of this cycle"
                tabs={views.map(one => ({
                  to: '/reviews/cycles/$cycleId' as const,
                  params: { cycleId: id },
                  search: one === views[0] ? {} : { view: one },
                  label: VIEW_LABELS[one],
                  current: one === view,
                }))}
              />
            </div>
            <View cycle={cycle} view={view} search={search} />
          </div>
        )
      }}
    </ThingFrame>
  )
}

/** What there is to see of it for this person. */
function viewsOf(
  cycle: ReviewCycleDetail,
  me: { permissions: readonly string[]; has_team: boolean },
): CycleView[] {
  const manages = me.permissions.includes('reviews.manage')
  const begun = cycle.activated_at !== null
  return [
    ...(manages && begun ? (['progress', 'reviews'] as const) : []),
    ...(manages || me.has_team ? (['people'] as const) : []),
    'questions',
  ]
}

function View({ cycle, view, search }: { cycle: ReviewCycleDetail; view: CycleView; search: CycleSearch }) {
  switch (view) {
    case 'progress':
      return <Funnel cycle={cycle} />
    case 'reviews':
      return <CycleReviews cycle={cycle} search={search} />
    case 'people':
      return <Participants cycle={cycle} search={search} />
    case 'questions':
      return <Questions cycle={cycle} />
  }
}

function Head({ cycle }: { cycle: ReviewCycleDetail }) {
  const me = useMe()
  const today = useToday()
  const { tone, word } = CYCLE_STATES[cycle.status]
  const ended = cycle.status === 'completed' || cycle.status === 'cancelled'
  return (
    <div>
      <PageHeading title={cycle.name} className="break-words text-2xl" />
      <p
        role="status"
        className="mt-2.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted max-sm:gap-x-4"
      >
        <Pill tone={tone}>{word}</Pill>
        <DueDay
          day={cycle.deadline}
          today={today}
          plain={ended}
          className="inline-block first-letter:uppercase tabular-nums"
        />
        <Apart />
        <span className="tabular-nums">{periodOf(cycle, today)}</span>
        {cycle.audience && (
          <>
            <Apart />
            <span>{audienceOf(cycle.audience)}</span>
          </>
        )}
      </p>
      {cycle.is_participant && cycle.status === 'completed' && (
        <Link
          to="/reviews/cycles/$cycleId/results/$userId"
          params={{ cycleId: cycle.id, userId: me.id }}
          className={buttonClass('secondary', 'mt-4')}
        >
          <BarChart3 aria-hidden="true" className="size-4 text-muted" />
          Your results
        </Link>
      )}
    </div>
  )
}

/** On a phone the line wraps, and its parts are apart by room alone. */
const Apart = () => (
  <span className="max-sm:hidden">
    <Dot />
  </span>
)
