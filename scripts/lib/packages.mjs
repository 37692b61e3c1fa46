// @ts-check
// The npm packages: installed when the lock file is not the one that node_modules was made from.
import { delimiter } from 'node:path'
import { fingerprint, isStamped, writeStamp } from './fingerprint.mjs'
import { fromRoot } from './paths.mjs'
import { run } from './processes.mjs'
import { hasRuntime, ownNodeWillDo } from './runtime.mjs'
import { Refusal, say } from './say.mjs'

const stamp = fromRoot('node_modules', '.installed')
// Native parts come prebuilt per platform and fit any Node, so its version does not matter here.
const wanted = fingerprint(['package-lock.json'], [process.platform, process.arch])

/** Everything but the workspace that only brings a Node. */
const WITHOUT_NODE = ['--workspace=packages', '--workspace=apps', '--include-workspace-root']

export function packagesAreInstalled() {
  return isStamped(stamp, wanted) && hasRuntime()
}

/** @param {(pid: number) => void} started */
export async function installPackages(started) {
  say('Installing packages (the first time this takes about a minute) …')
  const { command, args } = npm()
  const flags = [
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
    ...(ownNodeWillDo ? WITHOUT_NODE : []),
  ]
  const code = await run(command, [...args, 'ci', ...flags], {
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    env: { ...process.env, PATH: pathWithoutPackages() },
    // npm dies of a signal without passing it on to the scripts of packages, which would go on.
    detached: true,
    started,
  })
  if (code !== 0) throw new Refusal('npm could not install the packages; it says why above.')
  writeStamp(stamp, wanted)
}

/** The npm that started this script, on the Node that it runs on itself: neither lies in what is about to be replaced. */
function npm() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env
  return cli && node ? { command: node, args: [cli] } : { command: 'npm', args: [] }
}

function pathWithoutPackages() {
  const places = (process.env.PATH ?? '').split(delimiter)
  return places.filter(place => !place.startsWith(fromRoot('node_modules'))).join(delimiter)
}
