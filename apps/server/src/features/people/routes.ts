/** `/api/users` and `/api/units`: the organisation, for everybody in it. */
import { Id, SetRoleBody, SetStatusBody, UnitPage, UserPage, UserProfile, UserQuery } from '@pms/contract'
import Type from 'typebox'
import { type Caller, callerOf } from '../../auth/caller.ts'
import type { Day } from '../../calendar.ts'
import type { AppDatabase, Tx } from '../../database.ts'
import { notFound } from '../../http/errors.ts'
import type { Http } from '../../http/server.ts'
import { setRole, setStatus } from './actions.ts'
import { listUsers, userProfile } from './queries.ts'
import { listUnits } from './units/queries.ts'

const tags = ['people']
const Params = Type.Object({ id: Id })

export function peopleRoutes(
  api: Http,
  { database, today }: { database: AppDatabase; today: () => Day },
): void {
  async function show(caller: Caller, id: string): Promise<UserProfile> {
    const profile = await database.snapshot(db => userProfile(db, today(), caller, id))
    if (!profile) throw notFound('user')
    return profile
  }

  api.get(
    '/api/users',
    { schema: { tags, summary: 'People, by name', querystring: UserQuery, response: { 200: UserPage } } },
    async request => {
      const caller = callerOf(request)
      return database.snapshot(db => listUsers(db, caller, request.query))
    },
  )

  api.get(
    '/api/users/:id',
    { schema: { tags, summary: 'One person', params: Params, response: { 200: UserProfile } } },
    request => show(callerOf(request), request.params.id),
  )

  /** The person as they are after a change. */
  const changed = async (
    caller: Caller,
    id: string,
    change: (tx: Tx) => Promise<void>,
  ): Promise<UserProfile> => {
    await database.transaction(change)
    return show(caller, id)
  }

  api.put(
    '/api/users/:id/status',
    {
      schema: {
        tags,
        summary: 'Let somebody work, go on leave, or keep them out',
        params: Params,
        body: SetStatusBody,
        response: { 200: UserProfile },
      },
    },
    async request => {
      const { id } = request.params
      return changed(callerOf(request), id, tx => setStatus(tx, callerOf(request), id, request.body.status))
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
        response: { 200: UserProfile },
      },
    },
    async request => {
      const { id } = request.params
      return changed(callerOf(request), id, tx => setRole(tx, callerOf(request), id, request.body.role))
    },
  )

  api.get(
    '/api/units',
    { schema: { tags, summary: 'All units of the organisation, by name', response: { 200: UnitPage } } },
    async request => {
      const items = await database.snapshot(db => listUnits(db, callerOf(request)))
      return { items, total: items.length, next_cursor: null }
    },
  )
}
