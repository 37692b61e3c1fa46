// @ts-check
// The web app: built when what it is made from has changed, beside the old build and then put in its place, so that a
// running server never serves half of one.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, isStamped, writeStamp } from './fingerprint.mjs'
import { cache, fromRoot } from './paths.mjs'
import { run } from './processes.mjs'
import { Refusal, say } from './say.mjs'
import { toolPath } from './tools.mjs'

const dist = fromRoot('apps', 'web', 'dist')
const MADE_FROM = [
  'apps/contract',
  'apps/web',
  'packages/client',
  'packages/protocol',
  'packages/react',
  'package-lock.json',
  'tsconfig.json',
]

export function webIsBuilt() {
  return isStamped(join(dist, '.built'), fingerprint(MADE_FROM))
}

/** @param {string} node the runtime @param {(pid: number) => void} started */
export async function buildWeb(node, started) {
  say('Building the web app …')
  for (const name of left()) rmSync(join(cache, name), { recursive: true })
  const fresh = join(cache, `web-${process.pid}`)
  const old = join(cache, `web-${process.pid}-old`)
  const madeFrom = fingerprint(MADE_FROM)
  const { NODE_ENV: _, ...env } = process.env
  const code = await run(
    node,
    [toolPath('vite'), 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'],
    { cwd: fromRoot('apps', 'web'), stdio: ['ignore', process.stderr.fd, process.stderr.fd], env, started },
  )
  if (code !== 0) throw new Refusal('The web app could not be built; see above.')
  writeStamp(join(fresh, '.built'), madeFrom)
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}

/** What builds that were interrupted left behind. */
function left() {
  mkdirSync(cache, { recursive: true })
  return readdirSync(cache).filter(name => name.startsWith('web-'))
}
