/** Saying what one wants. Everybody for themselves, so nothing here asks who may. */
import type { MuteThingBody, SetPreferencesBody } from '@pms/contract'
import { resourceChanged } from '@pms/notifier'
import type { Caller } from '../../auth/caller.ts'
import type { AppDatabase, Tx } from '../../database.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { type KnownType, registeredTypes } from './types.ts'

export type PreferenceActions = ReturnType<typeof preferenceActions>

/** @param builtIn the types of the product */
export function preferenceActions(database: AppDatabase, builtIn: readonly KnownType[]) {
  return {
    setPreferences: (caller: Caller, body: SetPreferencesBody): Promise<void> =>
      database.transaction(async tx => {
        const known = new Map([...builtIn, ...(await registeredTypes(tx.db))].map(each => [each.type, each]))
        for (const [type, { in_app }] of Object.entries(body)) {
          const found = known.get(type)
          if (!found) throw unprocessable(type || 'body', `${type || 'A blank'} is no type of notification`)
          if (in_app === false && found.needs_action === 'always')
            throw unprocessable(`${type}.in_app`, `${type} asks you for something, so it cannot be muted`)
        }
        for (const [type, changes] of Object.entries(body)) await set(tx, caller, type, changes)
        tell(tx, caller)
      }),

    /** From now on nothing about it but what asks for something. Muting it again changes nothing. */
    muteThing: (caller: Caller, { notification_id }: MuteThingBody): Promise<void> =>
      database.transaction(async tx => {
        const notification = await tx.db
          .selectFrom('notifications')
          .select(['object_type', 'object_id', 'message', 'action_url'])
          .where('id', '=', notification_id)
          .where('user_id', '=', caller.id)
          .where('deleted_at', 'is', null)
          .executeTakeFirst()
        if (!notification) throw notFound('notification')
        const { object_type, object_id, message, action_url } = notification
        if (object_type === null || object_id === null)
          throw unprocessable('notification_id', 'This notification is about nothing that could be muted')
        await tx.db
          .insertInto('muted_things')
          .values({ user_id: caller.id, object_type, object_id, message, action_url, muted_at: tx.now })
          .onConflict(conflict => conflict.doNothing())
          .execute()
        tell(tx, caller)
      }),

    unmuteThing: (caller: Caller, object: { type: string; id: string }): Promise<void> =>
      database.transaction(async tx => {
        await tx.db
          .deleteFrom('muted_things')
          .where('user_id', '=', caller.id)
          .where('object_type', '=', object.type)
          .where('object_id', '=', object.id)
          .execute()
        tell(tx, caller)
      }),
  }
}

async function set(tx: Tx, { id }: Caller, type: string, changes: SetPreferencesBody[string]): Promise<void> {
  const said = Object.fromEntries(Object.entries(changes).map(([channel, on]) => [channel, Number(on)]))
  const everything = { user_id: id, type, in_app: 1, sound: 1, desktop: 1 }
  await tx.db
    .insertInto('notification_preferences')
    .values({ ...everything, ...said })
    // Where nothing was said of it the row stays as it is.
    .onConflict(conflict => conflict.columns(['user_id', 'type']).doUpdateSet({ type, ...said }))
    .execute()
}

/** The other pages of this person show the same. */
function tell(tx: Tx, { id }: Caller): void {
  resourceChanged(tx, 'notification_preferences', id, [id])
}
