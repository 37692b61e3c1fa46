/** Calls made by a key: whose key it is, and that it is good for what is called. No key opens what is a person's. */
import type { KeyScope } from '@pms/contract'
import { prepared } from '@pms/notifier/database'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { readBearer } from '../../auth/caller.ts'
import type { AppDatabase, Tables } from '../../database.ts'
import { badToken, forbidden, notSignedIn } from '../../http/errors.ts'
import type { RateLimit } from '../../http/limits.ts'
import { noteCaller } from '../../http/logging.ts'
import { networkOf } from '../../http/networks.ts'
import { NO_PAGE } from '../../http/security.ts'
import type { Http } from '../../http/server.ts'
import { scopesOf, statusOf } from './queries.ts'
import { isSecret, readKey } from './secret.ts'

/** That a key was used is written down this often at most. */
const NOTED_EVERY_MS = 60_000

/** The system behind a call. */
export interface KeyCaller {
  id: string
  name: string
  scopes: readonly KeyScope[]
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** It takes an API key that is good for this, and nothing else. */
    scope?: KeyScope
  }
}

const callers = new WeakMap<FastifyRequest, KeyCaller>()

/** Which key makes this call; undefined where a person does. */
export function keyOf(request: FastifyRequest): KeyCaller | undefined {
  return callers.get(request)
}

/** The same on routes that take nothing but keys. */
export function keyCallerOf(request: FastifyRequest): KeyCaller {
  const caller = callers.get(request)
  if (!caller) throw new Error(`${request.routeOptions.url} takes no API key`)
  return caller
}

export interface KeyCallOptions {
  database: AppDatabase
  clock: () => Date
  /** How often one key may call; refused calls count for the address they came from. */
  limit: RateLimit
}

/** Every route added to `api` after this needs a key with the scope that the route names. */
export function requireKey(api: Http, { database, clock, limit }: KeyCallOptions): void {
  api.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'content-security-policy': NO_PAGE })
    const take = async (who: string) => void reply.headers({ ...(await limit.take(who)) })
    const key = await identify(database, clock(), request.headers.authorization).catch(async refusal => {
      await take(networkOf(request.ip))
      throw refusal
    })
    callers.set(request, key)
    noteCaller(request, { key_id: key.id })
    await take(key.id)
    const { scope } = request.routeOptions.config
    if (scope === undefined || !key.scopes.includes(scope))
      throw forbidden(`This API key is not good for ${scope ?? 'this'}`, 'insufficient_scope')
  })
}

const findRow = prepared((db: Kysely<Tables>, id: string) =>
  db
    .selectFrom('api_keys')
    .select(['id', 'name', 'scopes', 'hash', 'expires_at', 'last_used_at', 'revoked_at'])
    .where('id', '=', id),
)

/** @throws 401 unless it is a key that is good now */
async function identify(database: AppDatabase, now: Date, authorization?: string): Promise<KeyCaller> {
  if (authorization === undefined) throw notSignedIn()
  const given = readKey(readBearer(authorization))
  if (!given) throw badToken('invalid_token', 'This call takes an API key, not the token of a person')
  const [row] = await findRow(database.db, given.id)
  if (!row || !isSecret(given.secret, row.hash)) throw badToken('invalid_token', 'There is no such API key')
  const status = statusOf(row, now.toISOString())
  if (status === 'expired') throw badToken('token_expired', 'This API key has expired')
  if (status === 'revoked') throw badToken('invalid_token', 'This API key was revoked')

  const noted = new Date(now.getTime() - NOTED_EVERY_MS).toISOString()
  if (row.last_used_at === null || row.last_used_at <= noted)
    await database.db
      .updateTable('api_keys')
      .set({ last_used_at: now.toISOString() })
      .where('id', '=', row.id)
      .execute()
  return { id: row.id, name: row.name, scopes: scopesOf(row) }
}
