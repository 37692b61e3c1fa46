/** One timer for every relative time on the page. It runs while somebody looks, and only then. */
import { useSyncExternalStore } from 'react'

export interface Clock {
  subscribe(listener: () => void): () => void
  read(): number
}

export function createClock(every: number): Clock {
  const listeners = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined

  function tick(): void {
    now = Date.now()
    for (const listener of [...listeners]) listener()
  }

  function onVisibility(): void {
    if (document.visibilityState === 'visible') tick()
  }

  return {
    subscribe(listener) {
      const own = () => listener()
      listeners.add(own)
      if (listeners.size === 1) {
        now = Date.now()
        timer = setInterval(tick, every)
        document.addEventListener('visibilitychange', onVisibility)
      }
      return () => {
        listeners.delete(own)
        if (listeners.size > 0) return
        clearInterval(timer)
        document.removeEventListener('visibilitychange', onVisibility)
      }
    },
    read: () => now,
  }
}

const minutes = createClock(20_000)
const seconds = createClock(500)

/** Now, renewed often enough for texts that count minutes. */
export function useNow(): number {
  return useSyncExternalStore(minutes.subscribe, minutes.read, minutes.read)
}

/** Now, renewed often enough for texts that count seconds: for what is shown briefly. */
export function useNowBySecond(): number {
  return useSyncExternalStore(seconds.subscribe, seconds.read, seconds.read)
}
