/** Says what just arrived, wherever in the application a person is. Each toast opens what it is about. */
import type { InboxItem, Priority } from '@pms/client'
import { useEffect } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { useInboxEvent } from '../hooks.ts'
import { useInbox, usePanel } from '../provider.tsx'
import { failureText, useStrings } from '../strings.ts'
import { useMedia } from '../use-media.ts'
import { ToastCard } from './toast-card.tsx'

/** Keeps these toasts apart from those that the application shows by the same library. */
const TOASTER = 'inbox'
const AT_MOST = 3
const PHONE = '(max-width: 600px)'

/** How long each stays, in milliseconds. What is urgent stays until it has been seen. */
const DURATIONS: Record<Priority, number> = { low: 4_000, medium: 6_000, high: 10_000, urgent: Infinity }
const SUMMARY_DURATION = 8_000

export interface ToasterProps {
  /** The application goes to what the notification is about. It is marked read by then. */
  onOpen: (notification: InboxItem) => void
}

/** To be mounted once in an application. */
export function Toaster({ onOpen }: ToasterProps) {
  const inbox = useInbox()
  const strings = useStrings()
  const panel = usePanel()
  const phone = useMedia(PHONE)

  function announce(item: InboxItem): void {
    toast.custom(
      id => (
        <ToastCard
          priority={item.priority}
          title={item.title}
          text={item.message}
          onOpen={() => {
            toast.dismiss(id)
            void inbox.markRead(item.id)
            onOpen(item)
          }}
          onDismiss={() => toast.dismiss(id)}
        />
      ),
      { id: item.id, toasterId: TOASTER, duration: DURATIONS[item.priority] },
    )
  }

  // Where several tabs are open one of them shows it, and none while nobody looks at any.
  useInboxEvent('notification', ({ notification, presentation }) => {
    if (presentation === 'full') announce(notification)
  })

  useInboxEvent('caught_up', ({ notifications, more, presentation }) => {
    const [first] = notifications
    if (first === undefined || presentation !== 'full') return
    if (notifications.length === 1 && !more) return announce(first)
    toast.custom(
      id => (
        <ToastCard
          priority="low"
          title={strings.caughtUp(notifications.length, more)}
          text={strings.caughtUpText}
          onOpen={() => {
            toast.dismiss(id)
            panel.setOpen(true)
          }}
          onDismiss={() => toast.dismiss(id)}
        />
      ),
      { toasterId: TOASTER, duration: SUMMARY_DURATION },
    )
  })

  useInboxEvent('error', ({ code, message }) => {
    toast.custom(
      id => (
        <ToastCard
          priority="high"
          title={strings.actionFailed}
          text={failureText({ code, message }, strings)}
          onDismiss={() => toast.dismiss(id)}
        />
      ),
      { toasterId: TOASTER, duration: DURATIONS.high },
    )
  })

  // Read or deleted elsewhere, in the bell or on another device: nothing is left to announce.
  useEffect(
    () =>
      inbox.subscribe(() => {
        const { items } = inbox.getSnapshot()
        const open = new Set(items.filter(item => !item.is_read).map(item => item.id))
        for (const id of announced()) if (!open.has(id)) toast.dismiss(id)
      }),
    [inbox],
  )

  return (
    <Sonner
      id={TOASTER}
      expand={!phone}
      position={phone ? 'top-center' : 'bottom-right'}
      visibleToasts={AT_MOST}
      gap={8}
      offset={20}
      mobileOffset={{
        top: 'calc(var(--inbox-toast-top, 0px) + max(12px, env(safe-area-inset-top)))',
        left: 12,
        right: 12,
        bottom: 12,
      }}
      className="inbox-toaster"
      toastOptions={{ unstyled: true, className: 'inbox-toast' }}
      containerAriaLabel={strings.heading}
    />
  )
}

/** Ids of the notifications that are on screen by now, and of no other toasts. */
function announced(): string[] {
  return toast
    .getToasts()
    .flatMap(shown =>
      'toasterId' in shown && shown.toasterId === TOASTER && typeof shown.id === 'string' ? [shown.id] : [],
    )
}
