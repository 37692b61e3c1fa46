/** Who wants no such notification: what the engine asks before it makes one. */
import type { ObjectRef } from '@pms/notifier'
import { type NotificationKind, prepared } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database.ts'

/** Those of these people who do not want this type in their inbox, or muted the thing it is about. */
export async function unwantedBy(
  db: Kysely<Tables>,
  userIds: readonly string[],
  { type, object }: NotificationKind,
): Promise<string[]> {
  const rows = await (object ? notWanted(db, { userIds, type, object }) : mutedType(db, { userIds, type }))
  return rows.map(row => row.user_id)
}

const withoutType = (db: Kysely<Tables>, { userIds, type }: { userIds: readonly string[]; type: string }) =>
  db
    .selectFrom('notification_preferences')
    .select('user_id')
    .where('user_id', 'in', userIds)
    .where('type', '=', type)
    .where('in_app', '=', 0)

const mutedType = prepared(withoutType)

const notWanted = prepared(
  (
    db: Kysely<Tables>,
    { userIds, type, object }: { userIds: readonly string[]; type: string; object: ObjectRef },
  ) =>
    withoutType(db, { userIds, type }).union(
      db
        .selectFrom('muted_things')
        .select('user_id')
        .where('user_id', 'in', userIds)
        .where('object_type', '=', object.type)
        .where('object_id', '=', object.id),
    ),
)
