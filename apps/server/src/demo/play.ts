/**
 * Plays the story through the ordinary actions, and runs the jobs when their time comes: nothing is written around the
 * engine, so every counter and history is as real as any.
 */
import { createInboxes } from '@pms/notifier'
import { sql } from 'kysely'
import { hashPassword } from '../auth/passwords.ts'
import { compose } from '../compose.ts'
import { openAppDatabase } from '../database.ts'
import { nobodyElse } from '../jobs/others.ts'
import { DEMO_PASSWORD } from './accounts.ts'
import { playAnnouncement } from './acts/announcements.ts'
import { playFreeze, playGoal } from './acts/goals.ts'
import { playInitiative } from './acts/initiatives.ts'
import { buildOrganisation, playPeople } from './acts/people.ts'
import { playReview } from './acts/reviews.ts'
import { createCast, createNames, type Stage } from './acts/stage.ts'
import { type Deed, tellStory } from './story.ts'
import { DAY, type Present } from './times.ts'

/** Fills the empty database of this folder with the year up to now. */
export async function playStory(dataDir: string, present: Present): Promise<void> {
  const events = tellStory(present)
  let moment = new Date((events[0]?.at ?? present.now).getTime() - 30 * DAY)
  const clock = () => moment
  const database = await openAppDatabase({ dataDir, databaseUrl: null }, { clock })
  try {
    // Nothing of it counts before it is whole: then all of it is made to last at once.
    await sql`pragma synchronous = off`.execute(database.db)
    /** Jobs that something was left to. */
    const wanted = new Set<string>()
    const { timeZone } = present
    const features = compose({ database, clock, timeZone, nudge: job => wanted.add(job), others: nobodyElse })
    const passwordHash = await hashPassword(DEMO_PASSWORD)
    const people = createCast()
    const units = await buildOrganisation(database, people, passwordHash)
    const inboxes = createInboxes(database)
    const stage: Stage = { database, features, inboxes, units, passwordHash, people, things: createNames() }
    const { signal } = new AbortController()
    for (const event of events) {
      moment = event.at
      if (event.about !== 'midnight') await play(stage, event)
      for (const job of features.jobs) {
        if (event.about === 'midnight' || wanted.delete(job.name)) await job.run(moment, signal)
      }
    }
  } finally {
    await database.close()
  }
}

async function play(stage: Stage, deed: Deed): Promise<void> {
  switch (deed.about) {
    case 'goal':
      return playGoal(stage, deed)
    case 'freeze':
      return playFreeze(stage, deed)
    case 'initiative':
      return playInitiative(stage, deed)
    case 'review':
      return playReview(stage, deed)
    case 'announcement':
      return playAnnouncement(stage, deed)
    case 'people':
      return playPeople(stage, deed)
    case 'reading':
      await stage.inboxes.markAllRead(stage.people.get(deed.who).id, null)
  }
}
