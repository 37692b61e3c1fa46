import { expect, it } from 'vitest'
import { addMonths, lasting, monthName, weeksOf } from '../src/ui/dates.ts'
import { counted, fileSize } from '../src/ui/words.ts'

it('a month is whole weeks from Monday to Sunday', () => {
  const weeks = weeksOf('2027-03')
  expect(weeks[0]).toEqual([
    '2027-03-01',
    '2027-03-02',
    '2027-03-03',
    '2027-03-04',
    '2027-03-05',
    '2027-03-06',
    '2027-03-07',
  ])
  expect(weeks).toHaveLength(5)
  expect(weeks.at(-1)?.at(-1)).toBe('2027-04-04')
  // A Sunday that is the first, and a December that leads into the next year.
  expect(weeksOf('2026-11')[0]?.[0]).toBe('2026-10-26')
  expect(weeksOf('2026-12').at(-1)?.at(-1)).toBe('2027-01-03')
  // Four weeks to the day.
  expect(weeksOf('2027-02')).toHaveLength(4)
})

it('months follow each other over the year', () => {
  expect(addMonths('2026-12', 1)).toBe('2027-01')
  expect(addMonths('2027-01', -1)).toBe('2026-12')
  expect(monthName('2027-03')).toBe('March 2027')
})

it('how long something waits is said in round words', () => {
  const now = Date.parse('2027-03-10T12:00:00')
  const ago = (hours: number) => lasting(new Date(now - hours * 3_600_000).toISOString(), now)
  expect(ago(0.01)).toBe('for a moment')
  expect(ago(0.5)).toBe('for 30 min')
  expect(ago(3)).toBe('for 3 h')
  expect(ago(24)).toBe('for 1 day')
  expect(ago(72)).toBe('for 3 days')
  expect(ago(24 * 15)).toBe('for 2 weeks')
})

it('counts and sizes are said as people say them', () => {
  expect(counted(1, 'request')).toBe('1 request')
  expect(counted(3, 'request')).toBe('3 requests')
  expect(fileSize(800)).toBe('800 B')
  expect(fileSize(24_000)).toBe('24 KB')
  expect(fileSize(10 * 1_048_576)).toBe('10 MB')
  expect(fileSize(1_500_000)).toBe('1.4 MB')
})
