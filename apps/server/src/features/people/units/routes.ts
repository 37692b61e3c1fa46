/** `/api/units`: how the organisation is divided. */
import { CreateUnitBody, EditUnitBody, Id, ShortListQuery, Unit, UnitPage } from '@pms/contract'
import { Message } from '@pms/protocol'
import Type from 'typebox'
import { type Caller, callerOf } from '../../../auth/caller.ts'
import type { AppDatabase } from '../../../database.ts'
import { notFound } from '../../../http/errors.ts'
import type { Http } from '../../../http/server.ts'
import { partOf } from '../../../paging.ts'
import type { UnitActions } from './actions.ts'
import { listUnits } from './queries.ts'

const tags = ['people']
const Params = Type.Object({ id: Id })

export function unitRoutes(
  api: Http,
  { database, actions }: { database: AppDatabase; actions: UnitActions },
): void {
  async function show(caller: Caller, id: string): Promise<Unit> {
    const unit = (await database.snapshot(db => listUnits(db, caller))).find(each => each.id === id)
    if (!unit) throw notFound('unit')
    return unit
  }

  api.get(
    '/api/units',
    {
      schema: {
        tags,
        summary: 'The units of the organisation, by name',
        querystring: ShortListQuery,
        response: { 200: UnitPage },
      },
    },
    async request => partOf(await database.snapshot(db => listUnits(db, callerOf(request))), request.query),
  )

  api.post(
    '/api/units',
    {
      config: { idempotent: true, refuses: ['forbidden'] },
      schema: { tags, summary: 'Add a unit', body: CreateUnitBody, response: { 201: Unit } },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const id = await actions.create(caller, request.body)
      reply.code(201)
      return show(caller, id)
    },
  )

  api.patch(
    '/api/units/:id',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Rename a unit, or put it below another',
        params: Params,
        body: EditUnitBody,
        response: { 200: Unit },
      },
    },
    async request => {
      const caller = callerOf(request)
      return show(caller, await actions.edit(caller, request.params.id, request.body))
    },
  )

  api.delete(
    '/api/units/:id',
    {
      config: { refuses: ['forbidden', 'not_empty'] },
      schema: { tags, summary: 'Delete an empty unit', params: Params, response: { 200: Message } },
    },
    async request => {
      await actions.remove(callerOf(request), request.params.id)
      return { message: 'Unit deleted' }
    },
  )
}
