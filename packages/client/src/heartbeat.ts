/**
 * Finds out that a socket is dead though nobody closed it: a laptop that slept, a network that went silent.
 * Compares the wall clock instead of counting timer runs, because timers stand still during sleep and are
 * throttled in background tabs.
 */
import type { Environment } from './environment.ts'

const PING_AFTER_QUIET = 25_000
const ANSWER_WITHIN = 10_000
/** What spoke this recently needs no asking. */
const RECENT = 2_000

export interface Heartbeat {
  /** Anything at all was received. */
  heard(): void
  /** Asks now instead of when the quiet has lasted: there is reason to doubt. */
  probe(): void
  stop(): void
}

export function startHeartbeat(
  environment: Pick<Environment, 'now' | 'schedule'>,
  on: { ping: () => void; dead: () => void },
): Heartbeat {
  let heardAt = environment.now()
  let askedAt: number | null = null
  let cancel = environment.schedule(check, PING_AFTER_QUIET)

  function wait(delay: number): void {
    cancel()
    cancel = environment.schedule(check, delay)
  }

  function ask(): void {
    askedAt = environment.now()
    wait(ANSWER_WITHIN)
    on.ping()
  }

  function check(): void {
    const now = environment.now()
    if (askedAt !== null) {
      const waited = now - askedAt
      // A clock that was set back must not make a dead socket look young.
      if (waited >= ANSWER_WITHIN || waited < 0) on.dead()
      else wait(ANSWER_WITHIN - waited)
      return
    }
    const quiet = now - heardAt
    if (quiet >= PING_AFTER_QUIET || quiet < 0) ask()
    else wait(PING_AFTER_QUIET - quiet)
  }

  return {
    heard() {
      heardAt = environment.now()
      if (askedAt === null) return
      askedAt = null
      wait(PING_AFTER_QUIET)
    },
    probe() {
      if (askedAt === null && environment.now() - heardAt > RECENT) ask()
    },
    stop: () => cancel(),
  }
}
