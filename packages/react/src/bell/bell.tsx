/** The button with the badge and the connection dot; what it opens is `panel.tsx`, in `popover.tsx`. */
import type { InboxItem } from '@pms/client'
import { Bell as BellIcon } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { ConnectionDot } from '../connection-status.tsx'
import { useConnectionState, useUnreadCount } from '../hooks.ts'
import { useInbox, usePanel } from '../provider.tsx'
import { connectionWord, useStrings } from '../strings.ts'
import { useMedia } from '../use-media.ts'
import type { SoundControl } from '../use-notification-sound.ts'
import type { BellPopover } from './popover.tsx'

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
  const hadFocus = useRef(false)
  const Popover = usePopover(panel.open)
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
  const see =
    onSeeAll &&
    (() => {
      panel.setOpen(false)
      onSeeAll()
    })
  if (!Popover)
    return (
      <button
        type="button"
        {...look}
        aria-haspopup="dialog"
        aria-expanded={false}
        onFocus={() => {
          hadFocus.current = true
        }}
        onClick={() => panel.setOpen(true)}
      >
        {face}
      </button>
    )
  return (
    <Popover
      look={look}
      face={face}
      takesFocus={hadFocus}
      panel={{ onOpen: open, sound, notice, onSeeAll: see }}
    />
  )
}

/**
 * How the bell opens is a good part of the whole, and nobody opens it before the page is there: it is fetched after.
 * Where that fails, the next click tries again.
 */
function usePopover(isOpen: boolean): typeof BellPopover | null {
  const [popover, setPopover] = useState<typeof BellPopover | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a click is a reason to try again
  useEffect(() => {
    let isWanted = popover === null
    if (!isWanted) return
    import('./popover.tsx').then(
      module => {
        if (isWanted) setPopover(() => module.BellPopover)
      },
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [popover, isOpen])
  return popover
}
