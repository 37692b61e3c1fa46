/** Who hears of whom, within one process. */
import type { BusMessage } from './bus.ts'

export type Listener = (message: BusMessage) => void

export function createListeners() {
  const listeners = new Map<string, Set<Listener>>()
  return {
    has: (userId: string): boolean => listeners.has(userId),
    ids: (): string[] => [...listeners.keys()],
    tell(messages: readonly BusMessage[]): void {
      for (const message of messages) {
        for (const listener of listeners.get(message.user_id) ?? []) listener(message)
      }
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
