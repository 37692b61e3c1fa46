/**
 * Times and days in words. A time (`2027-01-02T10:00:00Z`) is shown in the reader's zone; a day (`2027-01-02`) is
 * a day of the organisation, and ends at midnight there.
 */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options)
const WEEKDAY = format({ weekday: 'long' })
const CLOCK = format({ hour: '2-digit', minute: '2-digit' })
const SHORT = format({ day: 'numeric', month: 'short' })
const SHORT_YEAR = format({ day: 'numeric', month: 'short', year: 'numeric' })
const FULL = format({ dateStyle: 'full', timeStyle: 'short' })
const MONTH = format({ month: 'long', year: 'numeric', timeZone: 'UTC' })
const DAY_LONG = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const DAY_SHORT = format({ day: 'numeric', month: 'short', timeZone: 'UTC' })
const DAY_SHORT_YEAR = format({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** "just now", "5 min ago", "3 h ago", "yesterday", "4 days ago", "12 Mar", "12 Mar 2025". */
export function ago(iso: string, now: number): string {
  const at = Date.parse(iso)
  const passed = now - at
  if (passed < MINUTE) return 'just now'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`
  const days = daysBetween(at, now)
  if (days === 0 || passed < 6 * HOUR) return `${Math.floor(passed / HOUR)} h ago`
  if (days === 1) return 'yesterday'
  if (days < 7) return `${days} days ago`
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? SHORT.format(at) : SHORT_YEAR.format(at)
}

/** The same within a sentence: "yesterday", "on 12 Mar". */
export function when(iso: string, now: number): string {
  const words = ago(iso, now)
  return /^\d+ [A-Z]/.test(words) ? `on ${words}` : words
}

/** "for a moment", "for 2 min", "since 09:40", "since yesterday", "since Tuesday", "since 12 Mar". */
export function since(iso: string, now: number): string {
  const at = Date.parse(iso)
  const passed = now - at
  if (passed < MINUTE) return 'for a moment'
  if (passed < HOUR) return `for ${Math.floor(passed / MINUTE)} min`
  const days = daysBetween(at, now)
  if (days === 0) return `since ${CLOCK.format(at)}`
  if (days === 1) return 'since yesterday'
  if (days < 7) return `since ${WEEKDAY.format(at)}`
  const date = new Date(at).getFullYear() === new Date(now).getFullYear() ? SHORT : SHORT_YEAR
  return `since ${date.format(at)}`
}

/** "for a moment", "for 5 min", "for 3 h", "for 1 day", "for 3 days", "for 2 weeks". */
export function lasting(iso: string, now: number): string {
  const at = Date.parse(iso)
  const passed = now - at
  if (passed < MINUTE) return 'for a moment'
  if (passed < HOUR) return `for ${Math.floor(passed / MINUTE)} min`
  const days = daysBetween(at, now)
  if (days === 0 || passed < 12 * HOUR) return `for ${Math.floor(passed / HOUR)} h`
  if (days === 1) return 'for 1 day'
  return days < 14 ? `for ${days} days` : `for ${Math.floor(days / 7)} weeks`
}

/** The whole of it, for hovering and for screen readers. */
export const absolute = (iso: string) => FULL.format(Date.parse(iso))

/** Which day it is in a time zone, as `2027-01-02`. */
export function dayIn(timeZone: string, now: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return parts.format(now)
}

/** "due today", "due tomorrow", "due in 5 days", "due 31 Mar", "due 2 days ago": that it is late says its state. */
export function due(day: string, today: string): string {
  const days = (Date.parse(day) - Date.parse(today)) / DAY
  if (days < -1) return `due ${-days} days ago`
  if (days === -1) return 'due yesterday'
  if (days === 0) return 'due today'
  if (days === 1) return 'due tomorrow'
  if (days <= 14) return `due in ${days} days`
  return `due ${shortDay(day, today)}`
}

/** "31 Mar", with the year where it is another one. */
export function shortDay(day: string, today: string): string {
  return (day.slice(0, 4) === today.slice(0, 4) ? DAY_SHORT : DAY_SHORT_YEAR).format(Date.parse(day))
}

/** "Wednesday, 31 March 2027". */
export const longDay = (day: string) => DAY_LONG.format(Date.parse(day))

/** "March 2027", of `2027-03`. */
export const monthName = (month: string) => MONTH.format(Date.parse(`${month}-01`))

export function addMonths(month: string, count: number): string {
  const date = new Date(`${month}-01T00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + count)
  return date.toISOString().slice(0, 7)
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10)
}

/** The weeks that a month has a part in, Monday to Sunday, as days. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`
  const weekday = (new Date(first).getUTCDay() + 6) % 7
  const weeks: string[][] = []
  for (let monday = addDays(first, -weekday); monday.slice(0, 7) <= month; monday = addDays(monday, 7))
    weeks.push([0, 1, 2, 3, 4, 5, 6].map(ahead => addDays(monday, ahead)))
  return weeks
}

/** How many midnights of the reader lie between. */
function daysBetween(from: number, to: number): number {
  const midnight = (time: number) => {
    const day = new Date(time)
    return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate())
  }
  return Math.round((midnight(to) - midnight(from)) / DAY)
}
