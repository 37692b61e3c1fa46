/**
 * Bringing published announcements to inboxes, some of them at a time. How far it has come is written with the
 * notifications themselves, so whoever goes on after a crash knows exactly who has it.
 */
import { setImmediate as others } from 'node:timers/promises'
import { notify, resolve, resourceChanged } from '@pms/notifier'
import type { AppDatabase } from '../../../database.ts'
import type { Job } from '../../../jobs/job.ts'
import { announcementAsking, announcementTold } from '../notifications.ts'
import type { Progress } from '../progress.ts'

/** The most inboxes that one transaction holds: few enough that nobody else waits for long. */
const AT_ONCE = 50

/** Runs when something was published, and looks every minute for what a crash left on its way. */
export function deliveryJob(database: AppDatabase, progress: Progress): Job {
  return {
    name: 'announcement_delivery',
    schedule: '* * * * *',
    async run(_now, signal) {
      const failures = new Map<string, unknown>()
      for (;;) {
        const onTheirWay = (await announcementsOnTheirWay(database)).filter(id => !failures.has(id))
        if (onTheirWay.length === 0) break
        // In turns: a short one does not wait for a long one to come to its end.
        for (const id of onTheirWay) {
          if (signal.aborted) return
          await deliverSome(database, progress, id).catch(error => failures.set(id, error))
          // Whoever came meanwhile is served first.
          await others()
        }
      }
      if (failures.size > 0) throw new AggregateError(failures.values(), 'Announcements were not delivered')
    },
  }
}

async function announcementsOnTheirWay({ db }: AppDatabase): Promise<string[]> {
  const rows = await db
    .selectFrom('announcements')
    .select('id')
    .where('status', '=', 'PUBLISHED')
    .where('delivered_at', 'is', null)
    .orderBy('published_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

function deliverSome(database: AppDatabase, progress: Progress, id: string): Promise<void> {
  return database.transaction(async tx => {
    const announcement = await tx.capabilities
      .lockRows(
        tx.db.selectFrom('announcements').selectAll().where('id', '=', id).where('delivered_at', 'is', null),
      )
      .executeTakeFirst()
    // Another process was at it too, and came to the end.
    if (!announcement) return
    const people = await tx.db
      .selectFrom('announcement_recipients as recipient')
      .innerJoin('users', 'users.id', 'recipient.user_id')
      .select(['users.id', 'users.name', 'recipient.acknowledged_at'])
      .where('recipient.announcement_id', '=', id)
      .where('recipient.user_id', '>', announcement.delivered_through)
      .orderBy('recipient.user_id')
      .limit(AT_ONCE)
      .execute()
    const actor = await tx.db
      .selectFrom('users')
      .select(['id', 'name'])
      .where('id', '=', announcement.published_by_id)
      .executeTakeFirstOrThrow()

    const object = { type: 'announcement', id }
    const to = people.map(person => person.id)
    const definitions = announcement.requires_acknowledgement === 1 ? announcementAsking : announcementTold
    notify(tx, definitions[announcement.priority], {
      to,
      actor,
      data: { announcement_id: id },
      words: announcement,
      object,
      dedupeKey: `announcement:${id}`,
    })
    // Who saw it in the list and acknowledged it there has nothing left to do about it.
    for (const person of people) {
      if (person.acknowledged_at !== null) resolve(tx, object, person, [person.id])
    }
    resourceChanged(tx, object.type, id, to)

    await tx.db
      .updateTable('announcements')
      .set(({ eb }) => ({
        delivered_count: eb('delivered_count', '+', people.length),
        delivered_through: to.at(-1) ?? announcement.delivered_through,
        delivered_at: people.length < AT_ONCE ? tx.now : null,
      }))
      .where('id', '=', id)
      .execute()
    progress.moved(tx, announcement)
  })
}
