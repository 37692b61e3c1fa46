/** Puts the live inbox around the pages: bell, toasts, sound, and the number of unread in the title of the tab. */
import '@pms/react/styles.css'
import {
  Bell,
  InboxProvider,
  type SoundControl,
  Toaster,
  useNotificationSound,
  useUnreadCount,
} from '@pms/react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { localPath } from '../../ui/local-path.ts'
import { useUnreadInTitle } from '../../ui/page.tsx'
import { createLiveInbox, endLiveInbox } from './inbox.ts'

/** Dates as the pages write them. */
const STRINGS = { locale: 'en-GB' }

/** Lives as long as the shell: from sign-in to sign-out. */
export function Notifications({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const { id } = useMe()
  const [inbox] = useState(() => createLiveInbox(client, id))
  useEffect(() => {
    inbox.connect()
    return () => endLiveInbox(inbox)
  }, [inbox])
  return (
    <InboxProvider inbox={inbox} strings={STRINGS}>
      <Surroundings>{children}</Surroundings>
    </InboxProvider>
  )
}

const SoundContext = createContext<SoundControl | null>(null)

/** Whether sounds are heard, and the switch for it. */
export function useSound(): SoundControl {
  const sound = use(SoundContext)
  if (!sound) throw new Error('Sounds are heard within <Notifications> only')
  return sound
}

function Surroundings({ children }: { children: ReactNode }) {
  const sound = useNotificationSound({ storageKey: 'pms-muted' })
  const open = useOpen()
  useUnreadInTitle(useUnreadCount())
  return (
    <SoundContext value={sound}>
      {children}
      <Toaster onOpen={open} />
    </SoundContext>
  )
}

export function NotificationBell() {
  return <Bell onOpen={useOpen()} sound={useSound()} />
}

/** Goes to what a notification is about, if that is a page of this app. */
function useOpen() {
  const navigate = useNavigate()
  return useCallback(
    ({ action_url }: { action_url: string | null }) => {
      const href = localPath(action_url)
      if (href) void navigate({ href })
    },
    [navigate],
  )
}
