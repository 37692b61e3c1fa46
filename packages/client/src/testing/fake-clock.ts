/** Time that stands still until a test moves it. */

export interface FakeClock {
  now(): number
  schedule(run: () => void, delay: number): () => void
  /** Runs every timer that falls due on the way, in order, and what each of them sets off. */
  advance(milliseconds: number): Promise<void>
  /** Time passes and no timer runs, as while a machine sleeps. The timers due by then run with the next `advance`. */
  sleep(milliseconds: number): void
  /** How many timers are set. */
  readonly timers: number
}

interface Timer {
  readonly at: number
  readonly run: () => void
}

export function createFakeClock(start = Date.UTC(2027, 0, 4, 9)): FakeClock {
  const timers = new Set<Timer>()
  let now = start

  const next = (until: number) =>
    [...timers].filter(timer => timer.at <= until).sort((a, b) => a.at - b.at)[0]

  return {
    now: () => now,
    schedule(run, delay) {
      const timer = { at: now + delay, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(milliseconds) {
      const end = now + milliseconds
      await settle()
      for (let timer = next(end); timer !== undefined; timer = next(end)) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.run()
        await settle()
      }
      now = end
    },
    sleep(milliseconds) {
      now += milliseconds
    },
    get timers() {
      return timers.size
    },
  }
}

/** Lets every promise that can go on without time or network go on. Takes no time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}
