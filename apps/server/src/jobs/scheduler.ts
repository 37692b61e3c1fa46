/**
 * Runs jobs when they are due, one process at a time. Whether a job is due is read from when it last ran, never from a
 * timer: what fell due while nothing ran is made up for once, however often it was missed. Timers only say when to
 * look again. Time is that of the database where a process's own clock is wrong: leases are good only by one clock.
 */
import { randomUUID } from 'node:crypto'
import { Cron } from 'croner'
import type { AppDatabase } from '../database.ts'
import type { Job } from './job.ts'
import { endLease, renewLease, takeLease } from './leases.ts'

/** After this long without a sign of life somebody else may run the job. */
const LEASE_MS = 6_000
const RENEW_MS = 2_000

/** The longest time between two looks; also how soon a job that failed is tried again. */
const LOOK_MS = 60_000

/** Clocks that differ by less are taken for one: leases last longer. */
const SAME_CLOCK_MS = 1_000

/** How long a stop waits for what runs. */
const STOP_MS = 5_000

export interface SchedulerOptions {
  database: AppDatabase
  jobs: readonly Job[]
  /** Schedules are meant in it. IANA name. */
  timeZone: string
  clock: () => Date
  onError(error: unknown, job: string): void
  /** Told when a run has come to its end, well (null) or not; not of one that was told to stop. */
  onRun?(job: string, ms: number, error: unknown): void
  /** Calls again and again until the returned function is called; leases are renewed by it. */
  every?: (ms: number, call: () => void) => () => void
}

/** How a job stands. */
export interface JobStanding {
  name: string
  schedule: string
  isRunning: boolean
  /** When the last run that came to its end began. */
  lastRunAt: string | null
  nextRunAt: string | null
  /** For how long it has been due; 0: it is not. */
  lagMs: number
}

export type Scheduler = ReturnType<typeof createScheduler>

