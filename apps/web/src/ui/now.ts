/** The time, to the minute, for everything on the page that speaks of it; one timer for all. */
import { useSyncExternalStore } from 'react'

const MINUTE = 60_000
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function tick() {
  now = Date.now()
  for (const listener of [...listeners]) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  if (!timer) {
    timer = setInterval(tick, MINUTE / 2)
    // A laptop that wakes shows the right time at once.
    document.addEventListener('visibilitychange', tick)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
    document.removeEventListener('visibilitychange', tick)
  }
}

const read = () => {
  if (!timer) now = Date.now()
  return now - (now % 1000)
}

export const useNow = () => useSyncExternalStore(subscribe, read)
