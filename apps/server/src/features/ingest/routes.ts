/** `/api/notification-types`, for those who keep keys, and `POST /api/notifications`, for other systems. */
import {
  CreateTypeBody,
  NotificationType,
  RaiseBody,
  RaiseResult,
  ReplaceTypeBody,
  TypeName,
  TypePage,
  TypeQuery,
} from '@pms/contract'
import type { Actor } from '@pms/notifier'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { assertMay, callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import type { Http } from '../../http/server.ts'
import type { RaiseActions } from './actions.ts'
import { listTypes, type TypeActions } from './types.ts'

const tags = ['other systems']

/** A thousand recipients and their data. */
const MAX_BODY_BYTES = 1_048_576

export function typeRoutes(
  api: Http,
  { database, actions }: { database: AppDatabase; actions: TypeActions },
): void {
  api.get(
    '/api/notification-types',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Types that other systems may raise, newest first',
        querystring: TypeQuery,
        response: { 200: TypePage },
      },
    },
    request => {
      assertMay(callerOf(request), 'keys.manage')
      return database.snapshot(db => listTypes(db, request.query))
    },
  )

  api.post(
    '/api/notification-types',
    {
      config: { idempotent: true, refuses: ['forbidden', 'type_taken'] },
      schema: { tags, summary: 'Register a type', body: CreateTypeBody, response: { 201: NotificationType } },
    },
    (request, reply) => {
      reply.code(201)
      return actions.createType(callerOf(request), request.body)
    },
  )

  api.put(
    '/api/notification-types/:type',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Say it otherwise from now on',
        params: Type.Object({ type: TypeName }),
        body: ReplaceTypeBody,
        response: { 200: NotificationType },
      },
    },
    request => actions.replaceType(callerOf(request), request.params.type, request.body),
  )
}

/** @param sourceOf the system that calls */
export function raiseRoutes(
  api: Http,
  { actions, sourceOf }: { actions: RaiseActions; sourceOf(request: FastifyRequest): Actor },
): void {
  api.post(
    '/api/notifications',
    {
      bodyLimit: MAX_BODY_BYTES,
      preValidation: async request => {
        request.body = withList(request.body) as RaiseBody
      },
      config: { scope: 'notifications.create', idempotent: true },
      schema: {
        tags,
        summary: 'Tell people something, by an API key',
        body: RaiseBody,
        response: { 201: RaiseResult },
      },
    },
    (request, reply) => {
      reply.code(201)
      return actions.raise(sourceOf(request), request.body)
    },
  )
}

/** A single recipient is a list of one. */
function withList(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('to' in body)) return body
  const { to } = body
  return typeof to === 'object' && to !== null && !Array.isArray(to) ? { ...body, to: [to] } : body
}
