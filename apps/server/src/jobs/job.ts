/** Work that time calls for. A feature defines its jobs; the scheduler runs them. */

export interface Job {
  /** Stable: its lease goes by it. */
  readonly name: string
  /** Cron, in the time zone of the organisation. */
  readonly schedule: string
  /**
   * Does what is due by `now`, and nothing that was done before: it may run twice, late, or again after a crash.
   * @param signal aborted when the server stops; what was begun may come to an end
   */
  run(now: Date, signal: AbortSignal): Promise<void>
}
