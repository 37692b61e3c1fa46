/** Some days on which somebody is away, and who stands in. */
import type { Delegation, DelegationState } from '@pms/contract'
import { X } from 'lucide-react'
import { Person } from '../../shared/person.tsx'
import { IconButton } from '../../ui/button.tsx'
import { longDay, shortDay } from '../../ui/dates.ts'
import { Pill, type Tone } from '../../ui/pill.tsx'

const STATES: Record<DelegationState, readonly [Tone, string]> = {
  planned: ['awaiting', 'Planned'],
  running: ['active', 'Now'],
  over: ['neutral', 'Over'],
}

interface Props {
  delegation: Delegation
  today: string
  /** Seen from the side of whoever stands in. */
  isStandIn: boolean
  onCancel: () => void
}

export function AbsenceRow({ delegation, today, isStandIn, onCancel }: Props) {
  const { user, delegate, from, to, reason, state, allowed_actions } = delegation
  const [tone, word] = STATES[state]
  return (
    <li className="flex min-h-12 items-center gap-3 py-2 pr-1.5 pl-3.5 text-sm">
      <div className="min-w-0 flex-1 sm:flex sm:items-center sm:gap-4">
        <p className="font-medium tabular-nums sm:w-40">
          <time dateTime={from} title={longDay(from)}>
            {shortDay(from, today)}
          </time>
          {from !== to && (
            <>
              {' to '}
              <time dateTime={to} title={longDay(to)}>
                {shortDay(to, today)}
              </time>
            </>
          )}
        </p>
        <div className="flex min-w-0 items-center gap-2 text-muted">
          <Person of={isStandIn ? user : delegate} className="text-ink sm:shrink-0" />
          {!isStandIn && <span className="shrink-0">stands in</span>}
          {reason && (
            <span className="truncate max-sm:hidden" title={reason}>
              · {reason}
            </span>
          )}
        </div>
      </div>
      <Pill tone={tone}>{word}</Pill>
      {allowed_actions.includes('cancel') ? (
        <IconButton
          label={`Take back: ${delegate.name} for ${user.name} from ${shortDay(from, today)}`}
          onClick={onCancel}
        >
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      ) : (
        <span className="size-8 touch:size-11" />
      )}
    </li>
  )
}
