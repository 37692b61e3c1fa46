/** Why a socket ends, and what a client does then. A code that is missing here is an error of types. */
import { CLOSE_CODES, FINAL_CLOSE_CODES } from '../close-codes.ts'

const TEXTS: Readonly<Record<keyof typeof CLOSE_CODES, readonly [why: string, then: string]>> = {
  unauthenticated: [
    'token missing, bad or expired; signed out',
    'get a fresh one, connect and resume; never again with the one refused',
  ],
  forbidden: ['this origin, account or user is not allowed', 'final: do not come back by yourself'],
  heartbeatLost: ['nothing heard for too long', 'connect and resume'],
  tooSlow: ['too slow a reader', 'connect and resume'],
  tooMany: [
    'too many sockets of one person, connections of one address, or commands of one socket',
    'wait half a minute or more, then connect and resume',
  ],
  tooBig: ['a frame larger than any command', 'connect and resume; do not say it again'],
  internal: ['the server could not do its part', 'connect and resume, with back-off'],
  restart: ['the server restarts', 'connect and resume, after `retry_after_ms` if it was told'],
}

export interface CloseText {
  code: number
  why: string
  then: string
  /** Connecting again with the same account cannot help. */
  final: boolean
}

export const CLOSES: readonly CloseText[] = (Object.keys(TEXTS) as (keyof typeof TEXTS)[]).map(name => {
  const code = CLOSE_CODES[name]
  const [why, then] = TEXTS[name]
  return { code, why, then, final: FINAL_CLOSE_CODES.has(code) }
})
