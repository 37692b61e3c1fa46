/** The people of every side: the same ids and the same tokens, so that each side checks the same. */
import { randomBytes } from 'node:crypto'
import type { TabAddress } from './side.ts'
import { signToken } from './token.ts'

/** Signs the tokens of this run. */
export const SECRET = randomBytes(32).toString('base64url')

/** Longer than any run. */
const LIFETIME_SECONDS = 24 * 60 * 60

export const personId = (person: number): string => numbered('8000', person)
export const sessionId = (person: number): string => numbered('9000', person)

const numbered = (group: string, number: number): string =>
  `00000000-0000-4000-${group}-${number.toString(16).padStart(12, '0')}`

/** The person who registers, publishes, and is told of nothing. */
export const PUBLISHER = 0

/** What a person shows, for REST and for the socket. */
export function tokenOf(person: number): string {
  const now = Math.floor(Date.now() / 1_000)
  const claims = { sid: sessionId(person), iss: 'pms', aud: 'pms', sub: personId(person), iat: now }
  return signToken({ ...claims, exp: now + LIFETIME_SECONDS }, SECRET)
}

/** A socket as the guide opens it. */
export function plainTab(person: number): TabAddress {
  return { path: `/api/notifications/ws?token=${tokenOf(person)}`, speaks: 'plain' }
}
