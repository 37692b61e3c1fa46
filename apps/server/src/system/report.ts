/** What is answered of the installation: from what its processes wrote down, and of this one as it is now. */
import type { SystemJob, SystemNode, SystemRange, SystemReport, SystemTotals } from '@pms/contract'
import type { Totals } from '@pms/notifier'
import type { AppDatabase } from '../database.ts'
import type { JobStanding } from '../jobs/scheduler.ts'
import type { JobHistory } from './job-log.ts'
import type { Numbers } from './numbers.ts'
import { type NodeOfOurs, SILENT_MS } from './samples.ts'
import { RASTERS, type Sample, seriesOf } from './series.ts'
import type { SystemNodeTable } from './tables.ts'

/** Announcements on their way, and how many people they have not reached. */
export interface Waiting {
  announcements: number
  recipients: number
}

export interface ReportOptions {
  database: AppDatabase
  node: NodeOfOurs
  read(): Promise<Numbers>
  jobs: Readonly<Record<string, JobHistory>>
  standings(): Promise<JobStanding[]>
  waiting(): Promise<Waiting>
  /** Who is connected to any of the processes, each person once; null: nobody counts them all. */
  present: (() => Promise<Totals>) | null
  clock: () => Date
}

/** A process and what it says of itself. */
interface Known {
  row: Pick<SystemNodeTable, 'id' | 'name' | 'version' | 'started_at' | 'seen_at' | 'stopped_at'>
  numbers: Numbers
  jobs: Readonly<Record<string, JobHistory>>
}

export function createReport(options: ReportOptions) {
  const { database, node, read, jobs, standings, waiting, present, clock } = options
  return async (range: SystemRange): Promise<SystemReport> => {
    const now = clock()
    const [numbers, others, queue, standing] = await Promise.all([
      read(),
      otherNodes(database, node.id),
      waiting(),
      standings(),
    ])
    const ours: Known = {
      row: {
        id: node.id,
        name: node.name,
        version: node.version,
        started_at: node.startedAt,
        seen_at: now.toISOString(),
        stopped_at: null,
      },
      numbers,
      jobs,
    }
    const known = [ours, ...others]
    const nodes = known.map(each => toNode(each, each === ours, now.getTime()))
    const up = known.filter((_, n) => nodes[n]?.state === 'up')
    const samples = await samplesSince(database, now.getTime() - reachOf(range))
    samples.push({ node: node.id, at: now.getTime(), numbers })
    // While the others are not heard it would be those of this one only.
    const counted = numbers.bus_connected && present ? await present() : null
    const all = standing.map(job => toJob(job, known))
    return {
      at: now.toISOString(),
      nodes: nodes.toSorted(byState),
      totals: totalsOf(
        up.map(each => each.numbers),
        counted,
      ),
      queue: {
        ...queue,
        jobs_running: all.filter(({ state }) => state === 'running').length,
        jobs_late: all.filter(({ state }) => state === 'late').length,
      },
      jobs: all,
      database: {
        engine: database.about.engine,
        size_bytes: await database.about.size(),
        pool: database.about.pool(),
      },
      series: {
        range,
        step_seconds: RASTERS[range].stepMs / 1_000,
        points: seriesOf(samples, range, now.getTime()),
      },
    }
  }
}

/** A job that is due begins within this time, where there is anybody to run it. */
const LATE_MS = 10_000

const STATES: readonly SystemNode['state'][] = ['up', 'silent', 'stopped']

const byState = (a: SystemNode, b: SystemNode) =>
  STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.started_at.localeCompare(a.started_at)

/** A line begins with what was before it. */
const reachOf = (range: SystemRange) => RASTERS[range].steps * RASTERS[range].stepMs + RASTERS[range].gapMs

async function otherNodes({ db }: AppDatabase, id: string): Promise<Known[]> {
  const rows = await db.selectFrom('system_nodes').selectAll().where('id', '!=', id).execute()
  return rows.map(row => ({ row, numbers: JSON.parse(row.numbers), jobs: JSON.parse(row.jobs) }))
}

async function samplesSince({ db }: AppDatabase, since: number): Promise<Sample[]> {
  const rows = await db
    .selectFrom('system_samples')
    .select(['node_id', 'at', 'numbers'])
    .where('at', '>=', new Date(since).toISOString())
    .orderBy('at')
    .execute()
  return rows.map(({ node_id, at, numbers }) => ({
    node: node_id,
    at: Date.parse(at),
    numbers: JSON.parse(numbers),
  }))
}

function toNode({ row, numbers }: Known, answers: boolean, now: number): SystemNode {
  const isSilent = now - Date.parse(row.seen_at) > SILENT_MS
  const state = row.stopped_at ? 'stopped' : isSilent ? 'silent' : 'up'
  const isUp = state === 'up'
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    state,
    answers,
    started_at: row.started_at,
    seen_at: row.seen_at,
    // Whoever was connected to a process that is gone is connected elsewhere, or nowhere.
    connections: isUp ? numbers.connections : 0,
    users: isUp ? numbers.users : 0,
    bus_connected: isUp && numbers.bus_connected,
    memory_bytes: isUp ? numbers.memory_bytes : 0,
    busy: isUp ? numbers.busy : 0,
  }
}

function totalsOf(all: readonly Numbers[], counted: Totals | null): SystemTotals {
  const sum = (pick: (numbers: Numbers) => number) => all.reduce((total, numbers) => total + pick(numbers), 0)
  const timed = sum(numbers => numbers.timed)
  return {
    connections: counted?.totalConnections ?? sum(numbers => numbers.connections),
    users: counted?.activeUsers ?? sum(numbers => numbers.users),
    deliveries: sum(numbers => numbers.deliveries),
    delivery_ms: timed > 0 ? Math.round((sum(numbers => numbers.timed_ms) / timed) * 10) / 10 : null,
    sync_pages: sum(numbers => numbers.sync_pages),
    resets: sum(numbers => numbers.resets),
    gaps_healed: sum(numbers => numbers.gaps_healed),
    slow_readers: sum(numbers => numbers.slow_readers),
    commands_refused: sum(numbers => numbers.commands_refused),
    version_lag: Math.max(0, ...all.map(numbers => numbers.version_lag)),
  }
}

/** What is in no lease is in somebody's history: how long the last run took, and how the last bad one ended. */
function toJob(job: JobStanding, known: readonly Known[]): SystemJob {
  const histories = known.flatMap(({ jobs }) => jobs[job.name] ?? [])
  const last = histories.toSorted((a, b) => b.last_at.localeCompare(a.last_at))[0]
  const errors = histories.flatMap(({ last_error }) => last_error ?? [])
  return {
    name: job.name,
    schedule: job.schedule,
    state: job.isRunning ? 'running' : job.lagMs > LATE_MS ? 'late' : 'waiting',
    last_run_at: job.lastRunAt,
    next_run_at: job.nextRunAt,
    lag_seconds: Math.round(job.lagMs / 100) / 10,
    last_ms: last?.last_ms ?? null,
    last_error: errors.toSorted((a, b) => b.at.localeCompare(a.at))[0] ?? null,
  }
}
