/** The guide's stack as a side: Python in an environment of its own, made when it is first wanted. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { fillBare, layOut } from './bare/layout.ts'
import { keptFolder, makeFolder, removeFolder } from './folder.ts'
import { PUBLISHER, plainTab, SECRET, tokenOf } from './people.ts'
import { launch } from './process.ts'
import type { Side } from './side.ts'

const run = promisify(execFile)
const APP = fileURLToPath(new URL('guide/', import.meta.url))
const REQUIREMENTS = join(APP, 'requirements.txt')
const ENVIRONMENT = keptFolder('python')
const python = join(ENVIRONMENT, 'bin', 'python')
/** It does not say when it is done. */
const COLLECTED_MS = 1_000
/** What was installed: written last, so that an environment half made is made again. */
const INSTALLED = join(ENVIRONMENT, 'installed.txt')

export const guide: Side = {
  name: 'guide',
  about: "the guide's stack: FastAPI, uvicorn with uvloop, websockets, sqlite3",
  async missing() {
    const wanted = readFileSync(REQUIREMENTS, 'utf8')
    if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return null
    try {
      rmSync(ENVIRONMENT, { recursive: true, force: true })
      await run('python3', ['-m', 'venv', ENVIRONMENT])
      await run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS])
    } catch (error) {
      const why = String(error instanceof Error ? error.message : error).trim()
      return `python3 with venv (on Debian: python3-venv) and PyPI are needed: ${why}`
    }
    writeFileSync(INSTALLED, wanted)
    return null
  },
  async prepare(people) {
    const folder = makeFolder('guide')
    const file = join(folder, 'guide.sqlite')
    layOut(file, people)
    return {
      async start() {
        const { pid, port, stop } = await launch({
          program: python,
          args: ['-m', 'uvicorn', 'app:app', '--app-dir', APP, '--port', '0', '--no-access-log'],
          env: { JWT_SECRET: SECRET, DATABASE: file, PYTHONDONTWRITEBYTECODE: '1' },
          ready: /running on http:\/\/127\.0\.0\.1:(\d+)/,
        })
        const raiser = `Bearer ${tokenOf(PUBLISHER)}`
        return {
          pid,
          port,
          stop,
          pids: [pid],
          raiser,
          publisher: raiser,
          tab: plainTab,
          async collect() {
            process.kill(pid, 'SIGUSR1')
            await wait(COLLECTED_MS)
            return null
          },
          slices: null,
        }
      },
      fill: async plan => fillBare(file, plan),
      close: async () => removeFolder(folder),
    }
  },
}
