/**
 * Bringing published announcements to inboxes, some of them at a time. How far it has come is written with the
 * notifications themselves, so whoever goes on after a crash knows exactly who has it.
 */
import { notify, type ObjectRef, resolve, resourceChanged } from '@pms/notifier'
import type { AppDatabase, Tx } from '../../../database.ts'
import type { Job } from '../../../jobs/job.ts'
import type { Others } from '../../../jobs/others.ts'
import { announcementAsking, announcementTold } from '../notifications.ts'
import type { Progress } from '../progress.ts'
import {
  moveOn,
  type Recipient,
  selectOnTheirWay,
  selectPeople,
  selectRecipients,
  selectUndelivered,
} from './delivery-queries.ts'

/** How many inboxes one transaction holds: what each costs is shared by many. */
const AT_ONCE = 250

/** The same while others are about: whoever comes waits for no more than these. */
const AT_ONCE_AMONG_OTHERS = 25

/** Runs when something was published, and looks every minute for what a crash left on its way. */
export function deliveryJob(database: AppDatabase, progress: Progress, others: Others): Job {
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
          const atMost = others.areAbout() ? AT_ONCE_AMONG_OTHERS : AT_ONCE
          await deliverSome(database, progress, { id, atMost }).catch(error => failures.set(id, error))
          await others.pass()
        }
      }
      if (failures.size > 0) throw new AggregateError(failures.values(), 'Announcements were not delivered')
    },
  }
}

async function announcementsOnTheirWay({ db }: AppDatabase): Promise<string[]> {
  const rows = await selectOnTheirWay(db, {})
  return rows.map(({ id }) => id)
}

function deliverSome(
  database: AppDatabase,
  progress: Progress,
  { id, atMost }: { id: string; atMost: number },
): Promise<void> {
  return database.transaction(async tx => {
    const [announcement] = await selectUndelivered(tx.capabilities, tx.db, { id })
    // Another process was at it too, and came to the end.
    if (!announcement) return
    const after = announcement.delivered_through
    const recipients = await selectRecipients(tx.db, { announcementId: id, after, atMost })
    const [actor] = await selectPeople(tx.db, [announcement.published_by_id ?? ''])
    if (!actor) throw new Error(`Nobody published announcement ${id}`)

    const object = { type: 'announcement', id }
    const to = recipients.map(recipient => recipient.user_id)
    const definitions = announcement.requires_acknowledgement === 1 ? announcementAsking : announcementTold
    notify(tx, definitions[announcement.priority], {
      to,
      actor,
      data: { announcement_id: id },
      words: announcement,
      object,
      dedupeKey: `announcement:${id}`,
    })
    await settleAcknowledged(tx, object, recipients)
    resourceChanged(tx, object.type, id, to)

    await moveOn(tx.db, {
      id,
      many: to.length,
      through: to.at(-1) ?? after,
      delivered_at: to.length < atMost ? tx.now : null,
    })
    progress.moved(tx, announcement)
  })
}

/** Who saw it in the list and acknowledged it there has nothing left to do about it. */
async function settleAcknowledged(
  tx: Tx,
  object: ObjectRef,
  recipients: readonly Recipient[],
): Promise<void> {
  const acknowledged = recipients.filter(recipient => recipient.acknowledged_at !== null)
  if (acknowledged.length === 0) return
  const people = await selectPeople(
    tx.db,
    acknowledged.map(recipient => recipient.user_id),
  )
  for (const person of people) resolve(tx, object, person, [person.id])
}
