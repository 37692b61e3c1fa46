/**
 * Parts of the app that are fetched when they are first wanted. While PMS cannot be reached they are waited for: the
 * page that is open stays open, and nobody has to ask again.
 */
import { createStore, useStore } from './store.ts'

const AGAIN_MS = 1_000
const LONGEST_MS = 5_000

const waiting = createStore(0)

/** Whether something that was asked for waits until PMS can be reached again. */
export const useIsWaiting = () => useStore(waiting) > 0

/** @throws what `load` throws where PMS answers: the part is there no more, a newer version is */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch (error) {
      if (await isReachable()) throw error
    }
    waiting.set(waiting.get() + 1)
    while (!(await isReachable())) await new Promise(resolve => setTimeout(resolve, AGAIN_MS))
    waiting.set(waiting.get() - 1)
  }
}

const isReachable = () =>
  fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(LONGEST_MS) }).then(
    ({ ok }) => ok,
    () => false,
  )
