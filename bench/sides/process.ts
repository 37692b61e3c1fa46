/** A server process of a side: started, waited for, ended by its id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Slices } from './side.ts'

const PROBE = fileURLToPath(new URL('probe.ts', import.meta.url))

/** A server that takes longer is not coming. */
const PATIENCE_MS = 60_000
/** One that was asked to stop and did not. */
const STOP_MS = 15_000

export interface Launch {
  program: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
  /** Found in what it prints, with the port as its first group. */
  ready: RegExp
}

export interface Launched {
  child: ChildProcess
  pid: number
  port: number
  stop(): Promise<void>
}

/** A server on Node, with what it tells of itself. */
export async function launchNode({ args, ...options }: Omit<Launch, 'program'>) {
  const { child, pid, port, stop } = await launch({
    ...options,
    program: process.execPath,
    args: ['--import', PROBE, ...args],
  })
  const ask = (question: string) =>
    new Promise<number>(resolve => {
      child.once('message', answer => resolve(Number(answer)))
      child.send(question)
    })
  const slices: Slices = {
    forget: () => ask('forget').then(() => {}),
    longest: () => ask('longest'),
    work: () => ask('work'),
  }
  return { pid, port, stop, slices, collect: () => ask('collect') }
}

/** Resolves when it listens. Ends with this process, whatever becomes of it but a kill. */
export async function launch({ program, args, env, ready }: Launch): Promise<Launched> {
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${program} did not start`)
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  let said = ''
  const { promise: port, resolve, reject } = Promise.withResolvers<number>()
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => {
      said = `${said}${text}`.slice(-8_000)
      const [, found] = ready.exec(said) ?? []
      if (found !== undefined) resolve(Number(found))
    })
  const ended = new Promise<void>(gone => {
    child.once('exit', code => {
      process.off('exit', kill)
      reject(new Error(`${program} ended with ${code}: ${said}`))
      gone()
    })
  })
  const late = setTimeout(() => reject(new Error(`${program} is not ready: ${said}`)), PATIENCE_MS)
  const launched = await port.finally(() => clearTimeout(late))
  return {
    child,
    pid,
    port: launched,
    async stop() {
      child.kill('SIGTERM')
      const forced = setTimeout(kill, STOP_MS)
      await ended
      clearTimeout(forced)
    },
  }
}
