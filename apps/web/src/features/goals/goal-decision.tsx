/**
 * The question a goal asks of whoever looks at it, and the buttons that answer it: strictly what the server allows.
 */
import type { GoalDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { NameFor } from '../../ui/names.ts'
import { useFocusAfter } from '../../ui/page.tsx'
import { useShortcut } from '../../ui/shortcut.ts'
import { Ago } from '../../ui/time.tsx'
import { can, type GoalDeed } from './actions.ts'
import { DeclineDialog, ReasonDialog } from './reason-dialog.tsx'
import { WaitingOn } from './waiting.tsx'
import { decisionOf, STATUS_LABELS } from './words.ts'

interface Props {
  goal: GoalDetail
  busy: boolean
  act: (deed: GoalDeed) => Promise<unknown>
  /** For deeds whose failure the page shows itself. */
  attempt: (deed: GoalDeed) => void
}

export function GoalDecision({ goal, busy, act, attempt }: Props) {
  const approves = can(goal, 'approve')
  const rejects = can(goal, 'reject')
  const accepts = can(goal, 'accept')
  const declines = can(goal, 'decline')
  useFocusAfter(approves || rejects || accepts || declines)
  const [asking, setAsking] = useState<'reject' | 'decline' | null>(null)
  const yes = () => attempt(approves ? { action: 'approve', revision: goal.revision } : { action: 'accept' })
  const no = () => setAsking(rejects ? 'reject' : 'decline')
  useShortcut('a', yes, approves || accepts)
  useShortcut('r', no, rejects)
  useShortcut('d', no, declines)

  if (approves || rejects || accepts || declines)
    return (
      <>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-line-strong px-4 py-3.5">
          <p className="text-sm">
            <span className="font-medium">
              {approves || rejects
                ? `${goal.owner.name} asks for your approval`
                : `${goal.assigned_by?.name ?? 'Your supervisor'} asks you to take this on`}
            </span>
            <br />
            <span className="text-muted">
              <WaitingOn goal={goal} capital />
            </span>
          </p>
          <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
            {(rejects || declines) && (
              <Button busy={busy} onClick={no} aria-keyshortcuts={rejects ? 'r' : 'd'}>
                {rejects ? 'Reject' : 'Decline'}
                <Kbd>{rejects ? 'R' : 'D'}</Kbd>
              </Button>
            )}
            {(approves || accepts) && (
              <Button variant="primary" busy={busy} onClick={yes} aria-keyshortcuts="a">
                {approves ? 'Approve' : 'Accept'}
                <Kbd onAccent>A</Kbd>
              </Button>
            )}
          </div>
        </div>
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

/** Why it came back, said to the one who can send it again; to the others, why it ended. */
function Returned({ goal }: { goal: GoalDetail }) {
  const me = useMe()
  const decision = decisionOf(goal.history, goal.status)
  const verb = STATUS_LABELS[goal.status].toLowerCase()
  const returned = goal.status !== 'DISCARDED'
  return (
    <div className={`rounded-lg px-4 py-3.5 ${returned ? 'bg-returned-soft' : 'bg-(--neutral-soft)'}`}>
      <p
        className={`flex items-center gap-2 text-sm font-medium ${returned ? 'text-returned-text' : 'text-muted'}`}
      >
        {returned && <Undo2 aria-hidden="true" className="size-4" />}
        {decision ? (
          <span>
            {NameFor(decision.actor, me.id)} {verb} this goal <Ago at={decision.created_at} />
          </span>
        ) : (
          <span>{STATUS_LABELS[goal.status]}</span>
        )}
      </p>
      <blockquote className="mt-1.5 whitespace-pre-wrap break-words text-base text-ink text-pretty">
        {goal.reason}
      </blockquote>
      {can(goal, 'resubmit') && (
        <Link
          to="/goals/$goalId/edit"
          params={{ goalId: goal.id }}
          className={buttonClass('primary', 'mt-3.5 max-sm:w-full')}
        >
          Edit and send again
        </Link>
      )}
    </div>
  )
}
