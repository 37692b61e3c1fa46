/** One goal: what it is, how far, what it asks, what happened. */
import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Notice } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { PageHeading } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { DueDay } from '../../ui/time.tsx'
import { GoalDecision } from './goal-decision.tsx'
import { GoalFacts } from './goal-facts.tsx'
import { GoalFrame } from './goal-frame.tsx'
import { GoalHistory } from './goal-history.tsx'
import { GoalMenu } from './goal-menu.tsx'
import { GoalProgress } from './goal-progress.tsx'
import { useGoal } from './use-goal.ts'
import { WaitingOn } from './waiting.tsx'
import { periodOf, stateOf } from './words.ts'

const route = getRouteApi('/app/goals/$goalId')

export function GoalPage() {
  const { goalId } = route.useParams()
  // A key of its own for each goal: a notification may lead from one to another.
  return <Goal key={goalId} id={goalId} />
}

function Goal({ id }: { id: string }) {
  const me = useMe()
  const today = useToday()
  const { goal: found, partial, error, retry, busy, failure, act, attempt } = useGoal(id)
  return (
    <GoalFrame goal={found} error={error} retry={retry}>
      {goal => {
        const { tone, word } = stateOf(goal, today)
        const asks = goal.allowed_actions.some(action =>
          ['approve', 'reject', 'accept', 'decline'].includes(action),
        )
        return (
          <article className="mx-auto grid max-w-[1040px] gap-x-16 gap-y-8 px-4 py-7 sm:px-8 lg:grid-cols-[minmax(0,1fr)_232px] lg:py-9">
            <header className="lg:col-start-1">
              <div className="mb-2 flex min-h-8 items-center gap-2 text-sm text-muted touch:min-h-11">
                <Avatar name={goal.owner.name} />
                <span className="truncate">
                  {NameFor(goal.owner, me.id)} · <span className="tabular-nums">{periodOf(goal)}</span>
                </span>
                <div className="ml-auto">
                  <GoalMenu goal={goal} busy={busy} act={act} attempt={attempt} />
                </div>
              </div>
              <PageHeading title={goal.title} className="break-words text-2xl" />
              <p className="mt-2.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-muted">
                <Pill tone={tone}>{word}</Pill>
                {!asks && <WaitingOn goal={goal} capital />}
                {goal.status === 'ACTIVE' && goal.end_date && (
                  <DueDay day={goal.end_date} today={today} className="first-letter:uppercase inline-block" />
                )}
              </p>
            </header>

            <aside
              aria-label="Facts"
              className="border-line max-lg:border-y max-lg:py-5 lg:col-start-2 lg:row-span-6 lg:row-start-1 lg:border-l lg:pt-1.5 lg:pl-7"
            >
              <GoalFacts goal={goal} today={today} />
            </aside>

            {failure !== null && <Notice className="lg:col-start-1">{sentenceOf(failure)}</Notice>}
            <div className="empty:hidden max-lg:-order-1 max-lg:row-start-2 lg:col-start-1">
              <GoalDecision goal={goal} busy={busy} act={act} attempt={attempt} />
            </div>
            {goal.description && (
              <p className="whitespace-pre-wrap break-words text-base text-pretty lg:col-start-1">
                {goal.description}
              </p>
            )}
            <div className="empty:hidden lg:col-start-1">
              <GoalProgress goal={goal} act={act} />
            </div>
            <div className="lg:col-start-1">
              <GoalHistory goal={goal} loading={partial} />
            </div>
          </article>
        )
      }}
    </GoalFrame>
  )
}
