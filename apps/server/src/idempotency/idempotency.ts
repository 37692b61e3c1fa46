/**
 * `Idempotency-Key`: a call that is sent again under its key is done once, and answered as it was at first. That it was
 * done is written in the transaction that does it, so there is no moment at which only one of the two holds; who comes
 * while it is under way waits for its end.
 */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Tx } from '../database.ts'
import { conflict } from '../http/errors.ts'
import type { Http } from '../http/server.ts'
import type { JoiningDatabase } from './joining.ts'

/** How long a key is remembered. */
export const KEPT_MS = 24 * 60 * 60 * 1000

const HEADER = 'idempotency-key'

export const IdempotencyHeaders = Type.Object({
  [HEADER]: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x21-\\x7e]+$',
      description: 'Sent again under the same key within a day, the call is not done again',
    }),
  ),
})

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * It takes an `Idempotency-Key`. Its handler returns the answer, sending nothing itself.
     * `secrets`: fields of the answer that are said once only, null when it is answered again.
     */
    idempotent?: true | { secrets: readonly string[] }
  }
}

export interface IdempotencyOptions {
  database: JoiningDatabase
  /** Id of the person or the API key that calls. */
  callerId(request: FastifyRequest): string
}

export type Once = ReturnType<typeof createOnce>

/** Every route added after this that is marked `idempotent` is done once for each key. */
export function acceptIdempotencyKeys(http: Http, once: Once): void {
  http.addHook('onRoute', route => {
    const mark = route.config?.idempotent
    if (!mark) return
    const { handler } = route
    route.schema = { ...route.schema, headers: IdempotencyHeaders }
    route.handler = function (request, reply) {
      return once(request, reply, {
        fingerprint: () => hashOf(stable({ body: request.body, query: request.query })),
        secrets: mark === true ? [] : mark.secrets,
        work: async () => handler.call(this, request, reply),
      })
    }
  })
}

interface OnceOptions<Answer> {
  /** Stands for all that was sent. Made only where there is a key. */
  fingerprint(): string
  secrets?: readonly string[]
  /** @returns the answer */
  work(): Promise<Answer>
}

/** @returns does what a call asks for, or answers what it answered when it was done */
export function createOnce({ database, callerId }: IdempotencyOptions) {
  return <Answer>(
    request: FastifyRequest,
    reply: FastifyReply,
    { fingerprint: fingerprintOf, secrets = [], work }: OnceOptions<Answer>,
  ): Promise<Answer> => {
    const { [HEADER]: key } = request.headers
    if (typeof key !== 'string') return work()
    const [path = ''] = request.url.split('?', 1)
    const fingerprint = fingerprintOf()
    const id = hashOf(JSON.stringify([callerId(request), request.method, path, key]))
    return database.inOne(async tx => {
      if (!(await isFirst(tx, id, fingerprint))) {
        const { status, answer } = await firstAnswer(tx, id, fingerprint)
        reply.code(status).header('idempotency-replayed', 'true')
        return JSON.parse(answer) as Answer
      }
      const answer = await withoutSending(reply, work)
      await tx.db
        .updateTable('idempotent_calls')
        .set({ status: reply.statusCode, answer: JSON.stringify(without(secrets, answer)) })
        .where('id', '=', id)
        .execute()
      return answer
    })
  }
}

/** Whether nobody made this call before. Who makes it at the same time waits, and was not the first. */
async function isFirst(tx: Tx, id: string, fingerprint: string): Promise<boolean> {
  const limit = new Date(Date.parse(tx.now) - KEPT_MS).toISOString()
  await tx.db.deleteFrom('idempotent_calls').where('id', '=', id).where('created_at', '<=', limit).execute()
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('idempotent_calls')
    .values({ id, fingerprint, status: 0, answer: 'null', created_at: tx.now })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** @throws 409 when it was another call than this */
async function firstAnswer(tx: Tx, id: string, fingerprint: string) {
  const row = await tx.db
    .selectFrom('idempotent_calls')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (row.fingerprint !== fingerprint) {
    throw conflict('This Idempotency-Key was used for a call with another body', {
      code: 'idempotency_mismatch',
    })
  }
  return row
}

/** An answer that leaves before the commit could tell of what never happened. */
async function withoutSending<Answer>(reply: FastifyReply, work: () => Promise<Answer>): Promise<Answer> {
  reply.send = () => {
    throw new Error('A call that takes an Idempotency-Key returns its answer and does not send it')
  }
  try {
    return await work()
  } finally {
    Reflect.deleteProperty(reply, 'send')
  }
}

function without(secrets: readonly string[], answer: unknown): unknown {
  if (secrets.length === 0) return answer
  return { ...(answer as object), ...Object.fromEntries(secrets.map(name => [name, null])) }
}

/** The same text for the same value, in whatever order its fields came. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
