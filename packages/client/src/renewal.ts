/**
 * Keeps a socket past the end of its token: shortly before it a fresh one is to be sent over the same socket. Where
 * that is refused or not answered the socket ends by the server's hand, and the next one begins with another token.
 */
import type { Environment } from './environment.ts'

const BEFORE_END = 60_000
/** Timers stand still during sleep, so the clock is looked at again and again. */
const LOOK_EVERY = 30_000

export interface Renewal {
  /** The server has taken the fresh token. */
  renewed(expiresAt: string): void
  stop(): void
}

/** `renew` is called once for each token; it may fail. */
export function startRenewal(
  environment: Pick<Environment, 'now' | 'schedule'>,
  token: string,
  renew: () => void,
): Renewal {
  let end = endOf(token)
  let due = Number.POSITIVE_INFINITY
  let cancel = () => {}

  function plan(): void {
    const left = end - environment.now()
    // What is over by this clock and was taken all the same shows only that the clock is wrong.
    if (left <= 0) return
    // One that is nearly over already is not renewed at once, or it would be over and over.
    due = end - Math.min(BEFORE_END, left / 2)
    look()
  }

  function look(): void {
    const wait = due - environment.now()
    if (wait <= 0) renew()
    else if (wait < Number.POSITIVE_INFINITY) cancel = environment.schedule(look, Math.min(wait, LOOK_EVERY))
  }

  plan()
  return {
    renewed(expiresAt) {
      const later = Date.parse(expiresAt)
      cancel()
      if (!(later > end)) return
      end = later
      plan()
    },
    stop: () => cancel(),
  }
}

/** Milliseconds of the wall clock; infinite for a token that does not say, or is no JWT. */
function endOf(token: string): number {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown }
    return typeof exp === 'number' ? exp * 1000 : Number.POSITIVE_INFINITY
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
