/** An assigned goal, to be read and answered; or why it no longer can be. */
import type { GoalDetail } from '@pms/contract'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { useLetterKeys } from '../../ui/letter-keys.ts'
import { Notice } from '../../ui/messages.tsx'
import { PageHeading, useFocusAfter } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useShortcut } from '../../ui/shortcut.ts'
import { Ago, When } from '../../ui/time.tsx'
import { can, type GoalDeed } from './actions.ts'
import { DeclineDialog } from './decline-dialog.tsx'
import { GoalFacts } from './goal-facts.tsx'
import { GoalFrame } from './goal-frame.tsx'
import { useGoal } from './use-goal.ts'
import { decisionOf, stateOf, whyNoAnswer } from './words.ts'

const route = getRouteApi('/app/goals/$goalId/respond')

export function RespondPage() {
  const { goalId } = route.useParams()
  return <Respond key={goalId} id={goalId} />
}

function Respond({ id }: { id: string }) {
  const today = useToday()
  const { goal: found, error, retry, busy, failure, act, attempt } = useGoal(id)
  useFocusAfter(found !== undefined && (can(found, 'accept') || can(found, 'decline')))
  return (
    <GoalFrame goal={found} error={error} retry={retry}>
      {goal => (
        <article className="mx-auto max-w-[640px] px-4 py-8 sm:px-8 sm:py-14">
          {goal.assigned_by && (
            <p className="mb-3 flex items-center gap-2.5 text-sm text-muted">
              <Avatar name={goal.assigned_by.name} />
              <span>
                <span className="font-medium text-ink">{goal.assigned_by.name}</span> assigned you this goal{' '}
                <When at={goal.waiting_since ?? goal.created_at} />
              </span>
            </p>
          )}
          <PageHeading title={goal.title} className="break-words text-2xl" />
          {goal.description && (
            <p className="mt-4 whitespace-pre-wrap break-words text-base text-pretty">{goal.description}</p>
          )}
          <div className="mt-6 border-t border-line pt-6">
            <GoalFacts goal={goal} today={today} withoutPeople />
          </div>
          <div className="mt-8 space-y-4">
            {failure !== null && <Notice>{sentenceOf(failure)}</Notice>}
            {can(goal, 'accept') || can(goal, 'decline') ? (
              <Answer goal={goal} busy={busy} act={act} attempt={attempt} />
            ) : (
              <Answered goal={goal} today={today} />
            )}
          </div>
        </article>
      )}
    </GoalFrame>
  )
}

interface AnswerProps {
  goal: GoalDetail
  busy: boolean
  act: (deed: GoalDeed) => Promise<unknown>
  attempt: (deed: GoalDeed) => void
}

function Answer({ goal, busy, act, attempt }: AnswerProps) {
  const [declining, setDeclining] = useState(false)
  const letters = useLetterKeys()
  const accept = () => attempt({ action: 'accept' })
  useShortcut('a', accept, can(goal, 'accept'))
  useShortcut('d', () => setDeclining(true), can(goal, 'decline'))
  return (
    <>
      <div className="flex gap-2 max-sm:*:flex-1">
        {can(goal, 'accept') && (
          <Button
            variant="primary"
            busy={busy}
            onClick={accept}
            aria-keyshortcuts={letters ? 'a' : undefined}
          >
            Accept goal
            <Kbd onAccent>A</Kbd>
          </Button>
        )}
        {can(goal, 'decline') && (
          <Button
            busy={busy}
            onClick={() => setDeclining(true)}
            aria-keyshortcuts={letters ? 'd' : undefined}
          >
            Decline…
            <Kbd>D</Kbd>
          </Button>
        )}
      </div>
      {declining && (
        <DeclineDialog
          goal={goal}
          onConfirm={reason => act({ action: 'decline', reason })}
          onClose={() => setDeclining(false)}
        />
      )}
    </>
  )
}

function Answered({ goal, today }: { goal: GoalDetail; today: string }) {
  const me = useMe()
  const { tone, word } = stateOf(goal, today)
  const decision = decisionOf(goal.history, goal.status)
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-3 rounded-lg bg-sunken px-4 py-3.5"
    >
      {decision?.event === 'accepted' && decision.actor.id === me.id ? (
        <Check aria-hidden="true" className="size-4 text-done-mark" />
      ) : (
        <Pill tone={tone}>{word}</Pill>
      )}
      <p className="min-w-0 flex-1 text-sm">
        {whyNoAnswer(goal.status, decision, me.id)}{' '}
        {decision && (
          <span className="text-muted">
            <Ago at={decision.created_at} />
          </span>
        )}
      </p>
      <Link
        to="/goals/$goalId"
        params={{ goalId: goal.id }}
        className={buttonClass('secondary', 'max-sm:w-full')}
      >
        Open goal
      </Link>
    </div>
  )
}
