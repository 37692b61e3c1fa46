/** How fast one socket may send commands: a bucket that fills with time and empties by use. No timer. */

export class CommandBudget {
  readonly #perSecond: number
  #left: number
  #filledAt = 0

  /** Twice as many may come at once. */
  constructor(perSecond: number) {
    this.#perSecond = perSecond
    this.#left = perSecond * 2
  }

  /** Whether one more command is allowed at `now` (milliseconds of any steady clock). */
  take(now: number): boolean {
    const filled = this.#left + ((now - this.#filledAt) / 1000) * this.#perSecond
    this.#left = Math.min(this.#perSecond * 2, filled)
    this.#filledAt = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
