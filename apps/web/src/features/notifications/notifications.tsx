/**
 * Puts the live inbox around the pages: bell, toasts, sound, notifications of the desktop, and what is unread in the
 * title and the icon of the tab.
 */
import '@pms/react/styles.css'
import {
  Bell,
  type DesktopControl,
  DesktopQuestion,
  InboxProvider,
  type SoundControl,
  Toaster,
  useDesktopNotifications,
  useNotificationSound,
  useUnreadCount,
} from '@pms/react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useWants } from '../../shared/preferences.ts'
import { useLetterKeys } from '../../ui/letter-keys.ts'
import { localPath } from '../../ui/local-path.ts'
import { useUnreadInTitle } from '../../ui/page.tsx'
import { useUnreadInFavicon } from './favicon.ts'
import { createLiveInbox, endLiveInbox } from './inbox.ts'

/** Dates as the pages write them. */
const STRINGS = { locale: 'en-GB' }

/** Lives as long as the shell: from sign-in to sign-out. */
export function Notifications({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const { id, name } = useMe()
  const letterKeys = useLetterKeys()
  const [inbox] = useState(() => createLiveInbox(client, id))
  useEffect(() => {
    inbox.connect()
    return () => endLiveInbox(inbox)
  }, [inbox])
  return (
    <InboxProvider inbox={inbox} strings={STRINGS} currentUserName={name} letterKeys={letterKeys}>
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

const DesktopContext = createContext<DesktopControl | null>(null)

/** Whether the desktop tells what arrives, and the switch for it. */
export function useDesktop(): DesktopControl {
  const desktop = use(DesktopContext)
  if (!desktop) throw new Error('The desktop is told within <Notifications> only')
  return desktop
}

function Surroundings({ children }: { children: ReactNode }) {
  const wants = useWants()
  const sound = useNotificationSound({ storageKey: 'pms-muted', wants: wants('sound') })
  const open = useOpen()
  const desktop = useDesktopNotifications({
    onOpen: open,
    storageKey: 'pms-desktop',
    icon: '/favicon.svg',
    wants: wants('desktop'),
  })
  const unread = useUnreadCount()
  useUnreadInTitle(unread)
  useUnreadInFavicon(unread > 0)
  return (
    <SoundContext value={sound}>
      <DesktopContext value={desktop}>
        {children}
        <Toaster onOpen={open} />
      </DesktopContext>
    </SoundContext>
  )
}

export function NotificationBell() {
  const navigate = useNavigate()
  return (
    <Bell
      onOpen={useOpen()}
      sound={useSound()}
      onSeeAll={() => void navigate({ to: '/inbox' })}
      notice={<DesktopQuestion control={useDesktop()} />}
    />
  )
}

/** Goes to what a notification is about, if that is a page of this app. */
export function useOpen() {
  const navigate = useNavigate()
  return useCallback(
    ({ action_url }: { action_url: string | null }) => {
      const href = localPath(action_url)
      if (href) void navigate({ href })
    },
    [navigate],
  )
}
