/** `/api/api-keys` */
import { ApiKey, CreateKeyBody, Id, KeyPage, KeyQuery, NewApiKey } from '@pms/contract'
import Type from 'typebox'
import { assertMay, callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import type { Http } from '../../http/server.ts'
import type { KeyActions } from './actions.ts'
import { listKeys } from './queries.ts'

const tags = ['API keys']

export interface KeyRoutesOptions {
  database: AppDatabase
  clock: () => Date
  actions: KeyActions
}

export function keyRoutes(api: Http, { database, clock, actions }: KeyRoutesOptions): void {
  api.get(
    '/api/api-keys',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Keys of other systems, newest first',
        querystring: KeyQuery,
        response: { 200: KeyPage },
      },
    },
    request => {
      assertMay(callerOf(request), 'keys.manage')
      return database.snapshot(db => listKeys(db, request.query, clock().toISOString()))
    },
  )

  api.post(
    '/api/api-keys',
    {
      config: { idempotent: { secrets: ['key'] }, refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Make a key for another system',
        body: CreateKeyBody,
        response: { 201: NewApiKey },
      },
    },
    (request, reply) => {
      reply.code(201)
      return actions.createKey(callerOf(request), request.body)
    },
  )

  api.delete(
    '/api/api-keys/:id',
    {
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: {
        tags,
        summary: 'Revoke a key',
        params: Type.Object({ id: Id }),
        response: { 200: ApiKey },
      },
    },
    request => actions.revokeKey(callerOf(request), request.params.id),
  )
}
