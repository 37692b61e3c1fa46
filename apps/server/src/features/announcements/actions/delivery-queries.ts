/** What bringing an announcement to inboxes asks of the database, again and again. */
import { prepared, preparedByEngine } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import type { Tables } from '../../../database.ts'
import type { AnnouncementRecipientTable } from '../tables.ts'

/** Published, and not with everybody yet; the oldest first. */
export const selectOnTheirWay = prepared((db: Kysely<Tables>, _values: object) =>
  db
    .selectFrom('announcements')
    .select('id')
    .where('status', '=', 'PUBLISHED')
    .where('delivered_at', 'is', null)
    .orderBy('published_at')
    .orderBy('id'),
)

/** One of them, held. */
export const selectUndelivered = preparedByEngine(
  ({ lockRows }) =>
    (db: Kysely<Tables>, { id }: { id: string }) => {
      const undelivered = db.selectFrom('announcements').selectAll().where('delivered_at', 'is', null)
      return lockRows(undelivered.where('id', '=', id))
    },
)

export type Recipient = Pick<AnnouncementRecipientTable, 'user_id' | 'acknowledged_at'>

interface Part {
  announcementId: string
  /** The last of those who have it. */
  after: string
  atMost: number
}

export const selectRecipients = prepared((db: Kysely<Tables>, { announcementId, after, atMost }: Part) =>
  db
    .selectFrom('announcement_recipients')
    .select(['user_id', 'acknowledged_at'])
    .where('announcement_id', '=', announcementId)
    .where('user_id', '>', after)
    .orderBy('user_id')
    .limit(atMost),
)

export const selectPeople = prepared((db: Kysely<Tables>, ids: readonly string[]) =>
  db.selectFrom('users').select(['id', 'name']).where('id', 'in', ids),
)

interface Moved {
  id: string
  many: number
  through: string
  delivered_at: string | null
}

export const moveOn = prepared((db: Kysely<Tables>, { id, many, through, delivered_at }: Moved) =>
  db
    .updateTable('announcements')
    .set(({ eb }) => ({
      delivered_count: eb('delivered_count', '+', many),
      delivered_through: through,
      delivered_at,
    }))
    .where('id', '=', id),
)
