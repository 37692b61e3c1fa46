/** Days as people mean them: in the time zone of the organisation, whatever the clocks do that night. */
import { Temporal } from 'temporal-polyfill'

/** A day, `2027-03-31`. */
export type Day = string

/** The first moment after a day: what is due on it is late from then on. ISO 8601, UTC. */
export function endOfDay(day: Day, timeZone: string): string {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone)
  return new Date(next.epochMilliseconds).toISOString()
}

/** The day that it is there at a moment. */
export function dayAt(moment: Date | string, timeZone: string): Day {
  const instant = Temporal.Instant.fromEpochMilliseconds(new Date(moment).getTime())
  return instant.toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

// Made once: making one takes far longer than using it.
const IN_WORDS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** As it stands in a sentence: 31 March 2027. */
export function dayInWords(day: Day): string {
  return IN_WORDS.format(new Date(`${day}T00:00Z`))
}
