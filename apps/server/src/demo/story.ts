/** The demo's year: all that happens in it, in order of time. Told without a database, and always the same. */
import { dayAt, endOfDay } from '../calendar.ts'
import { type AnnouncementEvent, tellAnnouncements } from './stories/announcements.ts'
import { type FreezeEvent, type GoalEvent, tellGoals } from './stories/goals.ts'
import { type InitiativeEvent, tellInitiatives } from './stories/initiatives.ts'
import { type PeopleEvent, tellPeople } from './stories/people.ts'
import { type Reading, tellReadings } from './stories/readings.ts'
import { type ReviewEvent, tellReviews } from './stories/reviews.ts'
import type { Present } from './times.ts'

/** A day ends: what falls due by it does. */
export interface Midnight {
  about: 'midnight'
  at: Date
}

/** Somebody does something. */
export type Deed =
  | GoalEvent
  | FreezeEvent
  | InitiativeEvent
  | ReviewEvent
  | AnnouncementEvent
  | PeopleEvent
  | Reading

export type StoryEvent = Deed | Midnight

export function tellStory(present: Present): StoryEvent[] {
  const deeds: Deed[] = [
    ...tellPeople(present),
    ...tellGoals(present),
    ...tellInitiatives(present),
    ...tellReviews(present),
    ...tellAnnouncements(present),
  ]
  const first = Math.min(...deeds.map(deed => deed.at.getTime()))
  return [...deeds, ...tellReadings(present), ...midnights(first, present)]
    .filter(({ at }) => at.getTime() >= first && at <= present.now)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
}

function midnights(first: number, { now, timeZone }: Present): Midnight[] {
  const told: Midnight[] = []
  for (let at = new Date(first); at < now; ) {
    at = new Date(endOfDay(dayAt(at, timeZone), timeZone))
    told.push({ about: 'midnight', at })
  }
  return told
}
