// @ts-check
// The development tools: package.json says how each is called, this finds the program, so that it can be run without
// npx and on the runtime rather than on whichever Node comes first.
import { fromRoot, readJson } from './paths.mjs'

/** Where a tool's program lies whose package has another name than itself. */
const PACKAGES = { biome: '@biomejs/biome', playwright: '@playwright/test', tsc: 'typescript' }

/** Path of a tool's own script. @param {string} tool */
export function toolPath(tool) {
  const name = /** @type {Record<string, string>} */ (PACKAGES)[tool] ?? tool
  return fromRoot('node_modules', name, readJson('node_modules', name, 'package.json').bin[tool])
}

/** The arguments with which the runtime does what a script of package.json says. @param {string} script */
export function scriptArguments(script) {
  const [tool = '', ...args] = String(readJson('package.json').scripts[script]).split(' ')
  return tool === 'node' ? args : [toolPath(tool), ...args]
}
