/** What a process holds once its garbage is out. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** In MB. */
export async function heapInUse(): Promise<number> {
  // What a finished call leaves behind is let go of a turn later, and some of it by a finalizer after that.
  for (let turn = 0; turn < 4; turn++) {
    collectGarbage()
    await new Promise(resolve => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Of many runs of the same: whether what is held has come to rest by their half. */
export function growth(megabytes: readonly number[]) {
  const half = megabytes.slice(Math.floor(megabytes.length / 2))
  const [start = 0] = megabytes
  const [middle = 0] = half
  const end = half.at(-1) ?? 0
  return {
    words: [start, middle, end].map(mb => mb.toFixed(1)).join(' → '),
    sinceHalf: end - middle,
  }
}
