/** Access tokens: short-lived JWTs that name a person and a session. They prove who signed in, not what may be done. */
import { errors, jwtVerify, SignJWT } from 'jose'
import { badToken } from '../http/errors.ts'
import type { ForeignTokens } from './foreign-tokens.ts'

export interface AccessClaims {
  userId: string
  sessionId: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

const ALGORITHM = 'HS256'
/** What our own tokens say of who made them, and for whom. */
export const PARTY = 'pms'

/** Verified tokens that are remembered. */
const MAX_KNOWN = 10_000

/** @param foreign those of another system, where they are believed */
export function createAccessTokens(
  secret: Uint8Array,
  clock: () => Date,
  foreign: ForeignTokens | null = null,
) {
  /** Tokens that were found genuine. A session that has ended is found out by whoever asks for it, every time. */
  const known = new Map<string, AccessClaims>()

  /** @throws a 401 */
  async function verify(token: string): Promise<AccessClaims> {
    if (foreign?.claims(token)) return foreign.verify(token)
    const { payload } = await jwtVerify<{ sid: unknown }>(token, secret, {
      algorithms: [ALGORITHM],
      issuer: PARTY,
      audience: PARTY,
      requiredClaims: ['exp', 'sub', 'sid'],
      currentDate: clock(),
    }).catch(refuse)
    const { sub, sid, exp } = payload
    if (sub === undefined || exp === undefined || typeof sid !== 'string') return refuse(null)
    return { userId: sub, sessionId: sid, expiresAt: exp * 1_000 }
  }

  return {
    sign(userId: string, sessionId: string, lifetimeSeconds: number): Promise<string> {
      const now = Math.floor(clock().getTime() / 1000)
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(PARTY)
        .setAudience(PARTY)
        .setSubject(userId)
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimeSeconds)
        .sign(secret)
    },

    verify,

    /** The same for tokens that come again with every call: they are looked into once. @throws a 401 */
    async recall(token: string): Promise<AccessClaims> {
      const before = known.get(token)
      if (before && before.expiresAt > clock().getTime()) return before
      const claims = await verify(token)
      const oldest = known.keys().next()
      if (known.size >= MAX_KNOWN && !oldest.done) known.delete(oldest.value)
      known.set(token, claims)
      return claims
    },
  }
}

function refuse(error: unknown): never {
  if (error instanceof errors.JWTExpired) throw badToken('token_expired', 'The access token has expired')
  if (error === null || error instanceof errors.JOSEError)
    throw badToken('invalid_token', 'The access token is not valid')
  throw error
}
