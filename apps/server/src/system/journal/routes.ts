/** `/api/system/notifications`: what became of them, for those who look after the installation. */
import { Id, NotificationTrace, PersonReach, TracedPage, TracedQuery } from '@pms/contract'
import Type from 'typebox'
import { recordAudit } from '../../audit/record.ts'
import { assertMay, type Caller, callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import { notFound } from '../../http/errors.ts'
import type { Http } from '../../http/server.ts'
import type { Traces } from './traces.ts'

const Params = Type.Object({ id: Id })
const tags = ['installation']

/** Who looks again within this time has been written down already. */
const NOTED_EVERY_MS = 60 * 60 * 1_000

export function traceRoutes(
  api: Http,
  { database, traces }: { database: AppDatabase; traces: Traces },
): void {
  api.get(
    '/api/system/notifications',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Notifications of one person, newest first, without what they say',
        querystring: TracedQuery,
        response: { 200: TracedPage },
      },
    },
    async request => {
      const caller = callerOf(request)
      assertMay(caller, 'system.observe')
      await note(database, caller, request.query.user_id)
      return traces.list(caller.id, request.query)
    },
  )

  api.get(
    '/api/system/notifications/:id/trace',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'What became of a notification: on which connections it went out, and how it was read',
        params: Params,
        response: { 200: NotificationTrace },
      },
    },
    async request => {
      const caller = callerOf(request)
      assertMay(caller, 'system.observe')
      const trace = await traces.trace(caller.id, request.params.id)
      if (!trace) throw notFound('notification')
      await note(database, caller, trace.recipient.id)
      return trace
    },
  )

  api.get(
    '/api/system/people/:id/reach',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Whether news reaches a person, and what they do not want',
        params: Params,
        response: { 200: PersonReach },
      },
    },
    async request => {
      const caller = callerOf(request)
      assertMay(caller, 'system.observe')
      const reach = await traces.reach(request.params.id)
      if (!reach) throw notFound('person')
      await note(database, caller, reach.id)
      return reach
    },
  )
}

/** Writes down who looked into whose inbox. A page that shows it asks again and again: once an hour will do. */
async function note(database: AppDatabase, { id, name }: Caller, personId: string): Promise<void> {
  if (id === personId) return
  await database.transaction(async tx => {
    const before = await tx.db
      .selectFrom('audit')
      .where('object_type', '=', 'user')
      .where('object_id', '=', personId)
      .where('at', '>', new Date(Date.parse(tx.now) - NOTED_EVERY_MS).toISOString())
      .where('actor_id', '=', id)
      .where('action', '=', ACTION)
      .select('id')
      .executeTakeFirst()
    if (before) return
    const object = { type: 'user', id: personId }
    await recordAudit(tx, { actor: { id, name }, action: ACTION, object })
  })
}

const ACTION = 'trace.read'
