/** The small mark before a title. Shape tells as much as colour: nothing, a ring, a dot, a sign. */
import type { Priority } from '@pms/client'
import { useStrings } from './strings.ts'

export function PriorityMark({ priority }: { priority: Priority }) {
  const strings = useStrings()
  return (
    <span className="inbox-mark" data-priority={priority}>
      {priority === 'urgent' && (
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <circle cx="7" cy="7" r="7" fill="currentColor" />
          <path d="M7 3.4v4.1" stroke="var(--_on-mark)" strokeWidth="1.7" strokeLinecap="round" />
          <circle cx="7" cy="10.3" r="1" fill="var(--_on-mark)" />
        </svg>
      )}
      {priority !== 'low' && <span className="inbox-sr">{strings.priority[priority]}: </span>}
    </span>
  )
}
