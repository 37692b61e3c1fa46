/** One notification in the list. */
import type { InboxItem } from '@pms/client'
import { Check, Mail, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { useKeysThatAct } from '../letter-keys.ts'
import { PriorityMark } from '../priority-mark.tsx'
import { useInbox } from '../provider.tsx'
import { useStrings } from '../strings.ts'
import { RelativeTime } from '../time.tsx'

interface NotificationRowProps {
  item: InboxItem
  /** It is the list's tab stop. */
  current: boolean
  onOpen: (item: InboxItem) => void
  onRemove: (item: InboxItem) => void
  onFocus: (id: string) => void
}

export const NotificationRow = memo(function NotificationRow(props: NotificationRowProps) {
  const { item, current, onOpen, onRemove, onFocus } = props
  const inbox = useInbox()
  const strings = useStrings()
  const acting = useKeysThatAct()
  const tabIndex = current ? 0 : -1
  const toggle = item.is_read ? strings.markUnread : strings.markRead

  return (
    <li className="inbox-row" data-unread={!item.is_read} onFocus={() => onFocus(item.id)}>
      <button
        type="button"
        className="inbox-row-open"
        data-row={item.id}
        tabIndex={tabIndex}
        onClick={() => onOpen(item)}
      >
        {/* What has been dealt with presses nobody any more. */}
        <PriorityMark priority={item.resolved_at === null ? item.priority : 'low'} />
        <span className="inbox-row-title">{item.title}</span>
        <span className="inbox-row-aside">
          <RelativeTime value={item.created_at} />
          <span className="inbox-unread-dot">
            {!item.is_read && <span className="inbox-sr">{strings.unread}</span>}
          </span>
        </span>
        <span className="inbox-row-message">{item.message}</span>
        {item.resolved_at !== null && (
          <span className="inbox-row-settled">
            <Check className="inbox-icon" aria-hidden="true" />
            {strings.settledBy(item.resolved_by_name)}
          </span>
        )}
      </button>
      <span className="inbox-row-actions">
        <button
          type="button"
          className="inbox-icon-button inbox-row-toggle"
          tabIndex={tabIndex}
          aria-label={`${toggle}: ${item.title}`}
          aria-keyshortcuts={acting(item.is_read ? 'u' : 'e')}
          title={toggle}
          onClick={() => void (item.is_read ? inbox.markUnread(item.id) : inbox.markRead(item.id))}
        >
          {item.is_read ? (
            <Mail className="inbox-icon" aria-hidden="true" />
          ) : (
            <Check className="inbox-icon" aria-hidden="true" />
          )}
        </button>
        <button
          type="button"
          className="inbox-icon-button"
          tabIndex={tabIndex}
          aria-label={`${strings.remove}: ${item.title}`}
          aria-keyshortcuts={acting('#', 'Delete')}
          title={strings.remove}
          onClick={() => onRemove(item)}
        >
          <Trash2 className="inbox-icon" aria-hidden="true" />
        </button>
      </span>
    </li>
  )
})
