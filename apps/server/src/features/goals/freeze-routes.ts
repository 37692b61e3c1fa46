/** `/api/goal-freezes` */
import { FreezeQuarterBody, GoalFreeze, GoalFreezePage, GoalFreezeQuery, Id } from '@pms/contract'
import { Message } from '@pms/protocol'
import Type from 'typebox'
import { callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import { notFound } from '../../http/errors.ts'
import type { Http } from '../../http/server.ts'
import { type FreezeActions, findFreeze, listFreezes } from './freezes.ts'

const tags = ['goals']

export interface FreezeRoutesOptions {
  database: AppDatabase
  actions: FreezeActions
}

export function freezeRoutes(http: Http, { database, actions }: FreezeRoutesOptions): void {
  http.get(
    '/api/goal-freezes',
    {
      schema: {
        tags,
        summary: 'Quarters that are frozen, newest first',
        querystring: GoalFreezeQuery,
        response: { 200: GoalFreezePage },
      },
    },
    request => database.snapshot(db => listFreezes(db, callerOf(request), request.query)),
  )

  http.post(
    '/api/goal-freezes',
    {
      config: { idempotent: true, refuses: ['forbidden', 'quarter_frozen'] },
      schema: {
        tags,
        summary: 'Freeze a quarter: its goals are neither edited nor moved on',
        body: FreezeQuarterBody,
        response: { 201: GoalFreeze },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const id = await actions.freezeQuarter(caller, request.body)
      const freeze = await database.snapshot(db => findFreeze(db, caller, id))
      if (!freeze) throw notFound('freeze')
      reply.code(201)
      return freeze
    },
  )

  http.delete(
    '/api/goal-freezes/:id',
    {
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: {
        tags,
        summary: 'Unfreeze a quarter',
        params: Type.Object({ id: Id }),
        response: { 200: Message },
      },
    },
    async request => {
      await actions.unfreezeQuarter(callerOf(request), request.params.id)
      return { message: 'Quarter unfrozen' }
    },
  )
}
