/**
 * The question a goal asks of whoever looks at it, and the buttons that answer it: strictly what the server allows.
 */
import type { GoalDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { WaitingOn } from '../../shared/waiting.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { type Answer, DecisionBar } from '../../ui/decision-bar.tsx'
import { NameFor } from '../../ui/names.ts'
import { useFocusAfter } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { When } from '../../ui/time.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { can, type GoalDeed } from './actions.ts'
import { DeclineDialog } from './decline-dialog.tsx'
import { decisionOf, STATUS_LABELS } from './words.ts'

interface Props {
  goal: GoalDetail
  busy: boolean
  act: (deed: GoalDeed) => Promise<unknown>
  /** For deeds whose failure the page shows itself. */
  attempt: (deed: GoalDeed) => void
}

export function GoalDecision({ goal, busy, act, attempt }: Props) {
  const [asking, setAsking] = useState<'reject' | 'decline' | null>(null)
  const answers = answersTo(goal, attempt, setAsking)
  useFocusAfter(answers.length > 0)

  if (answers.length > 0)
    return (
      <>
        <DecisionBar
          question={
            can(goal, 'approve') || can(goal, 'reject')
              ? `${goal.owner.name} asks for your approval`
              : `${goal.assigned_by?.name ?? 'Your supervisor'} asks you to take this on`
          }
          answers={answers}
          busy={busy}
        >
          <WaitingOn on={goal.waiting_on} since={goal.waiting_since} capital />
        </DecisionBar>
        {asking === 'reject' && (
          <ReasonDialog
            title="Reject this goal?"
            description={`${goal.owner.name} will read the reason, can change the goal and send it again.`}
            confirm="Reject goal"
            placeholder="What should change?"
            onConfirm={reason => act({ action: 'reject', reason })}
            onClose={() => setAsking(null)}
          />
        )}
        {asking === 'decline' && (
          <DeclineDialog
            goal={goal}
            onConfirm={reason => act({ action: 'decline', reason })}
            onClose={() => setAsking(null)}
          />
        )}
      </>
    )

  if (goal.reason && goal.status !== 'ACTIVE') return <Returned goal={goal} />
  return null
}

function answersTo(
  goal: GoalDetail,
  attempt: Props['attempt'],
  ask: (what: 'reject' | 'decline') => void,
): Answer[] {
  const answers: Answer[] = []
  if (can(goal, 'reject')) answers.push({ label: 'Reject', shortcut: 'r', act: () => ask('reject') })
  else if (can(goal, 'decline')) answers.push({ label: 'Decline', shortcut: 'd', act: () => ask('decline') })
  if (can(goal, 'approve')) {
    const act = () => attempt({ action: 'approve', revision: goal.revision })
    answers.push({ label: 'Approve', shortcut: 'a', act, primary: true })
  } else if (can(goal, 'accept')) {
    const act = () => attempt({ action: 'accept' })
    answers.push({ label: 'Accept', shortcut: 'a', act, primary: true })
  }
  return answers
}

/** Why it came back, said to the one who can send it again; to the others, why it ended. */
function Returned({ goal }: { goal: GoalDetail }) {
  const me = useMe()
  const decision = decisionOf(goal.history, goal.status)
  return (
    <Verdict
      tone={goal.status === 'DISCARDED' ? 'neutral' : 'returned'}
      title={
        decision ? (
          <>
            {NameFor(decision.actor, me.id)} {STATUS_LABELS[goal.status].toLowerCase()} this goal{' '}
            <When at={decision.created_at} />
          </>
        ) : (
          STATUS_LABELS[goal.status]
        )
      }
      action={
        can(goal, 'resubmit') && (
          <Link to="/goals/$goalId/edit" params={{ goalId: goal.id }} className={buttonClass('primary')}>
            Edit and send again
          </Link>
        )
      }
    >
      {goal.reason}
    </Verdict>
  )
}
