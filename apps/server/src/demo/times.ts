/** Days and chance in the story: always the same for the same moment. */
import type { Quarter } from '@pms/contract'
import { addDays, type Day, dayAt } from '../calendar.ts'

export const HOUR = 60 * 60 * 1000
export const DAY = 24 * HOUR

/** The moment at which the story ends, and where. */
export interface Present {
  now: Date
  timeZone: string
}

/** So many hours before the end. */
export function hoursAgo({ now }: Present, hours: number): Date {
  return new Date(now.getTime() - hours * HOUR)
}

/** The day that comes so many days after the last of the story; before it, if negative. */
export function dayFromNow({ now, timeZone }: Present, days: number): Day {
  return addDays(dayAt(now, timeZone), days)
}

/** The nearest moment from then on at which people are at work. */
export function workingTime(milliseconds: number): Date {
  const at = new Date(milliseconds)
  const weekday = at.getUTCDay()
  if (weekday === 6) at.setUTCDate(at.getUTCDate() + 2)
  if (weekday === 0) at.setUTCDate(at.getUTCDate() + 1)
  at.setUTCHours(8 + (at.getUTCHours() % 9))
  return at
}

/** First days of the four quarters up to and including the present one. */
export function quarterStarts(now: Date): [Date, Date, Date, Date] {
  const present = Math.floor(now.getUTCMonth() / 3)
  const start = (back: number) => new Date(Date.UTC(now.getUTCFullYear(), (present - back) * 3, 1))
  return [start(3), start(2), start(1), start(0)]
}

/** The quarter that a day is in, from its first day to its last. */
export function quarterOf(day: Date): { quarter: Quarter; year: number; start_date: Day; end_date: Day } {
  const names = ['Q1', 'Q2', 'Q3', 'Q4'] as const
  const year = day.getUTCFullYear()
  const index = Math.floor(day.getUTCMonth() / 3)
  const date = (month: number, dayOfMonth: number) =>
    new Date(Date.UTC(year, month, dayOfMonth)).toISOString().slice(0, 10)
  return {
    quarter: names[index] ?? 'Q1',
    year,
    start_date: date(index * 3, 1),
    end_date: date(index * 3 + 3, 0),
  }
}

/** Evenly spread numbers from 0 to below 1, the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of these texts, by chance. */
export function pick(random: () => number, texts: readonly string[]): string {
  return texts[Math.floor(random() * texts.length)] ?? ''
}
