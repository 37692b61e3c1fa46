/**
 * Everything the client takes from the platform, in one object that a test can replace: time, chance, network.
 * Nothing else in this package touches a global.
 */

/** The four members of a WebSocket that are used. */
export interface SocketLike {
  send(text: string): void
  close(code?: number): void
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
}

export interface ResponseLike {
  readonly ok: boolean
  readonly status: number
  json(): Promise<unknown>
}

/** `wake`: the page is looked at again or the network is back. `offline`: the network went. */
export type Signal = 'wake' | 'offline'

export interface Environment {
  /** Wall clock in milliseconds. It goes on while a machine sleeps, which timers do not. */
  now(): number
  /** At least 0, below 1. */
  random(): number
  /** Runs once after the delay, or later: background tabs throttle. Returns the cancel. */
  schedule(run: () => void, delay: number): () => void
  webSocket(url: string, protocols: string[]): SocketLike
  fetch(url: string, init: RequestInit): Promise<ResponseLike>
  /** False only where the platform is sure. */
  isOnline(): boolean
  /** Returns the unsubscribe. */
  onSignal(listener: (signal: Signal) => void): () => void
  /** Origin of the page, for an inbox without a base address. */
  origin(): string
}

/** The platform itself: a browser, or Node from 24. */
export const platform: Environment = {
  now: () => Date.now(),
  random: () => Math.random(),
  schedule(run, delay) {
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  },
  // Assignable in fact, not in types: the handlers of the platform promise to take whole events.
  webSocket: (url, protocols) => new WebSocket(url, protocols) as unknown as SocketLike,
  fetch: (url, init) => fetch(url, init),
  isOnline: () => globalThis.navigator?.onLine !== false,
  onSignal(listener) {
    if (typeof document === 'undefined') return () => {}
    const wake = () => {
      if (document.visibilityState === 'visible') listener('wake')
    }
    const offline = () => listener('offline')
    document.addEventListener('visibilitychange', wake)
    window.addEventListener('online', wake)
    window.addEventListener('offline', offline)
    return () => {
      document.removeEventListener('visibilitychange', wake)
      window.removeEventListener('online', wake)
      window.removeEventListener('offline', offline)
    }
  },
  origin: () => location.origin,
}
