/** Where the databases of a run live: on the disk of the working tree, for memory would make every commit free. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const CACHE = fileURLToPath(new URL('../../.cache/bench/', import.meta.url))

const open = new Set<string>()

// Also when a run is broken off.
process.once('exit', () => {
  for (const folder of open) removeFolder(folder)
})

/** One of this run alone; it goes with the process at the latest. */
export function makeFolder(side: string): string {
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(`${CACHE}${side}-`)
  open.add(folder)
  return folder
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  open.delete(folder)
}

/** One that outlives the run: for what takes long to make. */
export function keptFolder(name: string): string {
  return `${CACHE}${name}`
}
