/** Opening an announcement for an action, and writing what the action did: the two halves that all verbs share. */
import type { AnnouncementAction } from '@pms/contract'
import { resourceChanged } from '@pms/notifier'
import { recordAudit } from '../../audit/record.ts'
import type { Caller } from '../../auth/caller.ts'
import type { Tx } from '../../database.ts'
import { conflict, forbidden, notFound } from '../../http/errors.ts'
import type { Organisation } from '../../organisation.ts'
import { relationTo, seenBy } from './audience.ts'
import { ANNOUNCEMENT_RULES } from './policy.ts'
import type { AnnouncementTable } from './tables.ts'

const REFUSALS: Record<AnnouncementAction, string> = {
  edit: 'Only who publishes announcements can edit this one',
  delete: 'Only who publishes announcements can delete this one',
  publish: 'Only who publishes announcements can publish this one',
  acknowledge: 'You were not asked to acknowledge this announcement',
}

/** Holds its row for this caller to act on: 404 when not theirs to see, 403 not to do, 409 not now. */
export async function openAnnouncement(
  tx: Tx,
  caller: Caller,
  id: string,
  action: AnnouncementAction,
): Promise<AnnouncementTable> {
  const announcement = await tx.capabilities
    .lockRows(
      tx.db
        .selectFrom('announcements')
        .selectAll()
        .where('id', '=', id)
        .where(eb => seenBy(eb, tx.db, caller)),
    )
    .executeTakeFirst()
  if (!announcement) throw notFound('announcement')
  const mine = await tx.db
    .selectFrom('announcement_recipients')
    .select('acknowledged_at')
    .where('announcement_id', '=', id)
    .where('user_id', '=', caller.id)
    .executeTakeFirst()
  const relation = relationTo(caller, announcement, mine)
  const { from, who, isDone } = ANNOUNCEMENT_RULES[action]
  if (!who(relation)) throw forbidden(REFUSALS[action])
  const { status } = announcement
  if (!from.includes(status)) throw conflict(await whyNot(tx, announcement), { currentStatus: status })
  if (isDone?.(relation))
    throw conflict('You have acknowledged this announcement already', { currentStatus: status })
  return announcement
}

/** Leaves a step in the audit trail, and tells the open pages of those who look after announcements. */
export async function recordStep(
  tx: Tx,
  caller: Caller,
  people: Organisation,
  { id }: AnnouncementTable,
  event: 'created' | 'edited' | 'deleted' | 'published',
  detail: Record<string, unknown> = {},
): Promise<void> {
  const object = { type: 'announcement', id }
  await recordAudit(tx, { actor: caller, action: `announcement.${event}`, object, detail })
  resourceChanged(tx, object.type, id, [
    caller.id,
    ...(await people.holdersOf(tx.db, 'announcements.publish')),
  ])
}

async function whyNot(tx: Tx, { status, published_by_id }: AnnouncementTable): Promise<string> {
  const publisher = await tx.db
    .selectFrom('users')
    .select('name')
    .where('id', '=', published_by_id)
    .executeTakeFirst()
  return publisher
    ? `This announcement was published by ${publisher.name} and is ${status} now`
    : `This announcement is ${status}`
}
