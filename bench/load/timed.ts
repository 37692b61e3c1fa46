/** One call after another, timed: until it is answered, or until open tabs of the caller heard of it too. */
import type { TabAddress } from '../sides/side.ts'
import { openLine } from './line.ts'
import { openTab } from './tab.ts'

export interface TimedJob {
  port: number
  requests: readonly string[]
}

/** @returns milliseconds, of each call */
export async function timeCalls({ port, requests }: TimedJob): Promise<number[]> {
  const line = await openLine(port)
  const times: number[] = []
  for (const request of requests) {
    const from = performance.now()
    const { status, body } = await line.ask(request)
    times.push(performance.now() - from)
    if (status >= 300) throw new Error(`The server answered ${status}: ${body}`)
  }
  line.close()
  return times
}

export interface HeardJob {
  port: number
  request: string
  tabs: readonly TabAddress[]
  /** In the message that each tab waits for. */
  word: string
}

/** @returns milliseconds until it was answered and each of the tabs had heard */
export async function timeUntilHeard({ port, request, tabs, word }: HeardJob): Promise<number> {
  const hearing = tabs.map(() => Promise.withResolvers<void>())
  const open = await Promise.all(
    tabs.map((address, at) =>
      openTab(port, address, {
        heard(message) {
          if (message.includes(word)) hearing[at]?.resolve()
        },
      }),
    ),
  )
  const line = await openLine(port)
  const from = performance.now()
  const [{ status, body }] = await Promise.all([line.ask(request), ...hearing.map(({ promise }) => promise)])
  const ms = performance.now() - from
  if (status >= 300) throw new Error(`The server answered ${status}: ${body}`)
  line.close()
  for (const tab of open) tab.close()
  return ms
}
