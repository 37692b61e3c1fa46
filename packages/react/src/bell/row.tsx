/** One notification in the list. */
import type { InboxItem } from '@pms/client'
import { memo } from 'react'
import { ItemAside, ItemButtons, ItemMark, ItemSettled } from '../item-parts.tsx'
import { useInbox } from '../provider.tsx'

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
  const tabIndex = current ? 0 : -1

  return (
    <li className="inbox-row" data-unread={!item.is_read} onFocus={() => onFocus(item.id)}>
      <button
        type="button"
        className="inbox-row-open"
        data-row={item.id}
        tabIndex={tabIndex}
        onClick={() => onOpen(item)}
      >
        <ItemMark item={item} />
        <span className="inbox-row-title">{item.title}</span>
        <ItemAside item={item} />
        <span className="inbox-row-message">{item.message}</span>
        <ItemSettled item={item} className="inbox-row-settled" />
      </button>
      <span className="inbox-row-actions">
        <ItemButtons
          item={item}
          tabIndex={tabIndex}
          onToggle={() => void (item.is_read ? inbox.markUnread(item.id) : inbox.markRead(item.id))}
          onRemove={() => onRemove(item)}
        />
      </span>
    </li>
  )
})
