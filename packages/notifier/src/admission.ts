/** Who is let in, on what, and until when. */
import type { Revocation } from './bus/bus.ts'

/** What a client shows to be let in. */
export interface Credential {
  kind: 'token' | 'ticket'
  value: string
}

export interface Admission {
  userId: string
  /** The sign-in that it was let in on: when that ends, so do its sockets. */
  session: string
  /** Milliseconds since 1970; the socket ends then, unless a fresh token comes before. */
  expiresAt: number
}

/** `unauthenticated`: bad or expired, a fresh one may do. `forbidden`: no token of this account will. */
export type Authenticate = (credential: Credential) => Promise<Admission | 'unauthenticated' | 'forbidden'>

/** A sign-in that somebody's sockets were let in on. */
export interface SignIn {
  userId: string
  session: string
}

/**
 * Which of these sign-ins have ended, and why. The word of it may have been lost on the way, so it is asked about all
 * that are connected now and then, many at a time.
 */
export type Recheck = (signIns: readonly SignIn[]) => Promise<readonly Revocation[]>
