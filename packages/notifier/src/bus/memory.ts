/** The bus of a single process. */
import type { Bus, BusMessage } from './bus.ts'

export function memoryBus(): Bus {
  const listeners = new Map<string, Set<(message: BusMessage) => void>>()
  return {
    publish(messages) {
      for (const message of messages) {
        for (const listener of listeners.get(message.user_id) ?? []) listener(message)
      }
    },
    subscribe(userId, listener) {
      const mine = listeners.get(userId) ?? new Set()
      listeners.set(userId, mine.add(listener))
      return () => {
        mine.delete(listener)
        if (mine.size === 0 && listeners.get(userId) === mine) listeners.delete(userId)
      }
    },
  }
}
