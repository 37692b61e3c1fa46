/**
 * Raises notifications, so many at a time, each for a person with two tabs. One is done when it was answered and both
 * tabs have it; only then its place raises the next.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Usage } from '../machine.ts'
import { bodyFor } from '../sides/payload.ts'
import type { TabAddress } from '../sides/side.ts'
import { type Line, openLine, requestOf } from './line.ts'
import { quantiles } from './quantiles.ts'
import { openTab, type Tab } from './tab.ts'
import { openWindow, type WindowJob } from './window.ts'

/** The answer and two tabs. */
const TO_COME = 3

export interface RaiseJob extends WindowJob {
  port: number
  authorization: string
  /** One place each: these raise at the same time. */
  receivers: readonly { id: string; tab: TabAddress }[]
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

/** What was begun is waited for so long, and no longer. */
const PATIENCE_MS = 10_000

/** Numbers of one length, so that every request is as long as the others. */
const FIRST_NUMBER = 1_000_000_000
const NUMBER = Buffer.from('"number":')

export async function raiseAndDeliver(job: RaiseJob): Promise<Raised> {
  const { port, authorization, receivers } = job
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
  const window = openWindow(job)
  const work = places.map(async (place, at) => {
    const id = receivers[at]?.id ?? ''
    const [head = '', tail = ''] = requestOf(
      'POST',
      '/api/notifications',
      authorization,
      bodyFor([id], FIRST_NUMBER),
    ).split(String(FIRST_NUMBER))
    for (let number = FIRST_NUMBER + at; !window.isOver; number += receivers.length) {
      const from = performance.now()
      place.toCome = TO_COME
      const done = new Promise<void>(resolve => {
        place.done = resolve
      })
      const { status, body } = await place.line.ask(`${head}${number}${tail}`)
      if (status !== 201) throw new Error(`The server answered ${status}: ${body}`)
      arrived(place)
      await done
      if (window.isOpen) latencies.push(performance.now() - from)
    }
  })
  const [{ usage, seconds }] = await Promise.race([
    Promise.all([window.closed, ...work]),
    window.closed.then(async () => {
      await wait(PATIENCE_MS, null, { ref: false })
      const lost = places.filter(({ toCome }) => toCome > 0).length
      throw new Error(`${lost} notifications were not answered, or did not reach both tabs`)
    }),
  ])
  for (const { line, tabs } of places) {
    line.close()
    for (const tab of tabs) tab.close()
  }
  const [p50 = 0, p99 = 0, p999 = 0] = quantiles(latencies, [0.5, 0.99, 0.999])
  const count = latencies.length
  return { perSecond: count / seconds, count, p50, p99, p999, usage }
}
