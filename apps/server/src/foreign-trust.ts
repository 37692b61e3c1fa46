/** Which other system's tokens are believed, as the environment says it: `JWT_*`. */
import { PARTY } from './auth/access-tokens.ts'
import { readPublicKey } from './auth/foreign-keys.ts'
import type { ForeignTrust } from './auth/foreign-tokens.ts'
import { LEAST_CHARACTERS, weaknessOf } from './auth/secret-strength.ts'

export interface ForeignVariables {
  NODE_ENV?: string
  JWT_SECRET?: string
  JWT_PUBLIC_KEY?: string
  JWT_JWKS_URL?: string
  JWT_SHARED_SECRET?: string
  JWT_ISSUER?: string
  JWT_AUDIENCE?: string
  JWT_USER_CLAIM?: string
}

const KEYS = ['JWT_PUBLIC_KEY', 'JWT_JWKS_URL', 'JWT_SHARED_SECRET'] as const

/** Of variables in which nothing is wrong. */
export function foreignTrust(given: ForeignVariables): ForeignTrust | null {
  const { JWT_PUBLIC_KEY, JWT_JWKS_URL, JWT_SHARED_SECRET, JWT_ISSUER, JWT_AUDIENCE, JWT_USER_CLAIM } = given
  if (JWT_ISSUER === undefined || JWT_AUDIENCE === undefined) return null
  const says = { issuer: JWT_ISSUER, audience: JWT_AUDIENCE, userClaim: JWT_USER_CLAIM ?? 'sub' }
  if (JWT_PUBLIC_KEY !== undefined)
    return { ...says, key: { kind: 'public_key', pem: lines(JWT_PUBLIC_KEY) } }
  if (JWT_JWKS_URL !== undefined) return { ...says, key: { kind: 'key_set', url: JWT_JWKS_URL } }
  if (JWT_SHARED_SECRET !== undefined) return { ...says, key: { kind: 'secret', secret: JWT_SHARED_SECRET } }
  return null
}

export function foreignProblems(
  given: ForeignVariables,
  isLoopback: (host: string) => boolean,
): { field: keyof ForeignVariables; why: string }[] {
  const { NODE_ENV, JWT_SECRET, JWT_PUBLIC_KEY, JWT_JWKS_URL, JWT_SHARED_SECRET, JWT_ISSUER } = given
  const problems: { field: keyof ForeignVariables; why: string }[] = []
  const add = (field: keyof ForeignVariables, why: string) => problems.push({ field, why })

  const keys = KEYS.filter(name => given[name] !== undefined)
  const [key, ...others] = keys
  for (const other of others) add(other, `must not be set beside ${key}: one key proves the tokens`)
  for (const says of ['JWT_ISSUER', 'JWT_AUDIENCE'] as const) {
    if (key && given[says] === undefined)
      add(says, `must be set with ${key}: else any token of that key would do`)
    if (!key && given[says] !== undefined) add(says, `needs one of ${KEYS.join(', ')}`)
  }
  if (JWT_ISSUER === PARTY) add('JWT_ISSUER', `must not be ${PARTY}: that is this server itself`)
  if (JWT_PUBLIC_KEY !== undefined) {
    const why = whatIsWrongWith(JWT_PUBLIC_KEY)
    if (why) add('JWT_PUBLIC_KEY', why)
  }
  if (JWT_JWKS_URL !== undefined) {
    const url = URL.parse(JWT_JWKS_URL)
    const isNear = url?.protocol === 'http:' && NODE_ENV !== 'production' && isLoopback(url.hostname)
    if (!url || !(url.protocol === 'https:' || isNear) || url.username !== '' || url.password !== '')
      add('JWT_JWKS_URL', 'must be an address that begins with https://, and has no password in it')
  }
  // Shorter than its hash is long it is found from any token, wherever that is tried.
  if (JWT_SHARED_SECRET !== undefined && JWT_SHARED_SECRET.length < LEAST_CHARACTERS)
    add('JWT_SHARED_SECRET', `must have at least ${LEAST_CHARACTERS} characters`)
  else if (JWT_SHARED_SECRET !== undefined && NODE_ENV === 'production') {
    const weakness = weaknessOf(JWT_SHARED_SECRET)
    if (weakness) add('JWT_SHARED_SECRET', weakness)
  }
  if (JWT_SHARED_SECRET !== undefined && JWT_SHARED_SECRET === JWT_SECRET)
    add(
      'JWT_SHARED_SECRET',
      'must not be JWT_SECRET: with that the other system could sign in as this one does',
    )
  return problems
}

function whatIsWrongWith(pem: string): string | null {
  try {
    readPublicKey(lines(pem))
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** In a file of settings a value is one line, and `\n` stands for the end of one. */
const lines = (text: string) => text.replaceAll('\\n', '\n')
