/** How long notifications stay in inboxes, and how many: the rules of this installation, carried out by the engine. */
import { createRetention, type Keeping } from '@pms/notifier'
import type { AppDatabase } from '../database.ts'
import type { Job } from './job.ts'

/** So long whoever was away is told what was deleted meanwhile, and a delete can be taken back. */
const DELETED_KEPT_DAYS = 30

/** A line of the log for each so many. */
const TOLD_EVERY = 50_000

export interface InboxRetentionOptions {
  database: AppDatabase
  /** Days after which what was read goes; 0: never. */
  retentionDays: number
  /** Notifications of one inbox, above which the oldest that were read go; 0: any number. */
  inboxLimit: number
  /** Told of what was done, in a form for the log. */
  log(figures: Readonly<Record<string, number>>, text: string): void
}

/** @returns the job of every night, and the one that looks every hour for inboxes that grew too fast */
export function inboxRetentionJobs({
  database,
  retentionDays,
  inboxLimit,
  log,
}: InboxRetentionOptions): Job[] {
  const atMost = inboxLimit === 0 ? null : inboxLimit

  /** The engine at its work, saying now and then how far it is. */
  async function run(text: string, work: (retention: ReturnType<typeof createRetention>) => Promise<number>) {
    let told = 0
    const onProgress = (removed: number) => {
      if (removed - told < TOLD_EVERY) return
      told = removed
      log({ removed }, `${text}, so far`)
    }
    const removed = await work(createRetention(database, { onProgress }))
    if (removed > 0) log({ removed }, text)
  }

  const clean = (keeping: Keeping, signal: AbortSignal) =>
    run('old notifications taken out of inboxes', retention => retention.cleanInboxes(keeping, signal))

  return [
    {
      name: 'inbox-retention',
      schedule: '40 3 * * *',
      async run(now, signal) {
        const readBefore = retentionDays === 0 ? null : daysBefore(now, retentionDays)
        await clean({ readBefore, atMost }, signal)
        await run('deleted notifications forgotten', retention =>
          retention.forgetDeleted(daysBefore(now, DELETED_KEPT_DAYS), signal),
        )
      },
    },
    {
      name: 'inbox-limit',
      schedule: '35 * * * *',
      run: (_now, signal) => clean({ readBefore: null, atMost }, signal),
    },
  ]
}

const DAY_MS = 24 * 60 * 60 * 1000

function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY_MS).toISOString()
}
