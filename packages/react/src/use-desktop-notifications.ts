/** Notifications of the desktop, for when nobody looks at any tab. The person is asked when there was one, never before. */
import type { InboxItem, Presentation } from '@pms/client'
import { useCallback, useRef, useState, useSyncExternalStore } from 'react'
import { subscribeToChoices, useChoice, writeChoice } from './choice.ts'
import { useInboxEvent } from './hooks.ts'
import { useStrings } from './strings.ts'

/**
 * `unsupported` here, `denied` in the browser, `ask`: nobody has been asked yet and something has arrived,
 * `waiting`: not asked, and no reason to yet.
 */
export type DesktopState = 'unsupported' | 'denied' | 'waiting' | 'ask' | 'on' | 'off'

export interface DesktopControl {
  readonly state: DesktopState
  /** On: asks the browser where that is still needed. Must come from a click. */
  setOn(on: boolean): void
}

export interface DesktopOptions {
  onOpen: (notification: InboxItem) => void
  /** Where the choice is remembered. */
  storageKey?: string
  /** A picture beside the text. */
  icon?: string
  /** Which notifications may be shown; all if not given. */
  wants?: (notification: InboxItem) => boolean
}

const isSupported = () => typeof window !== 'undefined' && 'Notification' in window

/** To be used once in an application; what it answers goes to `<DesktopQuestion>`. */
export function useDesktopNotifications(options: DesktopOptions): DesktopControl {
  const { onOpen, storageKey = 'inbox-desktop', icon, wants } = options
  const strings = useStrings()
  const choice = useChoice(storageKey)
  const permission = useSyncExternalStore(
    subscribeToChoices,
    () => (isSupported() ? Notification.permission : 'denied'),
    () => 'default' as const,
  )
  const [arrived, setArrived] = useState(false)
  const shown = useRef(new Map<string, Notification>())
  const state = stateOf(choice, permission, arrived)

  function tell(arrivals: readonly InboxItem[], more: boolean, presentation: Presentation): void {
    setArrived(true)
    const items = wants ? arrivals.filter(wants) : arrivals
    // `full` of an inbox that shares nothing with other tabs says nothing of whether this one is looked at.
    const isSeen = presentation === 'none' || document.visibilityState === 'visible'
    const [first] = items
    if (state !== 'on' || isSeen || first === undefined) return
    const isOne = items.length === 1 && !more
    const title = isOne ? first.title : strings.caughtUp(items.length, more)
    try {
      const notification = new Notification(title, {
        body: isOne ? first.message : strings.caughtUpText,
        tag: first.id,
        silent: true,
        ...(icon !== undefined && { icon }),
      })
      shown.current.set(first.id, notification)
      notification.onclose = () => shown.current.delete(first.id)
      notification.onclick = () => {
        window.focus()
        notification.close()
        if (isOne) onOpen(first)
      }
    } catch {
      // Phones show them only through a service worker.
    }
  }

  useInboxEvent('notification', ({ notification, presentation }) => tell([notification], false, presentation))
  useInboxEvent('caught_up', ({ notifications, more, presentation }) =>
    tell(notifications, more, presentation),
  )

  const setOn = useCallback(
    (on: boolean) => {
      if (!on || !isSupported() || Notification.permission === 'denied') return writeChoice(storageKey, 'off')
      void Notification.requestPermission().then(answer =>
        writeChoice(storageKey, answer === 'granted' ? 'on' : 'off'),
      )
    },
    [storageKey],
  )
  return { state, setOn }
}

function stateOf(choice: string | null, permission: NotificationPermission, arrived: boolean): DesktopState {
  if (!isSupported()) return 'unsupported'
  if (permission === 'denied') return 'denied'
  if (choice === 'on' && permission === 'granted') return 'on'
  if (choice === 'off') return 'off'
  return arrived ? 'ask' : 'waiting'
}
