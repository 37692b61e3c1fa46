/** Who hears of whom, within one process. */
import type { Broadcast, BusMessage, PersonalMessage } from './bus.ts'

type Listener = (message: PersonalMessage) => void
type BroadcastListener = (message: Broadcast) => void

export function createListeners() {
  /** Lists are never changed but replaced: nearly all have one listener. */
  const listeners = new Map<string, readonly Listener[]>()
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
      listeners.set(userId, [...(listeners.get(userId) ?? []), listener])
      return () => {
        const before = listeners.get(userId) ?? []
        const after = before.filter(each => each !== listener)
        if (after.length > 0) listeners.set(userId, after)
        else listeners.delete(userId)
        return before.length > 0 && after.length === 0
      }
    },
  }
}
