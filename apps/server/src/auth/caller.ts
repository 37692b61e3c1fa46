/** Who calls: known from a token, and what they may do from the database, afresh for every call. */
import type { Permission, Role } from '@pms/contract'
import type { FastifyRequest } from 'fastify'
import type { AppDatabase } from '../database.ts'
import { accountNotActive, badToken, forbidden, notSignedIn } from '../http/errors.ts'
import type { RateLimit } from '../http/limits.ts'
import { noteCaller } from '../http/logging.ts'
import { networkOf } from '../http/networks.ts'
import { NO_PAGE } from '../http/security.ts'
import type { Http } from '../http/server.ts'
import type { AccessClaims } from './access-tokens.ts'
import { ACCESS_COOKIE } from './cookies.ts'
import { FOREIGN_SESSION, findAccount } from './foreign-people.ts'
import { findSession, maySignIn } from './sessions.ts'

export interface Caller {
  id: string
  name: string
  email: string
  role: Role
  permissions: ReadonlySet<Permission>
  sessionId: string
  /** When the token ends, in milliseconds since 1970. */
  expiresAt: number
}

/** @throws a 401 when the token is no good, a 403 when its owner may not sign in any more */
export type Authenticate = (token: string) => Promise<Caller>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Open to all; there is no caller then. */
    public?: boolean
  }
}

/**
 * @returns who stands behind genuine claims, as they are in the database now
 * @throws as `Authenticate`
 */
export function createRecognise(
  database: AppDatabase,
  clock: () => Date,
  permissionsOf: (role: Role) => readonly Permission[],
): (claims: AccessClaims) => Promise<Caller> {
  return async ({ userId, sessionId, expiresAt }) => {
    const session =
      sessionId === FOREIGN_SESSION
        ? await findAccount(database.db, userId)
        : await findSession(database.db, sessionId, clock().toISOString())
    if (session?.id !== userId) throw badToken('session_ended', 'This session has ended. Sign in again.')
    if (!maySignIn(session.status)) throw accountNotActive(session.status)
    const { id, name, email, role } = session
    return { id, name, email, role, permissions: new Set(permissionsOf(role)), sessionId, expiresAt }
  }
}

const callers = new WeakMap<FastifyRequest, Caller>()

/** Who makes this call. Only on routes that are not public. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (!caller) throw new Error(`${request.routeOptions.url} is public, so nobody is known to call it`)
  return caller
}

/** @throws a 403 unless the caller holds the permission */
export function assertMay(caller: Caller, permission: Permission): void {
  if (!caller.permissions.has(permission)) throw forbidden()
}

/** Every route added to `api` after this needs a caller, unless it is marked public; and none is called too often. */
export function requireCaller(api: Http, authenticate: Authenticate, limit: RateLimit): void {
  api.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'content-security-policy': NO_PAGE })
    const take = async (key: string) => void reply.headers({ ...(await limit.take(key)) })
    if (request.routeOptions.config.public) return take(networkOf(request.ip))
    const caller = await identify(request, authenticate).catch(async refusal => {
      await take(networkOf(request.ip))
      throw refusal
    })
    callers.set(request, caller)
    noteCaller(request, { user_id: caller.id })
    await take(caller.id)
  })
}

async function identify(request: FastifyRequest, authenticate: Authenticate): Promise<Caller> {
  const { authorization } = request.headers
  if (authorization !== undefined) return authenticate(readBearer(authorization))
  // A cookie comes along by itself, so it may look and never touch.
  const cookie =
    request.method === 'GET' || request.method === 'HEAD' ? request.cookies[ACCESS_COOKIE] : undefined
  if (!cookie) throw notSignedIn()
  return authenticate(cookie)
}

/** @throws a 401 */
export function readBearer(authorization: string): string {
  const [, token] = /^bearer +(\S+)$/i.exec(authorization.trim()) ?? []
  if (token === undefined) throw badToken('invalid_token', 'The authorization header must be: Bearer <token>')
  return token
}