export function createScheduler({
  database,
  jobs,
  timeZone,
  clock,
  onError,
  onRun = () => {},
  every = everyInterval,
}: SchedulerOptions) {
  const holder = randomUUID()
  const schedules = new Map(jobs.map(job => [job.name, new Cron(job.schedule, { timezone: timeZone })]))
  if (schedules.size < jobs.length) throw new Error('Two jobs have one name')
  const stopping = new AbortController()
  /** What this process runs now, and the ends of it. */
  const running = new Map<string, Promise<boolean>>()
  /** Nudged, and not begun since. */
  const wanted = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  /** When it is looked next, by the clock that never jumps. */
  let looksAt = Number.POSITIVE_INFINITY
  let isStarted = false
  /** How far the clock of the database is ahead of this one. Milliseconds. */
  let ahead = 0

  const time = () => new Date(clock().getTime() + ahead)

  async function compareClocks(): Promise<void> {
    const before = Date.now()
    const there = await database.about.now()
    // It was read at some moment of the question; after a stall the middle of that says little.
    const doubt = (Date.now() - before) / 2
    const difference = there - (before + doubt)
    ahead = Math.abs(difference) < SAME_CLOCK_MS + doubt ? 0 : Math.round(difference)
  }

  /** When the job should have begun last. */
  function lastDue(name: string, now: Date): string | null {
    // The run of this very moment counts.
    const [due] = schedules.get(name)?.previousRuns(1, new Date(now.getTime() + 1)) ?? []
    return due?.toISOString() ?? null
  }

  /** Runs the job under its lease. @returns false when that is not to be had */
  async function attempt(job: Job, due: string | null): Promise<boolean> {
    if (stopping.signal.aborted) return false
    const { name } = job
    const now = time()
    const lease = () => ({ name, holder, until: new Date(time().getTime() + LEASE_MS).toISOString() })
    if (!(await takeLease(database, lease(), now.toISOString(), due))) return false
    wanted.delete(name)
    const lost = new AbortController()
    const signal = AbortSignal.any([stopping.signal, lost.signal])
    const stopRenewing = every(RENEW_MS, () => {
      renewLease(database, lease()).then(
        isOurs => isOurs || lost.abort(),
        error => onError(error, name),
      )
    })
    const began = performance.now()
    try {
      await job.run(now, signal)
      if (!signal.aborted) {
        await endLease(database, lease(), now.toISOString())
        onRun(name, performance.now() - began, null)
      }
    } catch (error) {
      onRun(name, performance.now() - began, error)
      throw error
    } finally {
      stopRenewing()
      // Only if it did not come to its end; then whoever looks next may go on with it at once.
      await renewLease(database, { ...lease(), until: time().toISOString() })
    }
    return true
  }

  /** As `attempt`, known to everybody here while it lasts. */
  function begin(job: Job, due: string | null): Promise<boolean> {
    const run = attempt(job, due).finally(() => running.delete(job.name))
    running.set(job.name, run)
    return run
  }

  /** Begins what is due or wanted, and not under way. @returns in how many milliseconds to look again */
  async function beginWhatIsDue(): Promise<number> {
    await compareClocks()
    const now = time()
    const rows = await database.db.selectFrom('job_leases').selectAll().execute()
    const leases = new Map(rows.map(row => [row.name, row]))
    let next = now.getTime() + LOOK_MS
    for (const job of jobs) {
      const { name } = job
      next = Math.min(next, schedules.get(name)?.nextRun(now)?.getTime() ?? next)
      if (stopping.signal.aborted || running.has(name)) continue
      const lease = leases.get(name)
      const due = lastDue(name, now)
      const isLate = !lease || lease.holder !== null || (due !== null && (lease.last_run_at ?? '') < due)
      if (!isLate && !wanted.has(name)) continue
      if (lease?.until && lease.until > now.toISOString()) next = Math.min(next, Date.parse(lease.until))
      else
        begin(job, wanted.has(name) ? null : due).then(
          // Whoever was quicker may die at it.
          isOurs => isOurs || lookWithin(LEASE_MS),
          error => onError(error, name),
        )
    }
    return Math.max(0, next - now.getTime())
  }

  /** Looks again after so long, or sooner if it would anyway. */
  function lookWithin(ms: number): void {
    const at = performance.now() + ms
    if (!isStarted || stopping.signal.aborted || at >= looksAt) return
    looksAt = at
    clearTimeout(timer)
    timer = setTimeout(look, ms).unref()
  }

  function look(): void {
    clearTimeout(timer)
    looksAt = Number.POSITIVE_INFINITY
    if (stopping.signal.aborted) return
    beginWhatIsDue().then(lookWithin, error => {
      onError(error, 'scheduler')
      lookWithin(LOOK_MS)
    })
  }

  function jobOf(name: string): Job {
    const job = jobs.find(each => each.name === name)
    if (!job) throw new Error(`There is no job ${name}`)
    return job
  }

  return {
    /** Runs jobs by the clock from now on, and at once what fell due while nothing did. */
    start(): void {
      isStarted = true
      look()
    },

    /** Runs what is due, and resolves when nothing runs here any more. Errors go to the log. */
    async tick(): Promise<void> {
      await beginWhatIsDue()
      while (running.size > 0) await Promise.allSettled(running.values())
    },

    /**
     * Runs one job now, due or not, and throws what it throws.
     * @returns false when another process runs it
     */
    async run(name: string): Promise<boolean> {
      const job = jobOf(name)
      while (running.has(name)) await running.get(name)?.catch(() => false)
      return begin(job, null)
    },

    /** How all jobs stand, whoever runs them. */
    async standings(): Promise<JobStanding[]> {
      const now = time()
      const rows = await database.db.selectFrom('job_leases').selectAll().execute()
      return jobs.map(({ name, schedule }) => {
        const lease = rows.find(row => row.name === name)
        const lastRunAt = lease?.last_run_at ?? null
        const due = lastDue(name, now)
        const isLate = due !== null && (lastRunAt ?? '') < due
        return {
          name,
          schedule,
          isRunning: Boolean(lease?.until && lease.until > now.toISOString()),
          lastRunAt,
          nextRunAt: schedules.get(name)?.nextRun(now)?.toISOString() ?? null,
          lagMs: isLate ? now.getTime() - Date.parse(due) : 0,
        }
      })
    },

    /** There is something for a job to do: it runs soon, also if it is running now. Says nothing of how it ends. */
    nudge(name: string): void {
      const job = jobOf(name)
      wanted.add(name)
      const again = (): void => {
        if (!wanted.has(name) || stopping.signal.aborted) return
        const run = running.get(name)
        if (run) {
          run.then(again, again)
          return
        }
        begin(job, null).then(
          isOurs => {
            if (isOurs) again()
            // Another process has it, perhaps past the point where it would have seen what there is to do.
            else if (isStarted) look()
          },
          error => onError(error, name),
        )
      }
      again()
    },

    /** Begins nothing more, tells what runs to come to its end, and waits for it as long as is decent. */
    async stop(): Promise<void> {
      stopping.abort()
      clearTimeout(timer)
      const patience = Promise.withResolvers<void>()
      const limit = setTimeout(patience.resolve, STOP_MS)
      await Promise.race([Promise.allSettled(running.values()), patience.promise])
      clearTimeout(limit)
    },
  }
}

function everyInterval(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms)
  return () => clearInterval(timer)
}
