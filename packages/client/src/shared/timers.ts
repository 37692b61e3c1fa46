/** Timers of a page that nobody looks at run late, by up to a minute. Here whatever wakes it can make up for that. */
import type { Environment } from '../environment.ts'

export interface Timers {
  schedule: Environment['schedule']
  /** Runs what should have run by now. */
  runOverdue(): void
}

export function createTimers(environment: Pick<Environment, 'now' | 'schedule'>): Timers {
  const set = new Set<{ at: number; fire: () => void }>()

  return {
    schedule(run, delay) {
      const cancel = () => {
        set.delete(timer)
        stop()
      }
      const fire = () => {
        cancel()
        run()
      }
      const timer = { at: environment.now() + delay, fire }
      const stop = environment.schedule(fire, delay)
      set.add(timer)
      return cancel
    },
    runOverdue() {
      const now = environment.now()
      for (const timer of [...set]) if (timer.at <= now && set.has(timer)) timer.fire()
    },
  }
}
