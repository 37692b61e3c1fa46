/** The days that a list is grouped by: where one begins, and what it is called. */
import type { Rows } from '@pms/client/listing'
import type { InboxStrings } from '../strings.ts'

const DAY = 86_400_000

const dayOf = (time: string | number): number => new Date(time).setHours(0, 0, 0, 0)

/** Whether a heading stands above this row. Of a row whose neighbour is not known yet that is not known either. */
export function startsDay(rows: Rows, index: number): boolean {
  const row = rows[index]
  if (!row) return false
  if (index === 0) return true
  const above = rows[index - 1]
  return above !== null && above !== undefined && dayOf(above.created_at) !== dayOf(row.created_at)
}

/** "Today", "Yesterday", "Monday", "Monday, 16 November", with the year where it is another one. */
export function dayName(time: string, now: number, strings: InboxStrings): string {
  const day = dayOf(time)
  const ago = Math.round((dayOf(now) - day) / DAY)
  if (ago === 0) return capital(strings.today)
  if (ago === 1) return capital(strings.yesterday)
  const sameYear = new Date(day).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(strings.locale, {
    weekday: 'long',
    ...(ago > 6 && { day: 'numeric', month: 'long' }),
    ...(!sameYear && { year: 'numeric' }),
  }).format(day)
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
