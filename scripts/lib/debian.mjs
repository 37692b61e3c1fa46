// @ts-check
// What the tests need besides npm packages. On Debian, as root, it is installed; elsewhere we say how to get it.
import { accessSync, constants, existsSync } from 'node:fs'
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

/**
 * Installs packages of Debian, or says why not and what to do instead.
 * @param {string[]} names
 */
async function installDebianPackages(names) {
  const byHand = `apt-get install ${names.join(' ')}`
  if (!existsSync('/etc/debian_version')) {
    throw new Refusal(
      `The tests need ${names.join(', ')}. Install it, or name the program by CHROMIUM=/path/to/chromium.`,
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

/** @param {string[]} names */
function findProgram(names) {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin']
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
