// @ts-check
// `npm run build`: brings what a server needs (packages, a Node to run on, the web app) and starts none. For machines
// where something else starts it.
import { endWithParent } from './lib/processes.mjs'
import { runMain, say } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

endWithParent()
await runMain(async () => {
  say(`PMS is built. It runs on ${await setUp({ web: true })}`)
  return 0
})
