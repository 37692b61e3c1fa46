/**
 * Refresh tokens: the n-th of a session is `<session id>.<n>.<signature>`. Whoever holds the secret can say which
 * are genuine and the row of the session says which n is good, so none is stored, and the successor of one can be
 * said again.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface RefreshToken {
  sessionId: string
  generation: number
}

const FORM = /^([0-9a-f-]{36})\.(\d{1,9})\.([\w-]{43})$/

export function formatRefreshToken(secret: Uint8Array, token: RefreshToken): string {
  return `${token.sessionId}.${token.generation}.${sign(secret, token).toString('base64url')}`
}

/** null: not one of ours. */
export function readRefreshToken(secret: Uint8Array, text: string): RefreshToken | null {
  const [, sessionId, generation, signature] = FORM.exec(text) ?? []
  if (sessionId === undefined || signature === undefined) return null
  const token = { sessionId, generation: Number(generation) }
  return timingSafeEqual(sign(secret, token), Buffer.from(signature, 'base64url')) ? token : null
}

function sign(secret: Uint8Array, { sessionId, generation }: RefreshToken): Buffer {
  // The same secret signs access tokens; the prefix keeps one from ever passing for the other.
  return createHmac('sha256', secret).update(`refresh:${sessionId}.${generation}`).digest()
}
