/**
 * Bringing published announcements to inboxes, some of them at a time. How far it has come is written with the
 * notifications themselves, so whoever goes on after a crash knows exactly who has it.
 */
import { setImmediate as others } from 'node:timers/promises'
import { notify, type ObjectRef, resolve, resourceChanged } from '@pms/notifier'
import type { AppDatabase, Tx } from '../../../database.ts'
import type { Job } from '../../../jobs/job.ts'
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

/**
 * The most inboxes that one transaction holds: few enough that nobody else waits for long, and many enough that what
 * each transaction costs is shared by many.
 */
const AT_ONCE = 150

/** A call takes several turns of the event loop: whoever came meanwhile is through before the next part begins. */
const TURNS_FOR_OTHERS = 8

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
          for (let turn = 0; turn < TURNS_FOR_OTHERS; turn++) await others()
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

function deliverSome(database: AppDatabase, progress: Progress, id: string): Promise<void> {
  return database.transaction(async tx => {
    const [announcement] = await selectUndelivered(tx.capabilities, tx.db, { id })
    // Another process was at it too, and came to the end.
    if (!announcement) return
    const after = announcement.delivered_through
    const recipients = await selectRecipients(tx.db, { announcementId: id, after, atMost: AT_ONCE })
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
      delivered_at: to.length < AT_ONCE ? tx.now : null,
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
