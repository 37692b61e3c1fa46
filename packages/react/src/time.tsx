/** When something happened, in the words a person would use, with the exact time at hand. */
import { useNow } from './clock.ts'
import { type InboxStrings, useStrings } from './strings.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export function relativeTime(at: number, now: number, strings: InboxStrings): string {
  const age = now - at
  if (age < MINUTE) return strings.justNow
  if (age < HOUR) return strings.minutesAgo(Math.floor(age / MINUTE))
  // Days are counted by midnights, as people do; hours only within the last twelve, or within today.
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY)
  if (days === 0 || age < 12 * HOUR) return strings.hoursAgo(Math.floor(age / HOUR))
  if (days === 1) return strings.yesterday
  if (days < 7) return strings.daysAgo(days)
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(strings.locale, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at)
}

function absoluteTime(at: number, { locale }: InboxStrings): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(at)
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

export function RelativeTime({ value, className }: { value: string; className?: string }) {
  const strings = useStrings()
  const at = Date.parse(value)
  // Server and browser may sit in different time zones and surely at different moments.
  return (
    <time className={className} dateTime={value} title={absoluteTime(at, strings)} suppressHydrationWarning>
      {relativeTime(at, useNow(), strings)}
    </time>
  )
}
