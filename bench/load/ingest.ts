/** Calls and nothing else: so many lines, each of which sends the next when it is answered. */
import type { Usage } from '../machine.ts'
import { openLine } from './line.ts'
import { openWindow, type WindowJob } from './window.ts'

export interface IngestJob extends WindowJob {
  port: number
  /** One for each line. */
  requests: readonly string[]
}

/** @returns how many calls were answered in a second */
export async function callAgain(job: IngestJob): Promise<{ perSecond: number; usage: Usage }> {
  const lines = await Promise.all(job.requests.map(() => openLine(job.port)))
  const window = openWindow(job)
  let count = 0
  const work = lines.map(async (line, at) => {
    const request = job.requests[at] ?? ''
    while (!window.isOver) {
      const { status, body } = await line.ask(request)
      if (status !== 201) throw new Error(`The server answered ${status}: ${body}`)
      if (window.isOpen) count += 1
    }
    line.close()
  })
  const [{ usage, seconds }] = await Promise.all([window.closed, ...work])
  return { perSecond: count / seconds, usage }
}
