// @ts-check
// The programs that a script runs, and the end of both: a signal to the script reaches them, and when npm is gone
// they are ended, for npm passes a signal on to its shell at best and a killed npm passes on nothing.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './paths.mjs'
import { isShell, parentOf } from './process-table.mjs'

const LOOK_FOR_PARENT_MS = 250
/** More than the server itself allows its stop. */
const GRACE_MS = 15_000

/** How each that runs is sent a signal. @type {Set<(signal: NodeJS.Signals) => void>} */
const running = new Set()
let isEnding = false

/**
 * Runs a program in the root of the repository, and answers its exit code. Once this script has been asked to end,
 * the end of the program is the end of the script. "Detached", the program leads a group of its own, and whatever it
 * has started is ended with it.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { started?: (pid: number) => void }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { started, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    /** @param {NodeJS.Signals} signal */
    const send = signal => (options.detached ? sendToGroup(child, signal) : child.kill(signal))
    running.add(send)
    if (child.pid !== undefined) started?.(child.pid)
    child.once('error', error => {
      running.delete(send)
      reject(error)
    })
    child.once('exit', (code, signal) => {
      running.delete(send)
      const result = code ?? 128 + constants.signals[signal ?? 'SIGTERM']
      if (isEnding) process.exit(result)
      resolve(result)
    })
  })
}

/** Makes this script and what it runs end together with whoever started it. Call once, first of all. */
export function endWithParent() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => end(signal))
  // Started by hand, the script may outlive its shell (nohup, disown); started by npm, it may not outlive npm.
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  // npm runs a script through `sh -c`: some shells replace themselves by the script, some stay in between.
  const npmBehindShell = isShell(parent) ? parentOf(parent) : undefined
  const look = setInterval(() => {
    const lost =
      process.ppid !== parent || (npmBehindShell !== undefined && parentOf(parent) !== npmBehindShell)
    if (!lost) return
    clearInterval(look)
    end('SIGTERM')
  }, LOOK_FOR_PARENT_MS)
  look.unref()
}

/** @param {NodeJS.Signals} signal */
function end(signal) {
  isEnding = true
  if (running.size === 0) process.exit(128 + constants.signals[signal])
  for (const send of running) send(signal)
  setTimeout(() => {
    for (const send of running) send('SIGKILL')
  }, GRACE_MS).unref()
}

/** @param {import('node:child_process').ChildProcess} leader @param {NodeJS.Signals} signal */
function sendToGroup({ pid }, signal) {
  try {
    if (pid !== undefined) process.kill(-pid, signal)
  } catch {
    // It has just ended, and its group with it.
  }
}
