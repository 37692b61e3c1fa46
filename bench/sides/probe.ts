/**
 * Loaded before a server on Node (`--import`): answers whoever started it what only the process itself can tell.
 * - `collect`: collects what nobody holds any more.
 * - `forget`, `longest`: by how much, since the former, the event loop was late at most. Milliseconds.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const delay = monitorEventLoopDelay({ resolution: 1 })

process.on('message', question => {
  if (question === 'collect') collect()
  if (question === 'forget') {
    delay.enable()
    delay.reset()
  }
  process.send?.(question === 'longest' ? delay.max / 1e6 : 0)
})
// Whoever started it is gone.
process.on('disconnect', () => process.exit())
