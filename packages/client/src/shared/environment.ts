/** What sharing takes from the browser besides what every inbox does: locks, a channel, and how a page is looked at. */
import { type Environment, platform } from '../environment.ts'

/** The part of `navigator.locks` that is used. */
export interface LocksLike {
  request(
    name: string,
    options: { steal?: boolean; signal?: AbortSignal },
    held: () => Promise<void>,
  ): Promise<unknown>
  query(): Promise<{ held?: ReadonlyArray<{ name?: string; clientId?: string }> }>
}

/** The part of a `BroadcastChannel` that is used. */
export interface ChannelLike {
  postMessage(message: unknown): void
  onmessage: ((event: { data: unknown }) => void) | null
  close(): void
}

/** What a page leaves for the others of its browser. */
export interface Memory {
  read(key: string): string | null
  /** Null removes it. */
  write(key: string, text: string | null): void
}

export interface Look {
  readonly visible: boolean
  readonly focused: boolean
}

/** `suspend`: the page is frozen, put away or closed, and runs no more until `resume`. */
export type Lifecycle = 'suspend' | 'resume'

export interface SharedEnvironment extends Environment {
  /** Null where there are none: old browsers, pages without https. */
  readonly locks: LocksLike | null
  readonly channel: ((name: string) => ChannelLike) | null
  readonly memory: Memory
  look(): Look
  /** Called when what `look` answers may have changed. Returns the unsubscribe. */
  onLook(listener: () => void): () => void
  onLifecycle(listener: (phase: Lifecycle) => void): () => void
}

const isPage = () => typeof document !== 'undefined'

/** The browser itself. Elsewhere there are no tabs, and so nothing to share. */
export const browser: SharedEnvironment = {
  ...platform,
  get locks() {
    return (isPage() && (navigator.locks as LocksLike | undefined)) || null
  },
  get channel() {
    if (!isPage() || typeof BroadcastChannel === 'undefined') return null
    return (name: string) => new BroadcastChannel(name) as ChannelLike
  },
  memory: {
    read(key) {
      try {
        return localStorage.getItem(key)
      } catch {
        return null
      }
    },
    write(key, text) {
      try {
        if (text === null) localStorage.removeItem(key)
        else localStorage.setItem(key, text)
      } catch {
        // Switched off or full: then a tab knows what it has heard itself, and no more.
      }
    },
  },
  look: () => ({ visible: document.visibilityState === 'visible', focused: document.hasFocus() }),
  onLook(listener) {
    const stops = [
      listen(document, 'visibilitychange', listener),
      listen(window, 'focus', listener),
      listen(window, 'blur', listener),
    ]
    return () => stops.forEach(stop => void stop())
  },
  onLifecycle(listener) {
    const suspend = () => listener('suspend')
    const resume = () => listener('resume')
    const stops = [
      listen(document, 'freeze', suspend),
      listen(document, 'resume', resume),
      listen(window, 'pagehide', suspend),
      listen(window, 'pageshow', resume),
    ]
    return () => stops.forEach(stop => void stop())
  },
}

function listen(target: EventTarget, event: string, listener: () => void): () => void {
  target.addEventListener(event, listener)
  return () => target.removeEventListener(event, listener)
}
