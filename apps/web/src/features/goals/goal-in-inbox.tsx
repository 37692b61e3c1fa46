/** A goal inside the notification that is about it: enough of it to decide, and the decision itself. */
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { Prose } from '../../ui/article.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Notice } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { InboxHead, ThingInInbox } from '../../ui/thing-in-inbox.tsx'
import { GoalDecision } from './goal-decision.tsx'
import { GoalFacts } from './goal-facts.tsx'
import { useGoal } from './use-goal.ts'
import { periodOf, stateOf } from './words.ts'

export function GoalInInbox({ id }: { id: string }) {
  const me = useMe()
  const today = useToday()
  const { goal: found, error, retry, busy, failure, act, attempt } = useGoal(id)
  return (
    <ThingInInbox name="goal" thing={found} error={error} retry={retry}>
      {goal => (
        <>
          <InboxHead
            {...stateOf(goal, today)}
            title={
              <Link to="/goals/$goalId" params={{ goalId: goal.id }}>
                {goal.title}
              </Link>
            }
          >
            <Avatar name={goal.owner.name} size="sm" />
            {NameFor(goal.owner, me.id)} · {periodOf(goal)}
          </InboxHead>
          {failure !== null && <Notice>{sentenceOf(failure)}</Notice>}
          <GoalDecision goal={goal} busy={busy} act={act} attempt={attempt} />
          {goal.description && <Prose>{goal.description}</Prose>}
          <GoalFacts goal={goal} today={today} withoutPeople />
        </>
      )}
    </ThingInInbox>
  )
}
