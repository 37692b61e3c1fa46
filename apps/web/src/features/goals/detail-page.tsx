/** One goal: what it is, how far, what it asks, what happened. */
import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
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

/** The column of the goal itself, beside that of the facts where there is room for both. */
const COLUMN = 'min-w-0 lg:col-start-1 lg:w-full lg:max-w-[760px] lg:justify-self-center lg:px-10'

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
          <article className="grid gap-y-8 px-4 py-7 sm:px-8 lg:min-h-[calc(100dvh-56px)] lg:grid-cols-[minmax(0,1fr)_288px] lg:grid-rows-[repeat(6,auto)_1fr] lg:px-0 lg:py-0">
            <header className={cx(COLUMN, 'lg:pt-9')}>
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
              <p
                role="status"
                className="mt-2.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-muted"
              >
                <Pill tone={tone}>{word}</Pill>
                {!asks && (
                  <span>
                    <WaitingOn goal={goal} capital />
                  </span>
                )}
                {goal.status === 'ACTIVE' && goal.end_date && (
                  <DueDay day={goal.end_date} today={today} className="first-letter:uppercase inline-block" />
                )}
              </p>
            </header>

            {failure !== null && (
              <div className={COLUMN}>
                <Notice>{sentenceOf(failure)}</Notice>
              </div>
            )}
            <div className={cx(COLUMN, 'empty:hidden')}>
              <GoalDecision goal={goal} busy={busy} act={act} attempt={attempt} />
            </div>
            {goal.description && (
              <p className={cx(COLUMN, 'whitespace-pre-wrap break-words text-base text-pretty')}>
                {goal.description}
              </p>
            )}
            <div className={cx(COLUMN, 'empty:hidden')}>
              <GoalProgress goal={goal} act={act} />
            </div>
            <aside
              aria-label="Facts"
              className="border-line max-lg:border-y max-lg:py-5 lg:col-start-2 lg:row-span-full lg:border-l lg:px-7 lg:pt-10"
            >
              <GoalFacts goal={goal} today={today} />
            </aside>
            <div className={cx(COLUMN, 'lg:pb-16')}>
              <GoalHistory goal={goal} loading={partial} />
            </div>
          </article>
        )
      }}
    </GoalFrame>
  )
}
