/** Somebody who asks for something else meanwhile, calmly: how long does it take? */
import { type Line, openLine } from './line.ts'
import { quantiles } from './quantiles.ts'

export interface BystanderJob {
  port: number
  /** By the name of what is asked: the text of the call. */
  requests: Readonly<Record<string, string>>
  /** Between the answer to one call and the next. */
  pauseMs: number
}

export type Waits = Record<string, { p50: number; p99: number; count: number }>

let ending: (() => Promise<Waits>) | null = null

/** One line for each kind of call. */
export async function beginAsking({ port, requests, pauseMs }: BystanderJob): Promise<void> {
  let isOver = false
  const waits = await Promise.all(
    Object.entries(requests).map(async ([name, request]) => {
      const line = await openLine(port)
      return { name, latencies: askUntil(line, request, pauseMs, () => isOver) }
    }),
  )
  ending = async () => {
    isOver = true
    const answers: Waits = {}
    for (const { name, latencies } of waits) {
      const values = await latencies
      const [p50 = 0, p99 = 0] = quantiles(values, [0.5, 0.99])
      answers[name] = { p50, p99, count: values.length }
    }
    return answers
  }
}

/** @returns how long each kind took, since it began */
export async function endAsking(_job: null): Promise<Waits> {
  if (!ending) throw new Error('Nobody is asking')
  return ending()
}

async function askUntil(line: Line, request: string, pauseMs: number, isOver: () => boolean) {
  const latencies: number[] = []
  while (!isOver()) {
    const from = performance.now()
    const { status, body } = await line.ask(request)
    if (status >= 300) throw new Error(`The server answered ${status}: ${body}`)
    latencies.push(performance.now() - from)
    await new Promise(resolve => setTimeout(resolve, pauseMs))
  }
  line.close()
  return latencies
}
