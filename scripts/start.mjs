// @ts-check
// `npm start`: sets up what is missing, then runs the server until it ends or npm does.
import { endWithParent, run } from './lib/processes.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

endWithParent()
await runMain(async () => {
  const node = await setUp({ web: true })
  // The young part of the heap grows with every rush of connections and is not given back: 8 MB instead of 16 cost
  // no more than a few hundredths of the speed, and save a third of the memory of ten thousand who are connected.
  return run(node, ['--max-semi-space-size=8', 'apps/server/src/main.ts'])
})
