// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClock } from '../src/clock.ts'
import { DEFAULT_STRINGS } from '../src/strings.ts'
import { RelativeTime, relativeTime } from '../src/time.tsx'

afterEach(cleanup)

describe('in the words a person would use', () => {
  const now = new Date(2027, 2, 10, 15, 0).getTime()
  const cases: Array<[string, Date, string]> = [
    ['just happened', new Date(2027, 2, 10, 14, 59, 30), 'now'],
    ['a clock that is ahead', new Date(2027, 2, 10, 15, 5), 'now'],
    ['minutes', new Date(2027, 2, 10, 14, 2), '58 min ago'],
    ['hours of today', new Date(2027, 2, 10, 1, 0), '14 h ago'],
    ['an evening ago is not yet yesterday', new Date(2027, 2, 10, 4, 0), '11 h ago'],
    ['yesterday', new Date(2027, 2, 9, 23, 0), 'yesterday'],
    ['yesterday, early', new Date(2027, 2, 9, 0, 1), 'yesterday'],
    ['days', new Date(2027, 2, 7, 23, 0), '3 days ago'],
    ['this year', new Date(2027, 1, 1), '1 Feb'],
    ['another year', new Date(2026, 11, 31), '31 Dec 2026'],
  ]
  test.each(cases)('%s', (_, at, text) => {
    expect(relativeTime(at.getTime(), now, { ...DEFAULT_STRINGS, locale: 'en-GB' })).toBe(text)
  })
})

describe('with one timer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('which runs while somebody listens, and only then', () => {
    const clock = createClock(1000)
    expect(vi.getTimerCount()).toBe(0)
    const listener = vi.fn()
    const ends = [clock.subscribe(listener), clock.subscribe(listener)]
    expect(vi.getTimerCount()).toBe(1)
    const before = clock.read()
    vi.advanceTimersByTime(1000)
    expect(listener).toHaveBeenCalledTimes(2)
    expect(clock.read()).toBe(before + 1000)
    for (const end of ends) end()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('times on the page grow older by themselves, and tell the exact one', () => {
    const value = new Date().toISOString()
    const { container } = render(<RelativeTime value={value} />)
    const time = container.querySelector('time')
    expect(time?.textContent).toBe('now')
    expect(time?.dateTime).toBe(value)
    expect(time?.title).toContain(String(new Date().getFullYear()))
    act(() => void vi.advanceTimersByTime(130_000))
    expect(time?.textContent).toBe('2 min ago')
  })
})
