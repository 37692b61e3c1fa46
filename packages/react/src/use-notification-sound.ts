/** A sound for what is pressing, and a mute that is remembered. */
import type { InboxItem, Presentation } from '@pms/client'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { chime } from './chime.ts'
import { useInboxEvent } from './hooks.ts'

/** Several at once are one sound. */
const BETWEEN_SOUNDS = 1_500

export interface SoundOptions {
  /** Where the mute is remembered. */
  storageKey?: string
  /** Another sound than the chime. */
  play?: () => void
}

export interface SoundControl {
  readonly muted: boolean
  setMuted(muted: boolean): void
}

/** To be used once in an application; what it answers goes to the bell, which then shows a mute button. */
export function useNotificationSound({
  storageKey = 'inbox-muted',
  play = chime,
}: SoundOptions = {}): SoundControl {
  const muted = useSyncExternalStore(
    subscribeToMute,
    () => readMute(storageKey),
    () => false,
  )
  const playedAt = useRef(0)

  function sound(items: readonly InboxItem[], presentation: Presentation): void {
    // Of several tabs one is heard.
    if (presentation === 'none') return
    const pressing = items.some(({ priority }) => priority === 'high' || priority === 'urgent')
    if (!pressing || readMute(storageKey) || Date.now() - playedAt.current < BETWEEN_SOUNDS) return
    playedAt.current = Date.now()
    play()
  }

  useInboxEvent('notification', ({ notification, presentation }) => sound([notification], presentation))
  useInboxEvent('caught_up', ({ notifications, presentation }) => sound(notifications, presentation))

  const setMuted = useCallback(
    (next: boolean) => {
      writeMute(storageKey, next)
      // Heard at once, so that a person knows what was switched on; and the click lets the page sound from here on.
      if (!next) play()
    },
    [storageKey, play],
  )
  return { muted, setMuted }
}

const listeners = new Set<() => void>()
/** Where there is no storage, or it is switched off, the choice holds until the page is closed. */
const forgetful = new Map<string, boolean>()

function subscribeToMute(listener: () => void): () => void {
  listeners.add(listener)
  // The other tabs of this browser.
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

function readMute(key: string): boolean {
  try {
    return localStorage.getItem(key) === 'true'
  } catch {
    return forgetful.get(key) ?? false
  }
}

function writeMute(key: string, muted: boolean): void {
  try {
    if (muted) localStorage.setItem(key, 'true')
    else localStorage.removeItem(key)
  } catch {
    forgetful.set(key, muted)
  }
  for (const listener of [...listeners]) listener()
}
