// @vitest-environment jsdom
// What a tab asks for while nobody looks at it, when somebody looks again, and when a new day begins.
import type { AppInfo } from '@pms/contract'
import { type QueryClient, QueryObserver, queryOptions } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { infoQuery } from '../src/api/info.ts'
import { queryClient, resourceChanged } from '../src/api/query-client.ts'
import { watchTruth } from '../src/api/truth.ts'

const LAGOS = { time_zone: 'Africa/Lagos' } as AppInfo

let visible: DocumentVisibilityState
const stops: (() => void)[] = []

/** One page's life: the day is watched once for all tests. */
const client: QueryClient = queryClient

function look(next: DocumentVisibilityState) {
  visible = next
  // As browsers do: it bubbles to the window.
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

/** Something that the page shows, with how often it was asked for. */
async function show(key: readonly unknown[], options: { refetchInterval?: number } = {}) {
  const queryFn = vi.fn(async () => 'as it is')
  const observer = new QueryObserver(client, queryOptions({ queryKey: key, queryFn, ...options }))
  stops.push(observer.subscribe(() => {}))
  await vi.advanceTimersByTimeAsync(0)
  queryFn.mockClear()
  return queryFn
}

beforeEach(async () => {
  // A quarter to midnight in Lagos.
  vi.useFakeTimers({ now: new Date('2027-03-09T22:45:00Z') })
  visible = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visible)
  client.mount()
  await client.prefetchQuery({ ...infoQuery, queryFn: async () => LAGOS })
})

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  client.clear()
  client.unmount()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('news of what an unseen tab shows is asked for when somebody looks, and once', async () => {
  const asked = await show(['goal', 'list'])
  look('hidden')
  for (let n = 0; n < 5; n += 1) void resourceChanged(client, 'goal', `g${n}`)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).not.toHaveBeenCalled()
  look('visible')
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toHaveBeenCalledTimes(1)
  look('hidden')
  look('visible')
  await vi.advanceTimersByTimeAsync(0)
  expect(asked, 'nothing has changed since').toHaveBeenCalledTimes(1)
})

test('what is asked for again and again rests while nobody looks', async () => {
  const asked = await show(['system', 'report'], { refetchInterval: 4_000 })
  await vi.advanceTimersByTimeAsync(8_000)
  expect(asked).toHaveBeenCalledTimes(2)
  look('hidden')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveBeenCalledTimes(2)
  look('visible')
  await vi.advanceTimersByTimeAsync(4_000)
  expect(asked.mock.calls.length).toBeGreaterThan(2)
})

test('a new day where the organisation is makes all stale: at once for who looks, later for who does not', async () => {
  watchTruth(client)
  const asked = await show(['initiative', 'list'])
  await vi.advanceTimersByTimeAsync(14 * 60_000)
  expect(asked, 'it is 23:59 there').not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2 * 60_000)
  expect(asked, 'it is 00:01 there').toHaveBeenCalledTimes(1)

  look('hidden')
  await vi.advanceTimersByTimeAsync(24 * 60 * 60_000)
  expect(asked).toHaveBeenCalledTimes(1)
  look('visible')
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toHaveBeenCalledTimes(2)
})
