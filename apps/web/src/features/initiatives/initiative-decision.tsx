/**
 * The question an initiative asks of whoever looks at it, and the buttons that answer it: strictly what the server
 * allows.
 */
import type { InitiativeDetail } from '@pms/contract'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { WaitingOn } from '../../shared/waiting.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { DecisionBar } from '../../ui/decision-bar.tsx'
import { NameFor } from '../../ui/names.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { When } from '../../ui/time.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { can, type InitiativeDeed } from './actions.ts'
import { decisionOf } from './words.ts'

interface Props {
  initiative: InitiativeDetail
  busy: boolean
  act: (deed: InitiativeDeed) => Promise<unknown>
  /** For deeds whose failure the page shows itself. */
  attempt: (deed: InitiativeDeed) => void
}

export function InitiativeDecision(props: Props) {
  const { initiative } = props
  if (can(initiative, 'approve') || can(initiative, 'reject')) return <Proposal {...props} />
  if (can(initiative, 'start')) return <ToStart {...props} />
  if (can(initiative, 'review')) return <ToReview {...props} />
  if (can(initiative, 'submit')) return <ToSubmit {...props} />
  return <Outcome initiative={initiative} />
}

function Proposal({ initiative, busy, act, attempt }: Props) {
  const [rejecting, setRejecting] = useState(false)
  const { created_by, revision } = initiative
  return (
    <>
      <DecisionBar
        question={`${created_by.name} asks for your approval`}
        busy={busy}
        answers={[
          { label: 'Reject', shortcut: 'r', act: () => setRejecting(true) },
          {
            label: 'Approve',
            shortcut: 'a',
            act: () => attempt({ action: 'approve', revision }),
            primary: true,
          },
        ]}
      >
        <WaitingOn on={initiative.waiting_on} since={initiative.waiting_since} capital />
      </DecisionBar>
      {rejecting && (
        <ReasonDialog
          title="Reject this initiative?"
          description={`${created_by.name} will read the reason, can change the proposal and send it again.`}
          confirm="Reject initiative"
          placeholder="What should change?"
          onConfirm={reason => act({ action: 'reject', reason })}
          onClose={() => setRejecting(false)}
        />
      )}
    </>
  )
}

const ToStart = ({ initiative, busy, attempt }: Props) => (
  <DecisionBar
    question="This is yours to start"
    busy={busy}
    answers={[{ label: 'Start', shortcut: 's', act: () => attempt({ action: 'start' }), primary: true }]}
  >
    <WaitingOn on={initiative.waiting_on} since={initiative.waiting_since} capital />
  </DecisionBar>
)

function ToReview({ initiative, busy }: Props) {
  const navigate = useNavigate()
  const open = () =>
    void navigate({ to: '/initiatives/$initiativeId/review', params: { initiativeId: initiative.id } })
  return (
    <DecisionBar
      question={`${initiative.head.name} asks for your review`}
      busy={busy}
      answers={[{ label: 'Review', shortcut: 'r', act: open, primary: true }]}
    >
      <WaitingOn on={initiative.waiting_on} since={initiative.waiting_since} capital />
    </DecisionBar>
  )
}

function ToSubmit({ initiative, busy }: Props) {
  const navigate = useNavigate()
  const open = () =>
    void navigate({ to: '/initiatives/$initiativeId/submit', params: { initiativeId: initiative.id } })
  const decision = decisionOf(initiative)
  if (initiative.feedback)
    return (
      <Verdict
        tone="returned"
        title={
          decision?.event === 'returned' ? (
            <>
              {decision.actor?.name} returned this initiative <When at={decision.created_at} />
            </>
          ) : (
            'More work is asked for'
          )
        }
        action={
          <Link
            to="/initiatives/$initiativeId/submit"
            params={{ initiativeId: initiative.id }}
            className={buttonClass('primary')}
          >
            Submit again
          </Link>
        }
      >
        {initiative.feedback}
      </Verdict>
    )
  return (
    <DecisionBar
      question={initiative.status === 'OVERDUE' ? 'The day it was due has passed' : 'You are working on this'}
      busy={busy}
      answers={[{ label: 'Submit report', shortcut: 's', act: open, primary: true }]}
    >
      {initiative.status === 'OVERDUE' ? 'Submit it, or ask for more time.' : 'Submit it when it is done.'}
    </DecisionBar>
  )
}

/** What came of it, where nothing is asked of whoever looks. */
function Outcome({ initiative }: { initiative: InitiativeDetail }) {
  const me = useMe()
  const { status, reason, feedback, score } = initiative
  const decision = decisionOf(initiative)
  const who = decision?.actor ? NameFor(decision.actor, me.id) : 'Somebody'
  const when = decision && <When at={decision.created_at} />
  if (status === 'REJECTED' && reason)
    return (
      <Verdict
        tone="returned"
        title={
          <>
            {who} rejected this proposal {when}
          </>
        }
        action={
          can(initiative, 'resubmit') && (
            <Link
              to="/initiatives/$initiativeId/edit"
              params={{ initiativeId: initiative.id }}
              className={buttonClass('primary')}
            >
              Edit and send again
            </Link>
          )
        }
      >
        {reason}
      </Verdict>
    )
  if (status === 'STARTED' && feedback)
    return (
      <Verdict
        tone="returned"
        title={
          <>
            {who} returned this initiative {when}
          </>
        }
      >
        {feedback}
      </Verdict>
    )
  if (status === 'APPROVED' && score !== null)
    return (
      <Verdict
        tone="done"
        title={
          <>
            {who} reviewed this initiative {when}: {score}/10
          </>
        }
      >
        {feedback}
      </Verdict>
    )
  return null
}
