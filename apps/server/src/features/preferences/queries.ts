/** Reading what somebody wants. */
import type { MutedThing, NotificationPreferences } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database.ts'
import { type KnownType, registeredTypes } from './types.ts'

/** @param builtIn the types of the product */
export async function readPreferences(
  db: Kysely<Tables>,
  userId: string,
  builtIn: readonly KnownType[],
): Promise<NotificationPreferences> {
  const rows = await db
    .selectFrom('notification_preferences')
    .selectAll()
    .where('user_id', '=', userId)
    .execute()
  const said = new Map(rows.map(row => [row.type, row]))
  const types = [...builtIn, ...(await registeredTypes(db))].map(known => {
    const { in_app = 1, sound = 1, desktop = 1 } = said.get(known.type) ?? {}
    return {
      ...known,
      in_app: in_app === 1 || known.needs_action === 'always',
      sound: sound === 1,
      desktop: desktop === 1,
    }
  })
  return { types, muted_things: await mutedThings(db, userId) }
}

async function mutedThings(db: Kysely<Tables>, userId: string): Promise<MutedThing[]> {
  const rows = await db
    .selectFrom('muted_things')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('muted_at', 'desc')
    .orderBy('object_id')
    .execute()
  return rows.map(({ object_type: type, object_id: id, message, action_url, muted_at }) => ({
    type,
    id,
    message,
    action_url,
    muted_at,
  }))
}
