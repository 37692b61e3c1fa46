/** How runs of jobs went in this process. */

/** What is known of the runs of one job. */
export interface JobHistory {
  runs: number
  failures: number
  /** Of all runs together, and of the last. */
  ms: number
  last_ms: number
  last_at: string
  last_error: { at: string; message: string } | null
}

export type JobLog = ReturnType<typeof createJobLog>

/** Enough to see what it is about; the log has all of it. */
const LONGEST_MESSAGE = 300

export function createJobLog(clock: () => Date) {
  const histories: Record<string, JobHistory> = {}
  return {
    histories,
    /** A run came to an end, by an error or not. */
    ended(job: string, ms: number, error: unknown): void {
      const at = clock().toISOString()
      const before = histories[job] ?? { runs: 0, failures: 0, ms: 0, last_error: null }
      histories[job] = {
        runs: before.runs + 1,
        failures: before.failures + (error === null ? 0 : 1),
        ms: before.ms + ms,
        last_ms: Math.round(ms),
        last_at: at,
        last_error: error === null ? before.last_error : { at, message: messageOf(error) },
      }
    },
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_MESSAGE)
}
