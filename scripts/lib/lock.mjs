// @ts-check
// One set-up at a time in one clone. The lock is a folder holding one empty file per process that works under it, and
// is free when none of them lives: a folder can only be renamed onto an *empty* one, so of two that find a dead
// process's lock exactly one takes it over.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startOf } from './process-table.mjs'

const LOOK_AGAIN_MS = 150

/**
 * Does the work while no other process holds the lock.
 * @template T
 * @param {string} lock path of the lock's folder
 * @param {(addProcess: (pid: number) => void) => Promise<T>} work names the programs it starts by `addProcess`: should
 *   this process be killed, the lock is theirs until they have ended too
 * @param {(pid: number) => void} waitingFor called once, when somebody else holds it
 */
export async function withLock(lock, work, waitingFor) {
  mkdirSync(dirname(lock), { recursive: true })
  let told = false
  while (!tryToTake(lock)) {
    const holder = livingHolder(lock)
    if (holder !== undefined && !told) {
      told = true
      waitingFor(holder)
    }
    if (holder !== undefined) await sleep(LOOK_AGAIN_MS)
  }
  const mine = [nameOf(process.pid)]
  try {
    return await work(pid => {
      mine.push(nameOf(pid))
      writeFileSync(join(lock, nameOf(pid)), '')
    })
  } finally {
    // The emptied folder stays: removing it too could remove it from under the next one.
    for (const name of mine) rmSync(join(lock, name), { force: true })
  }
}

/** @param {string} lock */
function tryToTake(lock) {
  if (namesIn(lock).length > 0) return false
  const mine = mkdtempSync(join(dirname(lock), `.${basename(lock)}-`))
  writeFileSync(join(mine, nameOf(process.pid)), '')
  try {
    renameSync(mine, lock)
    return true
  } catch (error) {
    rmSync(mine, { recursive: true })
    const code = /** @type {NodeJS.ErrnoException} */ (error).code
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false
    throw error
  }
}

/** Removes the dead from the lock and answers a living one. @param {string} lock */
function livingHolder(lock) {
  for (const name of namesIn(lock)) {
    const pid = Number.parseInt(name, 10)
    if (nameOf(pid) === name) return pid
    rmSync(join(lock, name), { force: true })
  }
  return undefined
}

/** @param {string} lock */
function namesIn(lock) {
  try {
    return readdirSync(lock)
  } catch {
    return []
  }
}

/** @param {number} pid */
function nameOf(pid) {
  return `${pid}-${startOf(pid) ?? 'gone'}`
}
