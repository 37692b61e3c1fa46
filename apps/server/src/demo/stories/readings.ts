/** People go through their inboxes every few days; what came in the last days is unread. */
import { DEMO_PEOPLE, JOINERS } from '../organisation.ts'
import { hoursAgo, type Present } from '../times.ts'

export interface Reading {
  about: 'reading'
  at: Date
  /** Account of whose inbox it is. */
  who: string
}

/** When those who are tried out first looked last: hours before the end. */
const LAST_LOOK: Readonly<Record<string, number>> = {
  'john.doe': 46,
  'jane.smith': 26,
  'mary.okafor': 42,
  hr: 34,
  admin: 47,
}

const EVERY_HOURS = 12 * 24

export function tellReadings(present: Present): Reading[] {
  const accounts = [...DEMO_PEOPLE.map(person => person.account), JOINERS.kofi.account]
  return accounts.flatMap((who, index) => {
    const last = LAST_LOOK[who] ?? (2 + (index % 5)) * 24
    const times = who === JOINERS.kofi.account ? 1 : 30
    return Array.from({ length: times }, (_, nth): Reading => {
      return { about: 'reading', at: hoursAgo(present, last + nth * EVERY_HOURS), who }
    })
  })
}
