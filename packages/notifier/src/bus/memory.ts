/** The bus of a single process. */
import type { Bus } from './bus.ts'
import { createListeners } from './listeners.ts'

export function memoryBus(): Bus {
  const listeners = createListeners()
  return {
    isConnected: true,
    publish: listeners.tell,
    subscribe: (userId, listener) => listeners.add(userId, listener),
    onBroadcast: listeners.onBroadcast,
    // What is handed over by a call is never lost.
    onDoubt: () => () => {},
    close: async () => {},
  }
}
