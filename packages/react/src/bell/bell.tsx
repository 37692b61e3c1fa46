/** The button with the badge and the connection dot; what it opens is `panel.tsx`. */
import { Popover } from '@base-ui/react/popover'
import type { InboxItem } from '@pms/client'
import { Bell as BellIcon } from 'lucide-react'
import { type ReactNode, useCallback, useRef } from 'react'
import { ConnectionDot } from '../connection-status.tsx'
import { useConnectionState, useUnreadCount } from '../hooks.ts'
import { useInbox, usePanel } from '../provider.tsx'
import { connectionWord, useStrings } from '../strings.ts'
import { useMedia } from '../use-media.ts'
import type { SoundControl } from '../use-notification-sound.ts'
import { BellPanel } from './panel.tsx'
import { tabStop } from './use-list-keys.ts'

/** Too small for a list beside the page. */
const PHONE = '(max-width: 600px)'

export interface BellProps {
  /** The application goes to what the notification is about. It is marked read by then. */
  onOpen: (notification: InboxItem) => void
  /** From `useNotificationSound`: the panel then has a mute button. */
  sound?: SoundControl
  /** The application shows the page of the whole inbox. On a phone the bell does that at once. */
  onSeeAll?: () => void
  /** Something to say, below the list. */
  notice?: ReactNode
}

export function Bell({ onOpen, sound, onSeeAll, notice }: BellProps) {
  const inbox = useInbox()
  const strings = useStrings()
  const panel = usePanel()
  const unread = useUnreadCount()
  const { status } = useConnectionState()
  const popup = useRef<HTMLDivElement>(null)
  const connection = connectionWord(strings, status)
  const phone = useMedia(PHONE)
  const look = {
    className: 'inbox-root inbox-bell',
    'aria-label': `${strings.bell(unread)}. ${connection}`,
    title: `${strings.heading} · ${connection}`,
  }
  const face = (
    <>
      <ConnectionDot />
      <span className="inbox-bell-icon">
        <BellIcon className="inbox-icon" aria-hidden="true" />
        {unread > 0 && (
          <span className="inbox-badge" aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </span>
    </>
  )

  const open = useCallback(
    (item: InboxItem) => {
      panel.setOpen(false)
      if (!item.is_read) void inbox.markRead(item.id)
      onOpen(item)
    },
    [inbox, panel, onOpen],
  )

  if (phone && onSeeAll)
    return (
      <button type="button" {...look} onClick={onSeeAll}>
        {face}
      </button>
    )
  return (
    <Popover.Root open={panel.open} onOpenChange={panel.setOpen}>
      <Popover.Trigger {...look}>{face}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner
          className="inbox-root inbox-positioner"
          side="bottom"
          align="end"
          sideOffset={8}
          collisionPadding={8}
        >
          <Popover.Popup
            ref={popup}
            className="inbox-panel"
            initialFocus={() => tabStop(popup.current) ?? popup.current}
          >
            <BellPanel
              onOpen={open}
              sound={sound}
              notice={notice}
              onSeeAll={
                onSeeAll &&
                (() => {
                  panel.setOpen(false)
                  onSeeAll()
                })
              }
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
