/** `/api/delegations`: who stands in for whom, and when. */
import { CreateDelegationBody, Delegation, DelegationPage, DelegationQuery, Id } from '@pms/contract'
import { Message } from '@pms/protocol'
import Type from 'typebox'
import { callerOf } from '../../../auth/caller.ts'
import type { Day } from '../../../calendar.ts'
import type { AppDatabase } from '../../../database.ts'
import { notFound } from '../../../http/errors.ts'
import type { Http } from '../../../http/server.ts'
import type { DelegationActions } from './actions.ts'
import { findDelegation, listDelegations } from './queries.ts'

const tags = ['people']
const Params = Type.Object({ id: Id })

export interface DelegationRoutesOptions {
  database: AppDatabase
  today: () => Day
  actions: DelegationActions
}

export function delegationRoutes(api: Http, { database, today, actions }: DelegationRoutesOptions): void {
  api.get(
    '/api/delegations',
    {
      schema: {
        tags,
        summary: 'Who stands in for whom: those of the caller, or all for who keeps accounts',
        querystring: DelegationQuery,
        response: { 200: DelegationPage },
      },
    },
    request => database.snapshot(db => listDelegations(db, today(), callerOf(request), request.query)),
  )

  api.post(
    '/api/delegations',
    {
      config: { idempotent: true, refuses: ['forbidden', 'not_found', 'wrong_state', 'overlap'] },
      schema: {
        tags,
        summary: 'Name who decides in one’s place while away',
        body: CreateDelegationBody,
        response: { 201: Delegation },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const id = await actions.create(caller, request.body)
      const delegation = await database.snapshot(db => findDelegation(db, today(), caller, id))
      if (!delegation) throw notFound('delegation')
      reply.code(201)
      return delegation
    },
  )

  api.delete(
    '/api/delegations/:id',
    {
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: { tags, summary: 'Take a delegation back', params: Params, response: { 200: Message } },
    },
    async request => {
      await actions.cancel(callerOf(request), request.params.id)
      return { message: 'Delegation cancelled' }
    },
  )
}
