/**
 * Whether a socket is alive, and whether it may still be here. Plain arithmetic over moments (milliseconds since
 * 1970): it is asked now and then, and has no timer.
 */

export interface HeartbeatLimits {
  /** So long a socket may be silent before it is pinged. */
  idleMs: number
  /** So long it may take to answer. */
  patienceMs: number
}

export type Verdict = 'fine' | 'ping' | 'lost' | 'expired'

export class Vitals {
  readonly #limits: HeartbeatLimits
  #expiresAt: number
  #heardAt: number
  #pingedAt: number | null = null

  constructor(limits: HeartbeatLimits, expiresAt: number, now: number) {
    this.#limits = limits
    this.#expiresAt = expiresAt
    this.#heardAt = now
  }

  /** When anything came from the other side last. */
  get heardAt(): number {
    return this.#heardAt
  }

  /** Anything came from the other side. */
  heard(now: number): void {
    this.#heardAt = now
    this.#pingedAt = null
  }

  /** Its token was replaced by one that lasts longer, or less long. */
  renew(expiresAt: number): void {
    this.#expiresAt = expiresAt
  }

  /** An answer is overdue, or soon will be: of two sockets this is the one to do without. */
  get isSuspect(): boolean {
    return this.#pingedAt !== null
  }

  /** What is to be done at `now`; a ping that is asked for counts as sent. */
  judge(now: number): Verdict {
    if (now >= this.#expiresAt) return 'expired'
    if (this.#pingedAt !== null) return now - this.#pingedAt >= this.#limits.patienceMs ? 'lost' : 'fine'
    if (now - this.#heardAt < this.#limits.idleMs) return 'fine'
    this.#pingedAt = now
    return 'ping'
  }

  /** In how many milliseconds to judge again. */
  next(now: number): number {
    const beat =
      this.#pingedAt === null ? this.#heardAt + this.#limits.idleMs : this.#pingedAt + this.#limits.patienceMs
    return Math.min(beat, this.#expiresAt) - now
  }
}
