/**
 * Browsers in which a person signed in before: `<user id>.<number of the browser>.<signature>`, in a cookie. It opens
 * nothing; by it failures of strangers are told from those of the person (see attempts.ts).
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const FORM = /^([0-9a-f-]{36})\.([\w-]{22})\.([\w-]{43})$/

const NUMBER_BYTES = 16

/** The browser again, or a new one, as one of this person. */
export function formatDevice(secret: Uint8Array, userId: string, known: string | null): string {
  const number = known ?? randomBytes(NUMBER_BYTES).toString('base64url')
  return `${userId}.${number}.${sign(secret, userId, number).toString('base64url')}`
}

/** The number of the browser; null when this person never signed in there. */
export function readDevice(
  secret: Uint8Array,
  cookie: string | null,
  userId: string | undefined,
): string | null {
  const [, owner, number, signature] = FORM.exec(cookie ?? '') ?? []
  if (owner === undefined || number === undefined || signature === undefined || owner !== userId) return null
  return timingSafeEqual(sign(secret, owner, number), Buffer.from(signature, 'base64url')) ? number : null
}

function sign(secret: Uint8Array, userId: string, number: string): Buffer {
  // The same secret signs tokens; the prefix keeps one from ever passing for the other.
  return createHmac('sha256', secret).update(`device:${userId}.${number}`).digest()
}
