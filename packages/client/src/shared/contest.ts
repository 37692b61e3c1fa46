/** One lock, of which the tabs are the contestants: whoever holds it leads. Knows nothing of what leading means. */
import type { LocksLike } from './environment.ts'

export interface Contest {
  /** Gives the lock back, or the place in the queue up. */
  leave(): void
}

export interface ContestHandlers {
  /** The lock is ours, until `leave` or `lost`. */
  won(): void
  /** Somebody took it away. */
  lost(): void
  /** There are no locks to be had here. */
  impossible(): void
}

/** `steal` takes the lock from whoever has it; otherwise it is waited for in the queue. */
export function enterContest(
  locks: LocksLike,
  name: string,
  { won, lost, impossible }: ContestHandlers,
  steal = false,
): Contest {
  const queue = new AbortController()
  let place: 'waiting' | 'holding' | 'left' = 'waiting'
  let release = () => {}

  function hold(): Promise<void> {
    if (place === 'left') return Promise.resolve()
    place = 'holding'
    return new Promise(resolve => {
      release = resolve
      won()
    })
  }

  locks.request(name, steal ? { steal } : { signal: queue.signal }, hold).catch(() => {
    const before = place
    place = 'left'
    if (before === 'holding') lost()
    if (before === 'waiting') impossible()
  })

  return {
    leave() {
      if (place === 'left') return
      place = 'left'
      queue.abort()
      release()
    },
  }
}
