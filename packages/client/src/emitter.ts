/** Typed events; `on` returns its unsubscribe. */

export interface Emitter<Events> {
  on<E extends keyof Events>(event: E, handler: (payload: Events[E]) => void): () => void
  emit<E extends keyof Events>(event: E, payload: Events[E]): void
}

export function createEmitter<Events>(): Emitter<Events> {
  const handlers: { [E in keyof Events]?: Set<(payload: Events[E]) => void> } = {}

  return {
    on(event, handler) {
      const set = handlers[event] ?? new Set()
      handlers[event] = set
      // The same function given twice is two subscriptions, and the end of one must not end the other.
      const own: typeof handler = payload => handler(payload)
      set.add(own)
      return () => set.delete(own)
    },
    emit(event, payload) {
      for (const handler of [...(handlers[event] ?? [])]) handler(payload)
    },
  }
}
