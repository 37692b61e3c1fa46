/** What the bell opens: heading with its buttons, the state of the connection, the list, the undo of a delete. */
import { Popover } from '@base-ui/react/popover'
import type { InboxItem } from '@pms/client'
import { CheckCheck, Volume2, VolumeX } from 'lucide-react'
import type { ReactNode } from 'react'
import { ConnectionStatus } from '../connection-status.tsx'
import { useConnectionState, useUnreadCount } from '../hooks.ts'
import { useInbox } from '../provider.tsx'
import { useStrings } from '../strings.ts'
import type { SoundControl } from '../use-notification-sound.ts'
import { NotificationList } from './list.tsx'
import { UndoBar, useRemoval } from './undo.tsx'

export interface BellPanelProps {
  onOpen: (item: InboxItem) => void
  sound: SoundControl | undefined
  notice: ReactNode
  onSeeAll: (() => void) | undefined
}

export function BellPanel({ onOpen, sound, notice, onSeeAll }: BellPanelProps) {
  const inbox = useInbox()
  const strings = useStrings()
  const unread = useUnreadCount()
  const { status } = useConnectionState()
  const removal = useRemoval()

  return (
    <>
      <div className="inbox-header">
        <Popover.Title className="inbox-heading">{strings.heading}</Popover.Title>
        {status !== 'live' && <ConnectionStatus />}
        <span className="inbox-spring" />
        {sound && <MuteButton sound={sound} />}
        <button
          type="button"
          className="inbox-text-button"
          // Not `disabled`: that would throw away the focus of whoever has just pressed it.
          aria-disabled={unread === 0}
          onClick={() => {
            if (unread > 0) void inbox.markAllRead()
          }}
        >
          <CheckCheck className="inbox-icon" aria-hidden="true" />
          <span className="inbox-label">{strings.markAllRead}</span>
        </button>
      </div>
      <NotificationList onOpen={onOpen} onRemove={removal.remove} />
      <UndoBar removal={removal} />
      {notice}
      {onSeeAll && (
        <div className="inbox-footer">
          <button type="button" className="inbox-text-button" onClick={onSeeAll}>
            {strings.seeAll}
          </button>
        </div>
      )}
    </>
  )
}

function MuteButton({ sound }: { sound: SoundControl }) {
  const strings = useStrings()
  const label = sound.muted ? strings.unmute : strings.mute
  const Icon = sound.muted ? VolumeX : Volume2
  return (
    <button
      type="button"
      className="inbox-icon-button"
      aria-label={label}
      title={label}
      onClick={() => sound.setMuted(!sound.muted)}
    >
      <Icon className="inbox-icon" aria-hidden="true" />
    </button>
  )
}
