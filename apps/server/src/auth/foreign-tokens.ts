/**
 * Access tokens that another system of the organisation has made for its own sign-ins. They prove who somebody is, and
 * nothing else: that the person has an account here, and what they may, is for our own tables to say.
 */
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import { badToken } from '../http/errors.ts'
import type { AccessClaims } from './access-tokens.ts'
import { type ForeignKey, openKeyRing } from './foreign-keys.ts'
import { FOREIGN_SESSION } from './foreign-people.ts'

/** Whose tokens are believed, and what they are to say. */
export interface ForeignTrust {
  key: ForeignKey
  issuer: string
  audience: string
  /** The claim that names the person, by id or by email address. */
  userClaim: string
}

export interface ForeignTokens {
  /** Whether a token says that it is of the other system. Nothing is proved by that. */
  claims(token: string): boolean
  /** @throws a 401; a 503 while its keys cannot be had */
  verify(token: string): Promise<AccessClaims>
}

export interface ForeignTokensOptions {
  trust: ForeignTrust
  clock: () => Date
  normalEmail(email: string): string
  /** The id of whoever is known here by this. */
  findPerson(known: { id: string } | { email: string }): Promise<string | undefined>
}

/** Clocks of two systems agree to some seconds. */
const LEEWAY_SECONDS = 5

/** However long a token says that it is good: it is looked into again after this, and its sockets come anew. */
const LONGEST_MS = 30 * 24 * 60 * 60 * 1_000

export function createForeignTokens(options: ForeignTokensOptions): ForeignTokens {
  const { trust, clock, normalEmail, findPerson } = options
  const { algorithms, find } = openKeyRing(trust.key, clock)

  /** @throws a 401 unless the token names somebody, and for certain */
  function personIn(payload: JWTPayload): { id: string } | { email: string } {
    const name = payload[trust.userClaim]
    if (typeof name !== 'string' || name === '') throw refused(`has no ${trust.userClaim}`)
    if (!name.includes('@')) return { id: name }
    if (payload.email_verified === false) throw refused('has an email address that nobody has verified')
    return { email: normalEmail(name) }
  }

  return {
    claims(token) {
      try {
        return decodeJwt(token).iss === trust.issuer
      } catch {
        return false
      }
    },

    async verify(token) {
      const { payload } = await jwtVerify(token, find, {
        algorithms,
        issuer: trust.issuer,
        audience: trust.audience,
        requiredClaims: ['exp', trust.userClaim],
        clockTolerance: LEEWAY_SECONDS,
        currentDate: clock(),
      }).catch(explain)
      const userId = await findPerson(personIn(payload))
      if (userId === undefined)
        throw badToken(
          'unknown_person',
          `Nobody here has the ${trust.userClaim} of this token. Ask your administrator to add you.`,
        )
      const now = clock().getTime()
      const until = Math.floor(((payload.exp ?? 0) + LEEWAY_SECONDS) * 1_000)
      return { userId, sessionId: FOREIGN_SESSION, expiresAt: Math.min(until, now + LONGEST_MS) }
    },
  }
}

const refused = (why: string) => badToken('invalid_token', `The access token ${why}`)

/** What its claims lack can be told: they are looked at when the signature was found genuine. */
function explain(error: unknown): never {
  if (error instanceof errors.JWTExpired) throw badToken('token_expired', 'The access token has expired')
  if (error instanceof errors.JWTClaimValidationFailed)
    throw refused(`has no ${error.claim} that is right here`)
  if (error instanceof errors.JWKSNoMatchingKey) throw refused('was signed with a key that is not known here')
  // A TypeError is what the library says of a key that is too weak, or of another kind than its set says.
  if (error instanceof errors.JOSEError || error instanceof TypeError) throw refused('is not valid')
  throw error
}
