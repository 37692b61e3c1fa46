/**
 * Loaded before a server on Node (`--import`): answers whoever started it what only the process itself can tell.
 * - `collect`: collects what nobody holds any more, and says how much is held in the heap and by it. Bytes.
 * - `forget`, `longest`: by how much, since the former, the event loop was late at most. Milliseconds.
 * - `work`: how much of the processor, since `forget`, the main thread used at most without a turn for anybody else. Where
 *   a machine does other things too it is late for their sake; this is its own part. Milliseconds.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const delay = monitorEventLoopDelay({ resolution: 1 })

let work = 0
let watching: NodeJS.Timeout | undefined

/** Looks every millisecond, or as soon as there is a turn, how much was used since it looked last. */
function watchWork(): void {
  work = 0
  clearInterval(watching)
  let last = process.threadCpuUsage()
  watching = setInterval(() => {
    const used = process.threadCpuUsage(last)
    last = process.threadCpuUsage()
    work = Math.max(work, (used.user + used.system) / 1_000)
  }, 1).unref()
}

function answer(question: unknown): number {
  switch (question) {
    case 'collect': {
      collect()
      const { heapUsed, external } = process.memoryUsage()
      return heapUsed + external
    }
    case 'forget':
      delay.enable()
      delay.reset()
      watchWork()
      return 0
    case 'work':
      return work
    case 'longest':
      return delay.max / 1e6
    default:
      throw new Error(`Nobody here knows what "${question}" asks`)
  }
}

process.on('message', question => {
  process.send?.(answer(question))
})
// Whoever started it is gone.
process.on('disconnect', () => process.exit())
