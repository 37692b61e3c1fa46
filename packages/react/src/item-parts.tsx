/** What each list says of a notification beside its words, and what can be done to it at once in each. */
import type { InboxItem } from '@pms/client'
import { Check, Mail, Trash2 } from 'lucide-react'
import { useKeysThatAct } from './letter-keys.ts'
import { PriorityMark } from './priority-mark.tsx'
import { useStrings } from './strings.ts'
import { RelativeTime } from './time.tsx'

/** What has been dealt with presses nobody any more. */
export function ItemMark({ item }: { item: InboxItem }) {
  return <PriorityMark priority={item.resolved_at === null ? item.priority : 'low'} />
}

/** When it came, and whether it is unread. */
export function ItemAside({ item }: { item: InboxItem }) {
  const strings = useStrings()
  return (
    <span className="inbox-row-aside">
      <RelativeTime value={item.created_at} />
      <span className="inbox-unread-dot">
        {!item.is_read && <span className="inbox-sr">{strings.unread}</span>}
      </span>
    </span>
  )
}

/** Who has dealt with it, where somebody has. */
export function ItemSettled({ item, className }: { item: InboxItem; className: string }) {
  const strings = useStrings()
  if (item.resolved_at === null) return null
  return (
    <span className={className}>
      <Check className="inbox-icon" aria-hidden="true" />
      {strings.settledBy(item.resolved_by_name)}
    </span>
  )
}

/** What the toggle would make of it. */
export function ToggleIcon({ item }: { item: InboxItem }) {
  return item.is_read ? (
    <Mail className="inbox-icon" aria-hidden="true" />
  ) : (
    <Check className="inbox-icon" aria-hidden="true" />
  )
}

interface ItemButtonsProps {
  item: InboxItem
  tabIndex: number
  onToggle: () => void
  onRemove: () => void
}

/** Read or unread, and away with it. */
export function ItemButtons({ item, tabIndex, onToggle, onRemove }: ItemButtonsProps) {
  const strings = useStrings()
  const acting = useKeysThatAct()
  const toggle = item.is_read ? strings.markUnread : strings.markRead
  return (
    <>
      <button
        type="button"
        className="inbox-icon-button inbox-row-toggle"
        tabIndex={tabIndex}
        aria-label={`${toggle}: ${item.title}`}
        aria-keyshortcuts={acting(item.is_read ? 'u' : 'e')}
        title={toggle}
        onClick={onToggle}
      >
        <ToggleIcon item={item} />
      </button>
      <button
        type="button"
        className="inbox-icon-button"
        tabIndex={tabIndex}
        aria-label={`${strings.remove}: ${item.title}`}
        aria-keyshortcuts={acting('#', 'Delete')}
        title={strings.remove}
        onClick={onRemove}
      >
        <Trash2 className="inbox-icon" aria-hidden="true" />
      </button>
    </>
  )
}
