/**
 * Loaded before a server on Node (`--import`): answers whoever started it what only the process itself can tell.
 * - `collect`: collects what nobody holds any more, and says how much is held in the heap and by it. Bytes.
 * - `forget`, `longest`: by how much, since the former, the event loop was late at most. Milliseconds.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const delay = monitorEventLoopDelay({ resolution: 1 })

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
      return 0
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
