// @ts-check
// `npm run screenshots`: every page of the demo organisation as a picture in ./screenshots, to be looked at;
// `npm run screenshots -- --readme`: those of the README.
import { bringChromium } from './lib/debian.mjs'
import { endWithParent, run } from './lib/processes.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

endWithParent()
await runMain(async () => {
  const node = await setUp({ web: true })
  const CHROMIUM = await bringChromium()
  return run(node, ['tests/browser/screenshots.ts', ...process.argv.slice(2)], {
    env: { ...process.env, CHROMIUM },
  })
})
