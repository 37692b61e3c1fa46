// @ts-check
// What the system tells of other processes. Linux tells everything in /proc; elsewhere only whether one lives.
import { readFileSync } from 'node:fs'

/**
 * What tells a process from a later one of the same number: the moment it started.
 * Undefined when no such process lives.
 * @param {number} pid
 */
export function startOf(pid) {
  if (process.platform === 'linux') return statOf(pid)?.start
  try {
    process.kill(pid, 0)
    return 'unknown'
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM' ? 'unknown' : undefined
  }
}

/** The parent of another process; undefined where it is gone or the system does not tell. @param {number} pid */
export function parentOf(pid) {
  return statOf(pid)?.parent
}

/** Whether a process is a shell that runs one command (`sh -c …`), as npm starts scripts. @param {number} pid */
export function isShell(pid) {
  const [name = '', flag] = read(pid, 'cmdline').split('\0')
  return /(^|\/)\w*sh$/.test(name) && flag === '-c'
}

/** @param {number} pid */
function statOf(pid) {
  const text = read(pid, 'stat')
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const isDead = fields.length < 20 || fields[0] === 'Z'
  return isDead ? undefined : { parent: Number(fields[1]), start: String(fields[19]) }
}

/** @param {number} pid @param {string} file */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
