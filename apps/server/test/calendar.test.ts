// Days end at midnight where the organisation is, also in the nights that are an hour longer or shorter.
import { expect, test } from 'vitest'
import { addDays, dayAt, dayInWords, endOfDay } from '../src/calendar.ts'

test.for([
  ['2027-03-31', 'UTC', '2027-04-01T00:00:00.000Z'],
  ['2027-03-31', 'Africa/Lagos', '2027-03-31T23:00:00.000Z'],
  ['2027-03-27', 'Europe/Berlin', '2027-03-27T23:00:00.000Z'],
  // That night has no hour from two to three: the day is over an hour earlier.
  ['2027-03-28', 'Europe/Berlin', '2027-03-28T22:00:00.000Z'],
  ['2027-10-31', 'Europe/Berlin', '2027-10-31T23:00:00.000Z'],
  // There the clock is put forward at midnight, and the next day begins at one.
  ['2027-04-24', 'Africa/Cairo', '2027-04-24T22:00:00.000Z'],
  ['2027-12-31', 'Pacific/Kiritimati', '2027-12-31T10:00:00.000Z'],
] as const)('%s in %s ends at %s', ([day, zone, end]) => {
  expect(endOfDay(day, zone)).toBe(end)
  expect(dayAt(new Date(Date.parse(end) - 1), zone)).toBe(day)
  expect(dayAt(end, zone)).toBe(addDays(day, 1))
})

test('a day in words', () => {
  expect(dayInWords('2027-03-31')).toBe('31 March 2027')
})
