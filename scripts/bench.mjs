// @ts-check
// `npm run bench`: PMS beside other stacks on this machine, see docs/performance.md; `npm run bench -- --help`.
import { endWithParent, run } from './lib/processes.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

endWithParent()
await runMain(async () => run(await setUp({ web: false }), ['bench/bench.ts', ...process.argv.slice(2)]))
