/** Reading announcements, as the caller may see them. */
import type {
  AcknowledgementPage,
  AcknowledgementQuery,
  Announcement,
  AnnouncementPage,
  AnnouncementQuery,
} from '@pms/contract'
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import { contains } from '../../contains.ts'
import type { Tables } from '../../database.ts'
import { pageOf } from '../../paging.ts'
import { concerns, isPublisher, relationTo, seenBy } from './audience.ts'
import { allowedActions } from './policy.ts'

type Db = Kysely<Tables>

/** Announcements that this query selects among those the caller may see, newest first. */
export async function listAnnouncements(
  db: Db,
  caller: Caller,
  { scope, status, search, skip, limit }: AnnouncementQuery,
): Promise<AnnouncementPage> {
  const selected = db
    .selectFrom('announcements')
    .where(eb => seenBy(eb, db, caller))
    .$if(scope === 'mine', query => query.where(eb => concerns(eb, db, caller)))
    .$if(scope === 'waiting', query => query.where('announcements.id', 'in', waitingFor(db, caller)))
    .$if(status !== undefined, query => query.where('announcements.status', '=', status ?? 'PUBLISHED'))
    .$if(search !== undefined, query =>
      query.where(eb => contains(eb.ref('announcements.title'), search ?? '')),
    )
  const { count } = await selected
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const total = Number(count)
  const rows = await withNames(selected, caller)
    .orderBy(({ fn }) => fn.coalesce('announcements.published_at', 'announcements.created_at'), 'desc')
    .orderBy('announcements.id', 'desc')
    .offset(skip)
    .limit(limit)
    .execute()
  return pageOf(
    rows.map(row => toAnnouncement(row, caller)),
    total,
    skip,
  )
}

/** One announcement; undefined when it is not there or not the caller's to see. */
export async function findAnnouncement(
  db: Db,
  caller: Caller,
  id: string,
): Promise<Announcement | undefined> {
  const one = db
    .selectFrom('announcements')
    .where('announcements.id', '=', id)
    .where(eb => seenBy(eb, db, caller))
  const row = await withNames(one, caller).executeTakeFirst()
  return row && toAnnouncement(row, caller)
}

/** All that ask this caller to acknowledge them, the oldest first. */
export async function waitingAnnouncements(db: Db, caller: Caller): Promise<Announcement[]> {
  const waiting = db.selectFrom('announcements').where('announcements.id', 'in', waitingFor(db, caller))
  const rows = await withNames(waiting, caller).orderBy('announcements.published_at').execute()
  return rows.map(row => toAnnouncement(row, caller))
}

/** Who was asked to acknowledge it: nobody if it asks for nothing. The answer is for those who publish. */
export async function listAcknowledgements(
  db: Db,
  { id, requires_acknowledgement: asks, progress }: Announcement,
  { status, search, skip, limit }: AcknowledgementQuery,
): Promise<AcknowledgementPage> {
  const selected = db
    .selectFrom('announcement_recipients as recipient')
    .innerJoin('users', 'users.id', 'recipient.user_id')
    .where('recipient.announcement_id', '=', id)
    .where(({ lit }) => lit(asks))
    .$if(status === 'acknowledged', query => query.where('recipient.acknowledged_at', 'is not', null))
    .$if(status === 'waiting', query => query.where('recipient.acknowledged_at', 'is', null))
    .$if(search !== undefined, query => query.where(eb => contains(eb.ref('users.name'), search ?? '')))
  const { count } = await selected
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const total = Number(count)
  const rows = await selected
    .select(['users.id', 'users.name', 'recipient.acknowledged_at'])
    .orderBy(sql`recipient.acknowledged_at is null`)
    .orderBy('recipient.acknowledged_at', 'desc')
    .orderBy('users.name')
    .orderBy('users.id')
    .offset(skip)
    .limit(limit)
    .execute()
  const items = rows.map(({ acknowledged_at, ...person }) => ({ person, acknowledged_at }))
  return {
    ...pageOf(items, total, skip),
    asked: asks ? (progress?.recipients ?? 0) : 0,
    acknowledged: progress?.acknowledged ?? 0,
  }
}

/** Ids of those that await the caller's acknowledgement, for use inside a query. */
function waitingFor(db: Db, caller: Caller) {
  return db
    .selectFrom('announcement_recipients as asked')
    .innerJoin('announcements as asking', 'asking.id', 'asked.announcement_id')
    .where('asked.user_id', '=', caller.id)
    .where('asked.acknowledged_at', 'is', null)
    .where('asking.requires_acknowledgement', '=', 1)
    .select('asking.id')
    .$asScalar()
}

/** Adds the names that an announcement is shown with, and the caller's own row among its recipients. */
function withNames<O>(announcements: SelectQueryBuilder<Tables, 'announcements', O>, caller: Caller) {
  return announcements
    .innerJoin('users as author', 'author.id', 'announcements.author_id')
    .leftJoin('users as publisher', 'publisher.id', 'announcements.published_by_id')
    .leftJoin('org_units as unit', 'unit.id', 'announcements.unit_id')
    .leftJoin('announcement_recipients as own', join =>
      join.onRef('own.announcement_id', '=', 'announcements.id').on('own.user_id', '=', caller.id),
    )
    .selectAll('announcements')
    .select([
      'author.name as author_name',
      'publisher.name as publisher_name',
      'unit.name as unit_name',
      'own.user_id as own_id',
      'own.acknowledged_at as acknowledged_at',
    ])
}

type NamedAnnouncement = Tables['announcements'] & {
  author_name: string
  publisher_name: string | null
  unit_name: string | null
  own_id: string | null
  acknowledged_at: string | null
}

function toAnnouncement(row: NamedAnnouncement, caller: Caller): Announcement {
  const relation = relationTo(caller, row, row.own_id === null ? undefined : row)
  return {
    id: row.id,
    title: row.title,
    body: row.body,
    priority: row.priority,
    status: row.status,
    audience: row.audience,
    unit: row.unit_id !== null && row.unit_name !== null ? { id: row.unit_id, name: row.unit_name } : null,
    role: row.role,
    requires_acknowledgement: row.requires_acknowledgement === 1,
    author: { id: row.author_id, name: row.author_name },
    published_by:
      row.published_by_id !== null ? { id: row.published_by_id, name: row.publisher_name ?? '' } : null,
    published_at: row.published_at,
    progress:
      isPublisher(caller) && row.status === 'PUBLISHED'
        ? {
            recipients: row.recipient_count,
            delivered: row.delivered_count,
            acknowledged: row.acknowledged_count,
          }
        : null,
    acknowledged_at: row.acknowledged_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
    allowed_actions: allowedActions(relation, row),
  }
}
