// @ts-check
// A fingerprint of files and folders, kept beside what was made from them: equal means nothing has to be made again.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromRoot } from './paths.mjs'

/** Folders that hold results or tests, which nothing is built from. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'test'])

/**
 * @param {string[]} paths files and folders, from the root of the repository
 * @param {string[]} [facts] anything else that the result hangs on
 */
export function fingerprint(paths, facts = []) {
  const hash = createHash('sha256')
  for (const fact of facts) hash.update(`${fact}\0`)
  for (const path of paths.flatMap(filesOf))
    hash
      .update(`${path}\0`)
      .update(readFileSync(fromRoot(path)))
      .update('\0')
  return hash.digest('hex')
}

/** @param {string} stamp a file written by `writeStamp` @param {string} expected */
export function isStamped(stamp, expected) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === expected
}

/** @param {string} stamp @param {string} value */
export function writeStamp(stamp, value) {
  writeFileSync(stamp, value)
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  if (!statSync(fromRoot(path)).isDirectory()) return [path]
  return readdirSync(fromRoot(path))
    .filter(name => !LEFT_OUT.has(name))
    .sort()
    .flatMap(name => filesOf(join(path, name)))
}
