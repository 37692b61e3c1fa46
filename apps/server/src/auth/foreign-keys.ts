/**
 * By which key the tokens of another system are proved, and by which algorithm alone. The key decides that, never the
 * token: a public key must not be taken for a shared secret because a token says so.
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { keysUnavailable } from '../http/errors.ts'

/** What an installation names: a public key as PEM, the address of a set of them, or a secret that both sides hold. */
export type ForeignKey =
  | { kind: 'public_key'; pem: string }
  | { kind: 'key_set'; url: string }
  | { kind: 'secret'; secret: string }

export interface KeyRing {
  algorithms: string[]
  find: JWTVerifyGetKey
}

const WEAKEST_RSA_BITS = 2_048

const RSA = ['RS256']
const P256 = ['ES256']
/** One algorithm under its old and its new name. */
const ED25519 = ['EdDSA', 'Ed25519']

/** The set is fetched anew when it is this old, or names no such key; but no more often than that. */
const KEYS_OLD_AFTER_MS = 600_000
const BETWEEN_FETCHES_MS = 30_000
const FETCH_TIMEOUT_MS = 5_000

export function openKeyRing(key: ForeignKey, clock: () => Date): KeyRing {
  switch (key.kind) {
    case 'public_key': {
      const publicKey = readPublicKey(key.pem)
      return { algorithms: algorithmsOf(publicKey), find: async () => publicKey }
    }
    case 'secret': {
      const secret = Buffer.from(key.secret, 'utf8')
      return { algorithms: ['HS256'], find: async () => secret }
    }
    case 'key_set':
      // Which of them it is, the kind of the key says that the token names.
      return { algorithms: [...RSA, ...P256, ...ED25519], find: keySet(new URL(key.url), clock) }
  }
}

/** @throws {Error} that says what is wrong with it, for whoever set it */
export function readPublicKey(pem: string): KeyObject {
  // From a private key Node would make the public one, and nobody would hear that it lies where it should not.
  if (!/^-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem.trim())) throw new Error('must be a public key as PEM')
  let key: KeyObject
  try {
    key = createPublicKey(pem)
  } catch {
    throw new Error('must be a public key as PEM')
  }
  algorithmsOf(key)
  return key
}

function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string[] {
  if (asymmetricKeyType === 'rsa') {
    if ((asymmetricKeyDetails?.modulusLength ?? 0) < WEAKEST_RSA_BITS)
      throw new Error(`must have at least ${WEAKEST_RSA_BITS} bits`)
    return RSA
  }
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return P256
  if (asymmetricKeyType === 'ed25519') return ED25519
  throw new Error('must be a key for RS256, ES256 (P-256) or EdDSA (Ed25519)')
}

/** The keys that another system publishes. While it does not answer, those known last are good. */
function keySet(url: URL, clock: () => Date): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: FETCH_TIMEOUT_MS,
    cooldownDuration: BETWEEN_FETCHES_MS,
    cacheMaxAge: KEYS_OLD_AFTER_MS,
  })
  let failedAt = Number.NEGATIVE_INFINITY
  return async (header, token) => {
    const now = clock().getTime()
    const isResting = now - failedAt < BETWEEN_FETCHES_MS
    if (!isResting) {
      try {
        return await remote(header, token)
      } catch (error) {
        if (isAboutTheToken(error)) throw error
        failedAt = now
      }
    }
    const known = remote.jwks()
    if (!known) throw keysUnavailable()
    return createLocalJWKSet(known)(header, token)
  }
}

const isAboutTheToken = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported
