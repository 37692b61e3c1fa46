/** Programs that tests start for themselves: real servers, private, on free ports, gone at the end. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** Linux gives out what is from 32768 on. */
const FIRST_PORT = 20_000
const PORTS = 12_000

export interface Running {
  readonly pid: number
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>
  signal(signal: NodeJS.Signals): void
}

/** @param folders looked at besides the PATH */
export function findProgram(name: string, folders: readonly string[] = []): string {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', ...folders]
  const found = places.map(place => join(place, name)).find(isProgram)
  if (!found) throw new Error(`The tests need ${name}; npm test brings it, or says how to get it`)
  return found
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Versioned folders of Debian, the newest first. */
export function debianFolders(parent: string, below: string): string[] {
  try {
    return readdirSync(parent)
      .sort((a, b) => Number(b) - Number(a))
      .map(version => join(parent, version, below))
  } catch {
    return []
  }
}

/** Who the program runs as: not root, which PostgreSQL refuses. */
export function servant(user: string): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** A folder of their own, removed by `removeFolder`. */
export function makeFolder(name: string, owner?: { uid: number; gid: number }): string {
  const folder = mkdtempSync(join(tmpdir(), `pms-${name}-`))
  if (owner) chownSync(folder, owner.uid, owner.gid)
  return folder
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

/** Ends with this process, whatever becomes of it but a kill. */
export function start(
  program: string,
  args: readonly string[],
  options: { uid?: number; gid?: number } = {},
) {
  const child = spawn(program, args, { ...options, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      said = `${said}${text}`.slice(-4_000)
    })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => {
      process.off('exit', end)
      resolve()
    })
  })
  return { ...handle(child, ended), said: () => said }
}

function handle(child: ChildProcess, ended: Promise<void>): Running {
  const { pid } = child
  if (pid === undefined) throw new Error(`${child.spawnfile} did not start`)
  return { pid, ended, signal: signal => void child.kill(signal) }
}

/** Ids of the processes that a process has started, as Linux tells. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(id => id > 0 && parentOf(id) === pid)
}

/** Undefined when it is gone. */
function parentOf(pid: number): number | undefined {
  try {
    // Behind the name, which stands in brackets and may hold anything: state, parent.
    const [, parent] = /.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return Number(parent)
  } catch {
    return undefined
  }
}

/**
 * A port that nobody listens on, of those that the system gives to nobody by itself: connections and servers that want
 * just any are given others, so it stays free until it is used, and while what uses it is started again.
 */
export async function freePort(): Promise<number> {
  const port = FIRST_PORT + Math.floor(Math.random() * PORTS)
  return (await isFree(port)) ? port : freePort()
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise(resolve => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Resolves when `attempt` does not throw any more. Throws what it threw last, when the program is gone or it is late. */
export async function until(attempt: () => Promise<unknown>, program: Running & { said(): string }) {
  let isGone = false
  program.ended.then(() => {
    isGone = true
  })
  const deadline = performance.now() + 30_000
  for (;;) {
    try {
      await attempt()
      return
    } catch (error) {
      if (isGone || performance.now() > deadline)
        throw new Error(`The program did not come up: ${program.said()}`, { cause: error })
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
}
