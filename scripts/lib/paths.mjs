// @ts-check
// Where things lie. No other script spells out a path of the repository twice.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** What a set-up leaves behind between runs; git ignores it. */
export const cache = join(root, '.cache')

/** @param {string[]} parts */
export function fromRoot(...parts) {
  return join(root, ...parts)
}

/** @param {string[]} parts */
export function readJson(...parts) {
  return JSON.parse(readFileSync(fromRoot(...parts), 'utf8'))
}
