/** One goal: what it is, how far, what it asks, what happened. */
import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { WaitingOn } from '../../shared/waiting.tsx'
import { Article, ArticleFacts, ArticleLine, ArticlePart, ArticleState, Prose } from '../../ui/article.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Notice } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { PageHeading } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { DueDay } from '../../ui/time.tsx'
import { FrozenNotice } from './frozen.tsx'
import { GoalDecision } from './goal-decision.tsx'
import { GoalFacts } from './goal-facts.tsx'
import { GoalFrame } from './goal-frame.tsx'
import { GoalHistory } from './goal-history.tsx'
import { GoalMenu } from './goal-menu.tsx'
import { GoalParts } from './goal-parts.tsx'
import { GoalProgress } from './goal-progress.tsx'
import { useGoal } from './use-goal.ts'
import { isFinal, periodOf, stateOf } from './words.ts'

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
          <Article>
            <ArticlePart>
              <ArticleLine menu={<GoalMenu goal={goal} busy={busy} act={act} attempt={attempt} />}>
                <Avatar name={goal.owner.name} />
                <span className="truncate">
                  {NameFor(goal.owner, me.id)} · <span className="tabular-nums">{periodOf(goal)}</span>
                </span>
              </ArticleLine>
              <PageHeading title={goal.title} className="break-words text-2xl" />
              <ArticleState>
                <Pill tone={tone}>{word}</Pill>
                {!asks && (
                  <span className="empty:hidden">
                    <WaitingOn on={goal.waiting_on} since={goal.waiting_since} capital />
                  </span>
                )}
                {goal.status === 'ACTIVE' && goal.end_date && (
                  <DueDay day={goal.end_date} today={today} className="first-letter:uppercase inline-block" />
                )}
              </ArticleState>
            </ArticlePart>

            {failure !== null && (
              <ArticlePart>
                <Notice>{sentenceOf(failure)}</Notice>
              </ArticlePart>
            )}
            {!isFinal(goal) && (
              <ArticlePart>
                <FrozenNotice of={goal} waits="Edits and progress wait until it is unfrozen." />
              </ArticlePart>
            )}
            <ArticlePart>
              <GoalDecision goal={goal} busy={busy} act={act} attempt={attempt} />
            </ArticlePart>
            {goal.description && (
              <ArticlePart>
                <Prose>{goal.description}</Prose>
              </ArticlePart>
            )}
            <ArticlePart>
              <GoalProgress goal={goal} act={act} />
            </ArticlePart>
            <ArticlePart>
              <GoalParts goalId={id} />
            </ArticlePart>
            <ArticleFacts>
              <GoalFacts goal={goal} today={today} />
            </ArticleFacts>
            <ArticlePart>
              <GoalHistory goal={goal} loading={partial} />
            </ArticlePart>
          </Article>
        )
      }}
    </GoalFrame>
  )
}
