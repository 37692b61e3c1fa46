/** `/api/users` and `/api/units`: the organisation, for everybody in it. */
import { Id, UnitPage, User, UserPage, UserQuery } from '@pms/contract'
import Type from 'typebox'
import { callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import { notFound } from '../../http/errors.ts'
import type { Http } from '../../http/server.ts'
import { findUser, listUnits, listUsers } from './queries.ts'

const tags = ['people']

export function peopleRoutes(api: Http, { database }: { database: AppDatabase }): void {
  api.get(
    '/api/users',
    { schema: { tags, summary: 'People, by name', querystring: UserQuery, response: { 200: UserPage } } },
    async request => {
      const caller = callerOf(request)
      const filter = {
        ...request.query,
        callerId: caller.id,
        withArchived: caller.permissions.has('users.manage'),
      }
      return database.snapshot(db => listUsers(db, filter))
    },
  )

  api.get(
    '/api/users/:id',
    { schema: { tags, summary: 'One person', params: Type.Object({ id: Id }), response: { 200: User } } },
    async request => {
      const user = await findUser(database.db, request.params.id)
      if (!user) throw notFound('user')
      return user
    },
  )

  api.get(
    '/api/units',
    { schema: { tags, summary: 'All units of the organisation, by name', response: { 200: UnitPage } } },
    async () => {
      const items = await listUnits(database.db)
      return { items, total: items.length, next_cursor: null }
    },
  )
}
