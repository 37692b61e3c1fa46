/**
 * Raises notifications, so many at a time, each for a person with two tabs. One is done when it was answered and both
 * tabs have it; only then its place raises the next.
 */
import { type Usage, watchUsage } from '../machine.ts'
import { bodyFor } from '../sides/payload.ts'
import type { TabAddress } from '../sides/side.ts'
import { type Line, openLine, requestOf } from './line.ts'
import { quantiles } from './quantiles.ts'
import { openTab, type Tab } from './tab.ts'

/** The answer and two tabs. */
const TO_COME = 3

export interface RaiseJob {
  port: number
  authorization: string
  /** One place each: these raise at the same time. */
  receivers: readonly { id: string; tab: TabAddress }[]
  warmUpMs: number
  measureMs: number
  /** Whose processor time is the server's. */
  serverPids: readonly number[]
}

export interface Raised {
  perSecond: number
  count: number
  p50: number
  p99: number
  p999: number
  usage: Usage
}

interface Place {
  line: Line
  tabs: Tab[]
  toCome: number
  done(): void
}

/** Numbers of one length, so that every request is as long as the others. */
const FIRST_NUMBER = 1_000_000_000
const NUMBER = Buffer.from('"number":')

export async function raiseAndDeliver(job: RaiseJob): Promise<Raised> {
  const { port, authorization, receivers, warmUpMs, measureMs, serverPids } = job
  const places: Place[] = []
  // Whose turn a number belongs to is read from the number itself.
  const heard = (message: Buffer) => {
    const at = message.indexOf(NUMBER)
    if (at < 0) return
    const number = Number(message.toString('latin1', at + NUMBER.length, at + NUMBER.length + 10))
    arrived(places[(number - FIRST_NUMBER) % receivers.length])
  }
  function arrived(place: Place | undefined): void {
    if (place && --place.toCome === 0) place.done()
  }
  for (const { tab } of receivers) {
    const tabs = await Promise.all([openTab(port, tab, { heard }), openTab(port, tab, { heard })])
    places.push({ line: await openLine(port), tabs, toCome: 0, done: () => {} })
  }

  const latencies: number[] = []
  let isMeasured = false
  let isOver = false
  const work = places.map(async (place, at) => {
    const id = receivers[at]?.id ?? ''
    const [head = '', tail = ''] = requestOf(
      'POST',
      '/api/notifications',
      authorization,
      bodyFor([id], FIRST_NUMBER),
    ).split(String(FIRST_NUMBER))
    for (let number = FIRST_NUMBER + at; !isOver; number += receivers.length) {
      const from = performance.now()
      place.toCome = TO_COME
      const done = new Promise<void>(resolve => {
        place.done = resolve
      })
      const { status, body } = await place.line.ask(`${head}${number}${tail}`)
      if (status !== 201) throw new Error(`The server answered ${status}: ${body}`)
      arrived(place)
      await done
      if (isMeasured) latencies.push(performance.now() - from)
    }
  })
  const measuring = (async () => {
    await pause(warmUpMs)
    isMeasured = true
    const usage = watchUsage(serverPids, [process.pid])
    const from = performance.now()
    await pause(measureMs)
    isMeasured = false
    isOver = true
    return { usage: usage(), seconds: (performance.now() - from) / 1_000, count: latencies.length }
  })()
  const [{ usage, seconds, count }] = await Promise.all([measuring, ...work])
  for (const { line, tabs } of places) {
    line.close()
    for (const tab of tabs) tab.close()
  }
  const [p50 = 0, p99 = 0, p999 = 0] = quantiles(latencies, [0.5, 0.99, 0.999])
  return { perSecond: count / seconds, count, p50, p99, p999, usage }
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
