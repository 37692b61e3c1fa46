// @ts-check
// What every command needs first: packages, a Node to run on and, where asked for, the web app. Looking whether all
// is there takes no lock; making it does.
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { installPackages, packagesAreInstalled } from './packages.mjs'
import { cache } from './paths.mjs'
import { chooseRuntime, refuseUnknownPlatform } from './runtime.mjs'
import { say } from './say.mjs'
import { buildWeb, webIsBuilt } from './web.mjs'

/**
 * Makes what is missing and answers the path of the Node to run on.
 * @param {{ web: boolean }} wanted
 */
export async function setUp({ web }) {
  refuseUnknownPlatform()
  const isReady = () => packagesAreInstalled() && (!web || webIsBuilt())
  if (!isReady()) {
    await withLock(
      join(cache, 'setup.lock'),
      async started => {
        if (!packagesAreInstalled()) await installPackages(started)
        if (web && !webIsBuilt()) await buildWeb(chooseRuntime(), started)
      },
      holder => say(`Process ${holder} is setting PMS up in this folder; waiting for it …`),
    )
  }
  return chooseRuntime()
}
