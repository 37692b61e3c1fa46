/** `/api/auth/sessions`: where the caller is signed in. */
import { Id, SessionPage, ShortListQuery } from '@pms/contract'
import { Message } from '@pms/protocol'
import Type from 'typebox'
import type { AppDatabase } from '../database.ts'
import type { Http } from '../http/server.ts'
import { partOf } from '../paging.ts'
import { callerOf } from './caller.ts'
import { endOneSession, endOtherSessions, listSessions } from './sessions-list.ts'

const tags = ['auth']

export function sessionRoutes(
  api: Http,
  { database, clock }: { database: AppDatabase; clock: () => Date },
): void {
  api.get(
    '/api/auth/sessions',
    {
      schema: {
        tags,
        summary: 'Where I am signed in',
        querystring: ShortListQuery,
        response: { 200: SessionPage },
      },
    },
    async request => {
      const now = clock().toISOString()
      return partOf(await database.snapshot(db => listSessions(db, callerOf(request), now)), request.query)
    },
  )

  api.delete(
    '/api/auth/sessions/:id',
    {
      schema: {
        tags,
        summary: 'Sign out there',
        params: Type.Object({ id: Id }),
        response: { 200: Message },
      },
    },
    async request => {
      await endOneSession(database, callerOf(request), request.params.id)
      return { message: 'Signed out there' }
    },
  )

  api.delete(
    '/api/auth/sessions',
    { schema: { tags, summary: 'Sign out everywhere but here', response: { 200: Message } } },
    async request => {
      const count = await database.transaction(tx => endOtherSessions(tx, callerOf(request)))
      return { message: `${count} sessions ended` }
    },
  )
}
