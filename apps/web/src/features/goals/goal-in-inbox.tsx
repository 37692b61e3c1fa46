/** A goal inside the notification that is about it: enough of it to decide, and the decision itself. */
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { ApiError, sentenceOf } from '../../api/problem.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Notice } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { Pill } from '../../ui/pill.tsx'
import { GoalDecision } from './goal-decision.tsx'
import { GoalFacts } from './goal-facts.tsx'
import { useGoal } from './use-goal.ts'
import { periodOf, stateOf } from './words.ts'

export function GoalInInbox({ id }: { id: string }) {
  const me = useMe()
  const today = useToday()
  const { goal, error, busy, failure, act, attempt } = useGoal(id)
  if (!goal) return error ? <Hidden error={error} /> : <div className="late mt-6 h-40 rounded-lg skeleton" />
  const { tone, word } = stateOf(goal, today)
  return (
    <div className="mt-6 space-y-5 border-t border-line pt-6">
      <div>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <Link
            to="/goals/$goalId"
            params={{ goalId: goal.id }}
            className="min-w-0 break-words text-lg font-semibold tracking-[-0.01em] hover:underline"
          >
            {goal.title}
          </Link>
          <span role="status">
            <Pill tone={tone}>{word}</Pill>
          </span>
        </div>
        <p className="mt-1.5 flex items-center gap-2 text-sm text-muted">
          <Avatar name={goal.owner.name} size="sm" />
          {NameFor(goal.owner, me.id)} · {periodOf(goal)}
        </p>
      </div>
      {failure !== null && <Notice>{sentenceOf(failure)}</Notice>}
      <GoalDecision goal={goal} busy={busy} act={act} attempt={attempt} />
      {goal.description && (
        <p className="whitespace-pre-wrap break-words text-base text-pretty">{goal.description}</p>
      )}
      <GoalFacts goal={goal} today={today} withoutPeople />
    </div>
  )
}

function Hidden({ error }: { error: unknown }) {
  const isHidden = error instanceof ApiError && (error.status === 404 || error.status === 403)
  return (
    <Notice tone="info" className="mt-6">
      {isHidden ? 'This goal is not yours to see any more.' : sentenceOf(error)}
    </Notice>
  )
}
