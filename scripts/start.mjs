// @ts-check
// `npm start`: sets up what is missing, then runs the server until it ends or npm does.
import { endWithParent, run } from './lib/processes.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

endWithParent()
await runMain(async () => {
  const node = await setUp({ web: true })
  return run(node, ['apps/server/src/main.ts'])
})
