/** `/api/users` and `/api/units`: the organisation, for everybody in it. */
import { Id, SetRoleBody, SetStatusBody, UnitPage, User, UserPage, UserQuery } from '@pms/contract'
import Type from 'typebox'
import { callerOf } from '../../auth/caller.ts'
import type { AppDatabase, Tx } from '../../database.ts'
import { notFound } from '../../http/errors.ts'
import type { Http } from '../../http/server.ts'
import { setRole, setStatus } from './actions.ts'
import { findUser, listUnits, listUsers } from './queries.ts'

const tags = ['people']
const Params = Type.Object({ id: Id })

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
    { schema: { tags, summary: 'One person', params: Params, response: { 200: User } } },
    async request => {
      const user = await findUser(database.db, request.params.id)
      if (!user) throw notFound('user')
      return user
    },
  )

  /** The person as they are after a change. */
  const changed = async (id: string, change: (tx: Tx) => Promise<void>): Promise<User> => {
    await database.transaction(change)
    const user = await findUser(database.db, id)
    if (!user) throw notFound('user')
    return user
  }

  api.put(
    '/api/users/:id/status',
    {
      schema: {
        tags,
        summary: 'Let somebody work, go on leave, or keep them out',
        params: Params,
        body: SetStatusBody,
        response: { 200: User },
      },
    },
    async request => {
      const { id } = request.params
      return changed(id, tx => setStatus(tx, callerOf(request), id, request.body.status))
    },
  )

  api.put(
    '/api/users/:id/role',
    {
      schema: {
        tags,
        summary: 'Give somebody another role',
        params: Params,
        body: SetRoleBody,
        response: { 200: User },
      },
    },
    async request => {
      const { id } = request.params
      return changed(id, tx => setRole(tx, callerOf(request), id, request.body.role))
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
