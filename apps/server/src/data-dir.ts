/**
 * One server a data directory: two would not hear of each other's changes at once. The command line may work beside a
 * server, so only servers take the lock.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartError } from './start-error.ts'

/**
 * Takes the directory for this process until it ends, however it ends: the lock is the operating system's.
 * @returns lets go of it before
 * @throws {StartError} when another server has it
 */
export function holdDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(join(dataDir, 'server.lock'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    if (!(error instanceof Error && error.message === 'database is locked')) throw error
    throw new StartError(`Another server runs on ${dataDir}. Stop it, or set DATA_DIR to another folder.`)
  }
  held.add(lock)
  return () => {
    held.delete(lock)
    lock.close()
  }
}

/** Kept from the garbage collector, which would let go of the lock. */
const held = new Set<DatabaseSync>()
