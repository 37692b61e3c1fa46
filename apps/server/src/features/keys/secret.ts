/**
 * What a key looks like: `pms_<id>_<secret>`. The id finds the row. The secret is random and long, so that a plain hash
 * of it gives nothing away: nobody can try them all.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

const SECRET_BYTES = 32

/** By this a key is told from everything else, also by those who search code for keys that got out. */
const FORM = /^pms_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([\w-]{43})$/

export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

export function formatKey(id: string, secret: string): string {
  return `pms_${id.replaceAll('-', '')}_${secret}`
}

/** null: not of this form. */
export function readKey(text: string): { id: string; secret: string } | null {
  const [, ...parts] = FORM.exec(text) ?? []
  const secret = parts.pop()
  return secret === undefined ? null : { id: parts.join('-'), secret }
}

export function hashOf(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

/** Takes as long whichever part of it is wrong. */
export function isSecret(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hash))
}
