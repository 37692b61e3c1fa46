// @ts-check
// `npm run pms -- …`: the command line of the server. Only what the command itself prints goes to stdout.
import { endWithParent, run } from './lib/processes.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

endWithParent()
await runMain(async () => {
  const node = await setUp({ web: false })
  return run(node, ['apps/server/src/cli/pms.ts', ...process.argv.slice(2)])
})
