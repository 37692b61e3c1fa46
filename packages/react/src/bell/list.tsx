/** The rows, or why there are none; older ones come as the end is scrolled into sight. */
import type { InboxItem } from '@pms/client'
import { Inbox as InboxIcon, TriangleAlert } from 'lucide-react'
import { type Notifications, useNotifications } from '../hooks.ts'
import { Message, Skeleton } from '../list-parts.tsx'
import { useInbox } from '../provider.tsx'
import { failureText, useStrings } from '../strings.ts'
import { NotificationRow } from './row.tsx'
import { useListKeys } from './use-list-keys.ts'
import { useSeen } from './use-seen.ts'

interface NotificationListProps {
  onOpen: (item: InboxItem) => void
  onRemove: (item: InboxItem) => void
}

export function NotificationList({ onOpen, onRemove }: NotificationListProps) {
  const inbox = useInbox()
  const strings = useStrings()
  const notifications = useNotifications()
  const { items } = notifications
  const keys = useListKeys(items, {
    read: item => void inbox.markRead(item.id),
    unread: item => void inbox.markUnread(item.id),
    remove: onRemove,
  })

  if (!notifications.loaded) return <Absent notifications={notifications} />
  if (items.length === 0) {
    return (
      <Message icon={<InboxIcon aria-hidden="true" />} title={strings.emptyTitle}>
        <p>{strings.emptyText}</p>
      </Message>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move among the buttons inside, which take focus
    <div className="inbox-scroll" onKeyDown={keys.onKeyDown}>
      <ul ref={keys.list} className="inbox-list" aria-label={strings.heading}>
        {items.map(item => (
          <NotificationRow
            key={item.id}
            item={item}
            current={item.id === keys.current}
            onOpen={onOpen}
            onRemove={keys.remove}
            onFocus={keys.setCurrent}
          />
        ))}
      </ul>
      <End notifications={notifications} />
    </div>
  )
}

function Absent({ notifications: { error } }: { notifications: Notifications }) {
  const inbox = useInbox()
  const strings = useStrings()
  if (error === null) return <Skeleton className="inbox-skeleton-row" rows={4} />
  return (
    <Message icon={<TriangleAlert aria-hidden="true" />} title={strings.loadFailed}>
      <p>{failureText(error, strings)}</p>
      <button type="button" className="inbox-button" onClick={() => inbox.connect()}>
        {strings.tryAgain}
      </button>
    </Message>
  )
}

function End({ notifications: { hasMore, error, items } }: { notifications: Notifications }) {
  const inbox = useInbox()
  const strings = useStrings()
  const more = () => void inbox.loadMore()
  // Looked for anew after every page: one that does not fill the panel leaves the end in sight.
  const end = useSeen<HTMLDivElement>(more, items.length)
  if (!hasMore) return null
  if (error === null) return <div ref={end} className="inbox-end" aria-hidden="true" />
  return (
    <div className="inbox-end-error">
      {strings.loadFailed}
      <button type="button" className="inbox-text-button" onClick={more}>
        {strings.tryAgain}
      </button>
    </div>
  )
}
