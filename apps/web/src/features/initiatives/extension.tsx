/** A request for more time: decided here by whoever may, and told to the others; and what became of it. */
import type { InitiativeDetail, InitiativeExtension } from '@pms/contract'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { WaitingOn } from '../../shared/waiting.tsx'
import { longDay, shortDay } from '../../ui/dates.ts'
import { DecisionBar } from '../../ui/decision-bar.tsx'
import { NameFor } from '../../ui/names.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { When } from '../../ui/time.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import type { InitiativeDeed } from './actions.ts'
import { ExtensionDialog } from './extension-dialog.tsx'

interface Props {
  initiative: InitiativeDetail
  today: string
  busy: boolean
  act: (deed: InitiativeDeed) => Promise<unknown>
  attempt: (deed: InitiativeDeed) => void
}

export function OpenExtension({ initiative, today, ...rest }: Props) {
  const extension = initiative.open_extension
  if (!extension) return null
  if (extension.allowed_actions.length > 0)
    return <Decide initiative={initiative} extension={extension} today={today} {...rest} />
  return (
    <p className="rounded-lg border border-line px-4 py-3 text-sm">
      <span className="font-medium">More time is asked for, until {longDay(extension.new_due_date)}</span>
      <br />
      <span className="text-muted">
        <WaitingOn on={extension.waiting_on} since={extension.created_at} capital />
      </span>
    </p>
  )
}

function Decide({
  initiative,
  extension,
  today,
  busy,
  act,
  attempt,
}: Props & { extension: InitiativeExtension }) {
  const [asking, setAsking] = useState<'day' | 'denial' | null>(null)
  const { id, requested_by, new_due_date } = extension
  return (
    <>
      <DecisionBar
        question={`${requested_by.name} asks for more time, until ${longDay(new_due_date)}`}
        busy={busy}
        answers={[
          { label: 'Deny', shortcut: 'd', act: () => setAsking('denial') },
          { label: 'Other day', shortcut: 'o', act: () => setAsking('day') },
          {
            label: 'Approve',
            shortcut: 'a',
            act: () => attempt({ action: 'approve_extension', extension: id }),
            primary: true,
          },
        ]}
      >
        <p className="text-ink text-pretty break-words">“{extension.reason}”</p>
        <WaitingOn on={extension.waiting_on} since={extension.created_at} capital />
      </DecisionBar>
      {asking === 'day' && (
        <ExtensionDialog
          title="Give more time"
          description={`${requested_by.name} asked for ${shortDay(new_due_date, today)}.`}
          confirm="Give more time"
          due={initiative.due_date}
          today={today}
          proposed={new_due_date}
          withReason={false}
          onConfirm={due_date => act({ action: 'approve_extension', extension: id, due_date })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'denial' && (
        <ReasonDialog
          title="Deny more time?"
          description={`${requested_by.name} will read the reason.`}
          confirm="Deny extension"
          placeholder="Why does the day stay as it is?"
          onConfirm={reason => act({ action: 'deny_extension', extension: id, reason })}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}

/** What became of it; nothing while it is open. */
export function DecidedExtension({ extension }: { extension: InitiativeExtension }) {
  const me = useMe()
  const { status, decided_by, decided_at, new_due_date, denial_reason } = extension
  if (status === 'PENDING') return null
  const when = decided_at && <When at={decided_at} />
  if (status === 'WITHDRAWN')
    return <Verdict tone="neutral" title={<>More time is no longer asked for {when}</>} />
  const who = decided_by ? NameFor(decided_by, me.id) : 'Somebody'
  if (status === 'APPROVED')
    return (
      <Verdict
        tone="done"
        title={
          <>
            {who} gave more time {when}, until {longDay(new_due_date)}
          </>
        }
      />
    )
  return (
    <Verdict
      tone="returned"
      title={
        <>
          {who} denied more time {when}
        </>
      }
    >
      {denial_reason}
    </Verdict>
  )
}
