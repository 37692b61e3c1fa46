/** `/api/preferences/*`: everybody's own. */
import { MuteThingBody, NotificationPreferences, SetPreferencesBody } from '@pms/contract'
import Type from 'typebox'
import { type Caller, callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import type { Http } from '../../http/server.ts'
import type { PreferenceActions } from './actions.ts'
import { readPreferences } from './queries.ts'
import type { KnownType } from './types.ts'

const MutedParams = Type.Object({
  type: Type.String({ maxLength: 100, description: 'What kind of thing, such as goal' }),
  id: Type.String({ maxLength: 100, description: 'Which of them' }),
})
const shown = { tags: ['preferences'], response: { 200: NotificationPreferences } }

export interface PreferenceRoutesOptions {
  database: AppDatabase
  /** The types of the product. */
  builtIn: readonly KnownType[]
  actions: PreferenceActions
}

export function preferenceRoutes(api: Http, { database, builtIn, actions }: PreferenceRoutesOptions): void {
  /** What every verb answers: all of it, as it is after it. */
  const show = (caller: Caller) => database.snapshot(db => readPreferences(db, caller.id, builtIn))

  api.get(
    '/api/preferences/notifications',
    {
      schema: { summary: 'All types of notifications, what raises them, and what I want of them', ...shown },
    },
    request => show(callerOf(request)),
  )

  api.put(
    '/api/preferences/notifications',
    { schema: { summary: 'Say what I want of some types', body: SetPreferencesBody, ...shown } },
    async request => {
      await actions.setPreferences(callerOf(request), request.body)
      return show(callerOf(request))
    },
  )

  api.put(
    '/api/preferences/muted-things',
    {
      config: { refuses: ['not_found'] },
      schema: { summary: 'Hear no more about what a notification is about', body: MuteThingBody, ...shown },
    },
    async request => {
      await actions.muteThing(callerOf(request), request.body)
      return show(callerOf(request))
    },
  )

  api.delete(
    '/api/preferences/muted-things/:type/:id',
    {
      schema: {
        summary: 'Hear about it again',
        params: MutedParams,
        ...shown,
      },
    },
    async request => {
      await actions.unmuteThing(callerOf(request), request.params)
      return show(callerOf(request))
    },
  )
}
