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
  patienceMs = PATIENCE_MS,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let unsubscribe = () => {}
    const timer = setTimeout(() => {
      unsubscribe()
      reject(new Error(`It did not come within ${patienceMs / 1_000} s: ${instead()}`))
    }, patienceMs)
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

/** For what tells nobody when it changes: asks again and again. */
export async function eventually(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const from = performance.now()
  while (!(await isSo())) {
    if (performance.now() - from > PATIENCE_MS) throw new Error(`It did not happen: ${what}`)
    await wait(20)
  }
}
