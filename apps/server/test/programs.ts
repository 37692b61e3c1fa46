/** Programs of the server, run as people run them, over a data directory of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A place to run programs in; whatever still runs at the end is stopped. */
export function createWorkplace() {
  const dir = mkdtempSync(join(tmpdir(), 'pms-program-'))
  const running = new Set<ChildProcess>()

  /** @param program path below `src` */
  function start(program: string, args: string[] = [], variables: Record<string, string> = {}) {
    const { PATH = '' } = process.env
    const child = spawn(process.execPath, [join(SOURCE, program), ...args], {
      cwd: dir,
      env: { PATH, DATA_DIR: join(dir, 'data'), ...variables },
    })
    running.add(child)
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', text => {
        output[name] += text
      })
    const ended = once(child, 'close').then(([code]): Ended => {
      running.delete(child)
      return { code, ...output }
    })
    return {
      pid: child.pid,
      ended,
      signal: (name: NodeJS.Signals) => child.kill(name),
      /** Resolves with the match once standard output has it; rejects if the program ends without. */
      async printed(pattern: RegExp): Promise<RegExpExecArray> {
        for (;;) {
          const match = pattern.exec(output.stdout)
          if (match) return match
          const news = await Promise.race([once(child.stdout, 'data'), ended])
          if (!Array.isArray(news) && !pattern.test(output.stdout))
            throw new Error(`It ended without printing ${pattern}: ${news.stdout}${news.stderr}`)
        }
      },
    }
  }

  return {
    dir,
    dataDir: join(dir, 'data'),
    start,
    run: (program: string, args?: string[], variables?: Record<string, string>) =>
      start(program, args, variables).ended,
    async close(): Promise<void> {
      const ends = [...running].map(child => once(child, 'close'))
      for (const child of running) child.kill('SIGKILL')
      await Promise.all(ends)
      rmSync(dir, { recursive: true })
    },
  }
}
