import { describe, expect, it } from 'vitest'
import { ago, dayIn, due, shortDay, since, when } from '../src/ui/dates.ts'

// Local times, as the words follow the reader's own clock.
const now = new Date(2027, 2, 10, 12, 0, 0).getTime()
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString()

describe('ago', () => {
  it.each([
    ['just now', new Date(now - 30_000).toISOString()],
    ['5 min ago', at(2027, 2, 10, 11, 55)],
    ['3 h ago', at(2027, 2, 10, 9, 0)],
    ['yesterday', at(2027, 2, 9, 3, 0)],
    ['4 days ago', at(2027, 2, 6, 23, 0)],
    ['1 Jan', at(2027, 0, 1, 9, 0)],
    ['1 Jan 2026', at(2026, 0, 1, 9, 0)],
  ])('says %s', (words, iso) => expect(ago(iso, now)).toBe(words))

  it('counts hours over midnight while it is still the same evening', () => {
    const night = new Date(2027, 2, 10, 1, 0).getTime()
    expect(ago(at(2027, 2, 9, 22, 0), night)).toBe('3 h ago')
  })

  it('does not speak of the future when clocks differ', () => {
    expect(ago(new Date(now + 5000).toISOString(), now)).toBe('just now')
  })
})

describe('when', () => {
  it.each([
    ['3 h ago', at(2027, 2, 10, 9, 0)],
    ['yesterday', at(2027, 2, 9, 9, 40)],
    ['on 3 Mar', at(2027, 2, 3, 9, 40)],
    ['on 30 Dec 2026', at(2026, 11, 30, 9, 40)],
  ])('says %s', (words, iso) => expect(when(iso, now)).toBe(words))
})

describe('since', () => {
  it.each([
    ['for a moment', at(2027, 2, 10, 12, 0)],
    ['for 2 min', at(2027, 2, 10, 11, 58)],
    ['since 09:40', at(2027, 2, 10, 9, 40)],
    ['since yesterday', at(2027, 2, 9, 9, 40)],
    ['since Thursday', at(2027, 2, 4, 9, 40)],
    ['since 3 Mar', at(2027, 2, 3, 9, 40)],
    ['since 30 Dec 2026', at(2026, 11, 30, 9, 40)],
  ])('says %s', (words, iso) => expect(since(iso, now)).toBe(words))
})

describe('due', () => {
  it.each([
    ['due today', '2027-03-10'],
    ['due tomorrow', '2027-03-11'],
    ['due in 14 days', '2027-03-24'],
    ['due 31 Mar', '2027-03-31'],
    ['due 2 Jan 2028', '2028-01-02'],
    ['due yesterday', '2027-03-09'],
    ['due 9 days ago', '2027-03-01'],
  ])('says %s', (words, day) => expect(due(day, '2027-03-10')).toBe(words))
})

it('a day is that of the organisation, whatever the clock of the reader', () => {
  const late = Date.UTC(2027, 2, 31, 23, 30)
  expect(dayIn('Africa/Lagos', late)).toBe('2027-04-01')
  expect(dayIn('America/New_York', late)).toBe('2027-03-31')
})

it('a day keeps its date in every time zone', () => {
  expect(shortDay('2027-03-31', '2027-01-01')).toBe('31 Mar')
})
