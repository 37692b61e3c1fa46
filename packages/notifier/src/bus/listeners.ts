/** Who hears of whom, within one process. */
import type { Broadcast, BusMessage, PersonalMessage } from './bus.ts'

type Listener = (message: PersonalMessage) => void
type BroadcastListener = (message: Broadcast) => void

export function createListeners() {
  const listeners = new Map<string, Set<Listener>>()
  const ofAll = new Set<BroadcastListener>()
  return {
    has: (userId: string): boolean => listeners.has(userId),
    ids: (): string[] => [...listeners.keys()],
    tell(messages: readonly BusMessage[]): void {
      for (const message of messages) {
        if (message.kind === 'broadcast') for (const listener of ofAll) listener(message)
        else for (const listener of listeners.get(message.user_id) ?? []) listener(message)
      }
    },
    onBroadcast(listener: BroadcastListener): () => void {
      ofAll.add(listener)
      return () => ofAll.delete(listener)
    },
    /** @returns takes the listener away; answers whether it was there and the last of this person */
    add(userId: string, listener: Listener): () => boolean {
      const mine = listeners.get(userId) ?? new Set()
      listeners.set(userId, mine.add(listener))
      return () => {
        const wasLast = mine.delete(listener) && mine.size === 0 && listeners.get(userId) === mine
        if (wasLast) listeners.delete(userId)
        return wasLast
      }
    },
  }
}
