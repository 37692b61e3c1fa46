// @ts-check
// `npm test`: brings what the tests need, runs all of them or one part (`npm test -- unit`) and ends with an account.
// Nothing stops it short: a failed part is counted and the next one runs.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { bringChromium, bringServers } from './lib/debian.mjs'
import { endWithParent, run } from './lib/processes.mjs'
import { account, broken, ofCheck, ofPlaywright, ofVitest } from './lib/results.mjs'
import { Refusal, runMain, say } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'
import { scriptArguments } from './lib/tools.mjs'

/** @typedef {import('./lib/results.mjs').Counts} Counts */
/** @typedef {{ node: string, env: NodeJS.ProcessEnv, reports: string }} Bench */
/** @typedef {{ name: string, part: string, run: (bench: Bench) => Promise<Counts> }} Step */

/** @type {Step[]} */
const STEPS = [
  ...['lint', 'types', 'boundaries', 'unused'].map(name => ({
    name,
    part: 'checks',
    /** @param {Bench} bench */
    run: async bench => ofCheck(await runScript(bench, name)),
  })),
  {
    name: 'unit',
    part: 'unit',
    run: async bench => {
      const report = join(bench.reports, 'vitest.json')
      await bringServers()
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      return ofVitest(report, await runScript(bench, 'test:unit', reporters))
    },
  },
  {
    name: 'browser',
    part: 'browser',
    run: async bench => {
      const report = join(bench.reports, 'playwright.json')
      const CHROMIUM = await bringChromium()
      await bringServers()
      await setUp({ web: true })
      const env = { ...bench.env, CHROMIUM, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
      return ofPlaywright(
        report,
        await runScript({ ...bench, env }, 'test:browser', ['--reporter=list,json']),
      )
    },
  },
]

endWithParent()
await runMain(async () => {
  const part = process.argv[2]
  const steps = STEPS.filter(step => part === undefined || step.part === part)
  if (steps.length === 0) throw new Refusal('usage: npm test [-- checks | unit | browser]')
  const reports = mkdtempSync(join(tmpdir(), 'pms-test-'))
  try {
    const { failed, text } = account(await runAll(steps, reports))
    process.stdout.write(`${text}\n`)
    return failed === 0 ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true })
  }
})

/** @param {Step[]} steps @param {string} reports */
async function runAll(steps, reports) {
  /** @type {Bench | undefined} */
  let bench
  const setup = await timed('setup', async () => {
    const node = await setUp({ web: false })
    const PATH = [dirname(node), process.env.PATH].join(delimiter)
    bench = { node, env: { ...process.env, PATH }, reports }
    return ofCheck(0)
  })
  if (!bench) return [setup]
  const results = []
  for (const step of steps) {
    process.stdout.write(`\n── ${step.name} ──\n`)
    results.push(await timed(step.name, () => step.run(/** @type {Bench} */ (bench))))
  }
  return results
}

/** @param {string} name @param {() => Promise<Counts>} work */
async function timed(name, work) {
  const from = performance.now()
  const found = await work().catch(error => {
    say(error instanceof Refusal ? error.message : error.stack)
    return broken(error.message.split('\n')[0])
  })
  return { name, seconds: (performance.now() - from) / 1000, ...found }
}

/** @param {Bench} bench @param {string} script of package.json @param {string[]} [more] further arguments */
function runScript({ node, env }, script, more = []) {
  return run(node, [...scriptArguments(script), ...more], { env })
}
