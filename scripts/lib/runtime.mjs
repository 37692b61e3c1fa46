// @ts-check
// Which Node the product runs on: the machine's own where it is new enough, else the one that npm brings.
import { spawnSync } from 'node:child_process'
import { sep } from 'node:path'
import { fromRoot, readJson } from './paths.mjs'
import { Refusal } from './say.mjs'

const platform = `${process.platform}-${process.arch}`
const broughtNode = fromRoot('node_modules', `node-${platform}`, 'bin', 'node')

/** The oldest Node that will do, as package.json states it: `>=24.15`. */
const needed = String(readJson('package.json').engines.node).replace('>=', '')

/** Once packages are installed npm finds the Node it brought before the machine's own: then this is no sign of it. */
const isOwn = !process.execPath.startsWith(fromRoot('node_modules') + sep)

/** Whether the machine's own Node can run the product, so that none has to be brought. */
export const ownNodeWillDo = isOwn && isNewEnough(process.versions.node)

/** Whether a Node to run the product on is here. */
export function hasRuntime() {
  return ownNodeWillDo || versionOf(broughtNode) !== undefined
}

/** Refuses early where neither the machine nor npm has a Node to run on. */
export function refuseUnknownPlatform() {
  if (ownNodeWillDo) return
  const brought = readJson('scripts', 'runtime', 'package.json').optionalDependencies
  if (!(`node-${platform}` in brought)) refuse()
}

/** Path of the Node to run the product on; npm does not fail when it could not bring one, so this does. */
export function chooseRuntime() {
  if (ownNodeWillDo) return process.execPath
  const version = versionOf(broughtNode)
  if (version !== undefined && isNewEnough(version)) return broughtNode
  return refuse()
}

/** @returns {never} */
function refuse() {
  throw new Refusal(
    `PMS needs Node ${needed} or newer. This is Node ${process.versions.node}, and npm brought none for ` +
      `${platform}.\nInstall Node 24 (https://nodejs.org) and start again.`,
  )
}

/** @param {string} node */
function versionOf(node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().slice(1) : undefined
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number)
  return major > neededMajor || (major === neededMajor && minor >= neededMinor)
}
