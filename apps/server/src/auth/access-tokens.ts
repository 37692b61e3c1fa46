/** Access tokens: short-lived JWTs that name a person and a session. They prove who signed in, not what may be done. */
import { errors, jwtVerify, SignJWT } from 'jose'
import { badToken } from '../http/errors.ts'

export interface AccessClaims {
  userId: string
  sessionId: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

const ALGORITHM = 'HS256'
const PARTY = 'pms'

export function createAccessTokens(secret: Uint8Array, clock: () => Date) {
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

    /** @throws a 401 */
    async verify(token: string): Promise<AccessClaims> {
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
    },
  }
}

function refuse(error: unknown): never {
  if (error instanceof errors.JWTExpired) throw badToken('token_expired', 'The access token has expired')
  if (error === null || error instanceof errors.JOSEError)
    throw badToken('invalid_token', 'The access token is not valid')
  throw error
}
