// @ts-check
// What the tests need besides npm packages. On Debian, as root, it is installed; elsewhere we say how to get it.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './processes.mjs'
import { Refusal, say } from './say.mjs'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome']

/** Path of a Chromium to test with: the one that `CHROMIUM` names, one on the PATH, or Debian's, just installed. */
export async function bringChromium() {
  const named = process.env.CHROMIUM
  if (named) {
    if (!isProgram(named)) throw new Refusal(`CHROMIUM names ${named}, which is not a program.`)
    return named
  }
  const present = findProgram(BROWSERS)
  if (present) return present
  await installDebianPackages(['chromium'])
  const installed = findProgram(BROWSERS)
  if (!installed)
    throw new Refusal('Debian’s package chromium is installed, but there is no program chromium.')
  return installed
}

/** Programs of the servers that the tests start, unless a variable names one; and the packages of Debian with them. */
const SERVERS = [
  { program: 'postgres', name: 'postgresql', variable: 'TEST_POSTGRES_URL', folders: postgresFolders },
  { program: 'redis-server', name: 'redis-server', variable: 'TEST_REDIS_URL', folders: () => ['/usr/bin'] },
  { program: 'nginx', name: 'nginx', variable: undefined, folders: () => ['/usr/sbin'] },
]

/** Installs what is missing of the servers that the tests start. */
export async function bringServers() {
  const missing = SERVERS.filter(
    ({ program, variable, folders }) =>
      !(variable && process.env[variable]) && !findProgram([program], folders()),
  ).map(({ name }) => name)
  if (missing.length === 0) return
  await installDebianPackages(missing)
  // Debian starts what it installs; the tests start their own, and this machine has not asked for a server.
  for (const name of missing) await run('service', [name, 'stop'], { stdio: 'ignore' }).catch(() => 1)
}

/** Debian keeps the programs of each version in a folder of their own. */
function postgresFolders() {
  const parent = '/usr/lib/postgresql'
  return existsSync(parent) ? readdirSync(parent).map(version => join(parent, version, 'bin')) : []
}

/**
 * Installs packages of Debian, or says why not and what to do instead.
 * @param {string[]} names
 */
async function installDebianPackages(names) {
  const byHand = `apt-get install ${names.join(' ')}`
  if (!existsSync('/etc/debian_version')) {
    throw new Refusal(
      `The tests need ${names.join(', ')}. Install it, or name what you have: CHROMIUM=/path/to/chromium, ` +
        'TEST_POSTGRES_URL=postgres://…, TEST_REDIS_URL=redis://….',
    )
  }
  if (process.getuid?.() !== 0) throw new Refusal(`The tests need ${names.join(', ')}. As root: ${byHand}`)
  say(`Installing ${names.join(', ')} …`)
  /** @param {string[]} args */
  const apt = args =>
    run('apt-get', ['-qq', ...args], {
      stdio: ['ignore', process.stderr.fd, process.stderr.fd],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  const done =
    (await apt(['update'])) === 0 && (await apt(['install', '-y', '--no-install-recommends', ...names])) === 0
  if (!done) throw new Refusal(`${byHand} failed; it says why above.`)
}

/** @param {string[]} names @param {string[]} [folders] besides the PATH */
function findProgram(names, folders = ['/usr/bin']) {
  const places = [...(process.env.PATH ?? '').split(delimiter), ...folders]
  return names.flatMap(name => places.map(place => join(place, name))).find(isProgram)
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
