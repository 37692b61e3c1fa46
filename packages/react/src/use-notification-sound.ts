/** A sound for what is pressing, and a mute that is remembered. */
import type { InboxItem, Presentation } from '@pms/client'
import { useCallback, useRef } from 'react'
import { chime } from './chime.ts'
import { readChoice, useChoice, writeChoice } from './choice.ts'
import { useInboxEvent } from './hooks.ts'

/** Several at once are one sound. */
const BETWEEN_SOUNDS = 1_500
const MUTED = 'true'

export interface SoundOptions {
  /** Where the mute is remembered. */
  storageKey?: string
  /** Another sound than the chime. */
  play?: () => void
  /** Which notifications may be heard; all if not given. */
  wants?: (notification: InboxItem) => boolean
}

export interface SoundControl {
  readonly muted: boolean
  setMuted(muted: boolean): void
}

/** To be used once in an application; what it answers goes to the bell, which then shows a mute button. */
export function useNotificationSound({
  storageKey = 'inbox-muted',
  play = chime,
  wants,
}: SoundOptions = {}): SoundControl {
  const muted = useChoice(storageKey) === MUTED
  const playedAt = useRef(0)

  function sound(items: readonly InboxItem[], presentation: Presentation): void {
    // Of several tabs one is heard.
    if (presentation === 'none') return
    const pressing = items.some(
      item => (item.priority === 'high' || item.priority === 'urgent') && (wants?.(item) ?? true),
    )
    if (!pressing || readChoice(storageKey) === MUTED || Date.now() - playedAt.current < BETWEEN_SOUNDS)
      return
    playedAt.current = Date.now()
    play()
  }

  useInboxEvent('notification', ({ notification, presentation }) => sound([notification], presentation))
  useInboxEvent('caught_up', ({ notifications, presentation }) => sound(notifications, presentation))

  const setMuted = useCallback(
    (next: boolean) => {
      writeChoice(storageKey, next ? MUTED : null)
      // Heard at once, so that a person knows what was switched on; and the click lets the page sound from here on.
      if (!next) play()
    },
    [storageKey, play],
  )
  return { muted, setMuted }
}
