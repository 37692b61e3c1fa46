/** Waiting for something to be so. Nothing here waits for a time; a bound is there to say what never came. */
import { setTimeout as wait } from 'node:timers/promises'

/** The bound of a whole scene; each wait in it has a closer one. */
export const SCENE_MS = 300_000

const PATIENCE_MS = 20_000

/** Resolves as soon as `isSo`, looked at now and whenever `subscribe` says that something changed. */
export function until(
  isSo: () => boolean,
  subscribe: (listener: () => void) => () => void,
  /** Asked only when it did not come: what is there instead. */
  instead: () => string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let unsubscribe = () => {}
    const timer = setTimeout(() => {
      unsubscribe()
      reject(new Error(`It did not come within ${PATIENCE_MS / 1_000} s: ${instead()}`))
    }, PATIENCE_MS)
    const look = () => {
      if (!isSo()) return
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
    unsubscribe = subscribe(look)
    look()
  })
}

/**
 * For what tells nobody when it changes: asks again and again.
 * @param what should be so, or what is there instead
 */
export async function eventually(
  isSo: () => boolean | Promise<boolean>,
  what: string | (() => string),
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const from = performance.now()
  while (!(await isSo())) {
    if (performance.now() - from > patienceMs)
      throw new Error(`It did not happen: ${typeof what === 'string' ? what : what()}`)
    await wait(20)
  }
}
