/** What became of a goal that went to several people: how far it is, who is asked, who could not have it and why. */
import { Link } from '@tanstack/react-router'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { useFocusAfter } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { refusedOf, type Share } from './handing-out.ts'

interface Props {
  title: string
  shares: readonly Share[]
  busy: boolean
  onAgain: () => void
  onChange: () => void
}

export function HandedOut({ title, shares, busy, onAgain, onChange }: Props) {
  const asked = shares.filter(({ state }) => state === 'asked').length
  const refused = refusedOf(shares).length
  const told = asked + refused
  useFocusAfter(busy || refused > 0)
  return (
    <FormFrame title={busy ? 'Assigning a goal' : 'Goal assigned'} lead={title}>
      <p role="status" className="text-sm font-medium tabular-nums">
        {busy
          ? `${told} of ${shares.length} answered for`
          : `${asked} of ${shares.length} ${asked === 1 ? 'is' : 'are'} asked to accept it`}
      </p>
      <ProgressBar
        percent={Math.round((told / shares.length) * 100)}
        label="People it has gone out to"
        className="mt-2"
      />
      <ul
        aria-label="Whom it is for"
        className="mt-6 divide-y divide-line overflow-hidden rounded-lg border border-line"
      >
        {shares.map(share => (
          <li key={share.person.id} className="flex min-h-13 items-center gap-3 px-4 py-2.5">
            <Avatar name={share.person.name} />
            <div className="min-w-0 flex-1">
              <p className="truncate text-base font-medium">{share.person.name}</p>
              {share.state === 'refused' && (
                <p className="break-words text-sm text-danger-text text-pretty">{share.why}</p>
              )}
            </div>
            <ShareState share={share} />
          </li>
        ))}
      </ul>
      <div className="mt-6 flex justify-end gap-2 border-t border-line pt-5 max-sm:flex-col-reverse">
        {refused > 0 && !busy && <Button onClick={onChange}>Change the goal</Button>}
        {refused > 0 && (
          <Button busy={busy} onClick={onAgain}>
            Try again for {refused}
          </Button>
        )}
        {!busy && (
          <Link to="/goals" search={{ scope: 'team' }} className={buttonClass('primary')}>
            Done
          </Link>
        )}
      </div>
    </FormFrame>
  )
}

function ShareState({ share }: { share: Share }) {
  switch (share.state) {
    case 'waiting':
      return <span className="text-sm text-subtle">Waiting</span>
    case 'asked':
      return (
        <Link
          to="/goals/$goalId"
          params={{ goalId: share.goalId }}
          aria-label={`Asked: the goal of ${share.person.name}`}
          className="flex items-center touch:min-h-11"
        >
          <Pill tone="awaiting">Asked</Pill>
        </Link>
      )
    case 'refused':
      return <Pill tone="overdue">Not assigned</Pill>
  }
}
