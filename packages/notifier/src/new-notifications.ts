/**
 * Putting one notification into many inboxes. What they have in common is given once: binding values, and not writing
 * rows, is what most of such an insertion would cost.
 */
import { type Kysely, sql } from 'kysely'
import type { Capabilities } from './database/capabilities.ts'
import { preparedByEngine } from './database/prepared.ts'
import type { NotificationTable, NotifierTables } from './database/tables.ts'
import type { Draft } from './intents.ts'

/** What differs from one recipient to the next. A row begins at the version by which it was made. */
export type Place = Pick<NotificationTable, 'id' | 'user_id' | 'seq'>

/** What has happened to a notification that is new: nothing. */
export const UNTOUCHED = {
  read_at: null,
  read_version: null,
  resolved_at: null,
  resolved_by_name: null,
  deleted_at: null,
} satisfies Partial<NotificationTable>

interface NewNotifications {
  common: Draft & Pick<NotificationTable, 'created_at'>
  places: readonly Place[]
}

type Column = keyof NewNotifications['common']

export const insertNotifications = preparedByEngine(
  ({ json, timestamp }: Capabilities) =>
    (db: Kysely<NotifierTables>, { common, places }: NewNotifications) => {
      const columns = Object.keys(common) as Column[]
      const types: { [name in Column]?: string } = {
        data: json,
        created_at: timestamp,
        needs_action: 'integer',
      }
      const rows = places.map(({ id, user_id, seq }) => sql`(${id}, ${user_id}, cast(${seq} as bigint))`)
      return db
        .with('place(id, user_id, seq)', () => sql<Place>`(values ${sql.join(rows)})`)
        .insertInto('notifications')
        .columns(['id', 'user_id', 'seq', 'version', ...columns])
        .expression(
          sql`select id, user_id, seq, seq, ${sql.join(
            columns.map(name => sql`cast(${common[name]} as ${sql.raw(types[name] ?? 'text')})`),
          )} from place`,
        )
    },
)
