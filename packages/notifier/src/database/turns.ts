/** Whoever wants a thing that only one can have at a time gets it in the order of asking. */

export interface Turns {
  /** Resolves when it is one's turn. */
  take(): Promise<void>
  /** Ends it; the next one's begins. */
  give(): void
}

export function createTurns(): Turns {
  const waiting: (() => void)[] = []
  let isTaken = false
  return {
    async take() {
      if (isTaken) await new Promise<void>(resolve => waiting.push(resolve))
      isTaken = true
    },
    give() {
      const next = waiting.shift()
      if (next) next()
      else isTaken = false
    },
  }
}
