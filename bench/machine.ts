/** What Linux tells of the work of processes and of the machine. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { childrenOf } from '../tests/services/program.ts'

/** Linux counts the time of processes in these. */
const TICKS_PER_SECOND = 100

export const cores = availableParallelism()

/** Seconds of processor time that these processes and those they started have used so far, in all their threads. */
function cpuSeconds(pids: readonly number[]): number {
  let ticks = 0
  for (const pid of pids.flatMap(pid => [pid, ...childrenOf(pid)])) {
    // Behind the name, which stands in brackets and may hold anything; user and system time are the 12th and 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    ticks += Number(fields[11]) + Number(fields[12])
  }
  return ticks / TICKS_PER_SECOND
}

/** Bytes of memory that a process holds. */
export function residentBytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1_024
}

/** How many files, sockets among them, one process may have open: what it may ask for, as it is set. */
export function fileLimit(): number {
  const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
  return Number(soft)
}

/** Seconds of processor time that the whole machine has used so far, for whomever. */
function machineSeconds(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line
    .replace(/^cpu +/, '')
    .split(' ')
    .map(Number)
  return (user + nice + system + irq + softirq + steal) / TICKS_PER_SECOND
}

/** How many cores were kept busy, on average, while something was measured. */
export interface Usage {
  server: number
  load: number
  /** By anybody else. */
  others: number
}

/** Begins to watch; the result ends it. */
export function watchUsage(server: readonly number[], load: readonly number[]): () => Usage {
  const before = {
    at: performance.now(),
    server: cpuSeconds(server),
    load: cpuSeconds(load),
    all: machineSeconds(),
  }
  return () => {
    const seconds = (performance.now() - before.at) / 1_000
    const used = {
      server: (cpuSeconds(server) - before.server) / seconds,
      load: (cpuSeconds(load) - before.load) / seconds,
    }
    const all = (machineSeconds() - before.all) / seconds
    return { ...used, others: Math.max(0, all - used.server - used.load) }
  }
}

/** Above it a core has nothing left for what comes next. */
const BUSY = 0.9
/** Somebody else's work that figures suffer from. */
const DISTURBED = 0.2

/** In words, what stood in the way of more. */
export function limitOf({ server, load, others }: Usage): string {
  const limit =
    server >= BUSY
      ? 'server'
      : load >= BUSY
        ? 'load'
        : server + load + others >= cores * BUSY
          ? 'machine'
          : 'waiting'
  return others >= DISTURBED ? `${limit}, disturbed` : limit
}
