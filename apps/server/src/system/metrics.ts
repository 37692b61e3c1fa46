/**
 * What Prometheus is told: every metric by its name, with what it means. Numbers that others count are read when they
 * are asked for; only durations are collected here. docs/metrics.md says what to make of them.
 */
import type { Distribution, HubReadings } from '@pms/notifier'
import type { PoolState } from '@pms/notifier/database'
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from 'prom-client'
import type { JobStanding } from '../jobs/scheduler.ts'
import type { JobHistory } from './job-log.ts'
import type { Waiting } from './report.ts'

export interface MetricSources {
  node: { name: string; version: string }
  hub(): HubReadings
  /** Connections that the journal had no room for. */
  unrecorded(): number
  pool(): PoolState | null
  jobs: Readonly<Record<string, JobHistory>>
  /** What only the database knows; null when it does not answer in time. */
  stored(): Promise<Stored | null>
}

export interface Stored {
  sizeBytes: number
  waiting: Waiting
  standings: JobStanding[]
}

export type Metrics = ReturnType<typeof createMetrics>

const MS_PER_SECOND = 1_000

export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'pms_http_request_duration_seconds',
    help: 'Calls, by method, route and class of status, from the first byte to the last of the answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const commits = new Histogram({
    name: 'pms_commit_duration_seconds',
    help: 'From the last statement of a transaction until it is committed and has told others',
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  })
  let isWatchingProcess = false
  let readStored = async (): Promise<void> => {}

  return {
    observeRequest: (method: string, route: string, status: number, ms: number): void =>
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, ms / MS_PER_SECOND),

    observeCommit: (ms: number): void => commits.observe(ms / MS_PER_SECOND),

    /** Reads these from now on, whenever the metrics are asked for. */
    watch(sources: MetricSources): void {
      watchEngine(registers, sources.hub)
      watchJournal(registers, sources.unrecorded)
      watchJobs(registers, sources.jobs)
      readStored = watchStored(registers, sources)
      new Gauge({
        name: 'pms_info',
        help: 'Always 1; the labels say which process this is',
        labelNames: ['node', 'version'],
        registers,
      }).set({ node: sources.node.name, version: sources.node.version }, 1)
    },

    contentType: registry.contentType,

    async text(): Promise<string> {
      // Watching the process has its price, which is paid only where somebody looks.
      if (!isWatchingProcess) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 50 })
      isWatchingProcess = true
      await readStored()
      return registry.metrics()
    },
  }
}

type Registers = Registry[]

function watchEngine(registers: Registers, hub: () => HubReadings): void {
  const gauge = (name: string, help: string, read: (readings: HubReadings) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(hub()))
      },
    })
  const counter = (name: string, help: string, read: (readings: HubReadings) => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read(hub()))
      },
    })

  gauge('pms_connections', 'Sockets that are open', each => each.totalConnections)
  gauge('pms_connected_users', 'People with at least one open socket', each => each.activeUsers)
  counter('pms_connections_opened_total', 'Sockets let in', each => each.opened)
  counter('pms_connections_refused_total', 'Sockets of people who had too many', each => each.crowdedOut)
  counter('pms_connections_lost_total', 'Sockets given up for want of a heartbeat', each => each.lost)
  counter('pms_slow_readers_total', 'Sockets closed because they did not read', each => each.slowReaders)
  counter('pms_deliveries_total', 'Changes handed to a socket', each => each.delivered)
  counter('pms_sync_replays_total', 'Clients that came back with the version they had', each => each.replays)
  counter('pms_sync_pages_total', 'Pages of changes read from the database', each => each.pages)
  counter('pms_sync_resets_total', 'Clients told to fetch afresh', each => each.resets)
  counter(
    'pms_gaps_healed_total',
    'Sockets found behind when versions were compared',
    each => each.gapsHealed,
  )
  counter('pms_commands_refused_total', 'Commands answered with an error', each => each.refusedCommands)
  gauge('pms_version_lag', 'Versions a socket lacked at most when last compared', each => each.versionLag)
  gauge('pms_bus_connected', '1 while other processes are heard', each => Number(each.isBusConnected))
  registers[0]?.registerMetric(
    mirrored(
      'pms_delivery_lag_seconds',
      'From the moment of a notification’s transaction until it was handed to the sockets here',
      () => hub().deliveryMs,
    ),
  )
}

function watchJournal(registers: Registers, unrecorded: () => number): void {
  new Counter({
    name: 'pms_connections_unrecorded_total',
    help: 'Connections that were not written down for traces, because too many ended at once',
    registers,
    collect() {
      this.reset()
      this.inc(unrecorded())
    },
  })
}

function watchJobs(registers: Registers, jobs: Readonly<Record<string, JobHistory>>): void {
  new Counter({
    name: 'pms_job_runs_total',
    help: 'Runs of jobs by this process that came to an end, by how they ended',
    labelNames: ['job', 'outcome'],
    registers,
    collect() {
      this.reset()
      for (const [job, { runs, failures }] of Object.entries(jobs)) {
        this.inc({ job, outcome: 'done' }, runs - failures)
        this.inc({ job, outcome: 'failed' }, failures)
      }
    },
  })
  new Counter({
    name: 'pms_job_seconds_total',
    help: 'Time that runs of jobs by this process took',
    labelNames: ['job'],
    registers,
    collect() {
      this.reset()
      for (const [job, { ms }] of Object.entries(jobs)) this.inc({ job }, ms / MS_PER_SECOND)
    },
  })
}

/** @returns reads what these are made of: all of them at once, so that each tells of the same moment */
function watchStored(registers: Registers, { stored, pool }: MetricSources): () => Promise<void> {
  const jobLag = new Gauge({
    name: 'pms_job_lag_seconds',
    help: 'For how long a job has been due; 0: it is not',
    labelNames: ['job'],
    registers,
  })
  const recipients = new Gauge({
    name: 'pms_announcement_recipients_waiting',
    help: 'People whom published announcements have not reached yet',
    registers,
  })
  const size = new Gauge({ name: 'pms_database_size_bytes', help: 'Room the database takes', registers })
  const connections = new Gauge({
    name: 'pms_database_connections',
    help: 'Connections to the database server, and calls that wait for one',
    labelNames: ['state'],
    registers,
  })
  const up = new Gauge({
    name: 'pms_database_up',
    help: '1 when the database answered this very call',
    registers,
  })
  return async () => {
    const known = await stored()
    // What is not known now is not told from memory.
    jobLag.reset()
    connections.reset()
    recipients.remove()
    size.remove()
    const state = pool()
    if (state) {
      connections.set({ state: 'busy' }, state.busy)
      connections.set({ state: 'idle' }, state.open - state.busy)
      connections.set({ state: 'waiting' }, state.waiting)
    }
    up.set(known ? 1 : 0)
    if (!known) return
    size.set(known.sizeBytes)
    recipients.set(known.waiting.recipients)
    for (const { name, lagMs } of known.standings) jobLag.set({ job: name }, lagMs / MS_PER_SECOND)
  }
}

/** A histogram of seconds that somebody else keeps, in milliseconds. */
function mirrored(name: string, help: string, read: () => Distribution): Metric {
  const metric = {
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    reset() {},
    async get() {
      const { bounds, counts, sum } = read()
      let soFar = 0
      const buckets = counts.map((count, place) => {
        soFar += count
        const le = place < bounds.length ? (bounds[place] ?? 0) / MS_PER_SECOND : '+Inf'
        return { metricName: `${name}_bucket`, labels: { le }, value: soFar }
      })
      const ends = [
        { metricName: `${name}_sum`, labels: {}, value: sum / MS_PER_SECOND },
        { metricName: `${name}_count`, labels: {}, value: soFar },
      ]
      return { name, help, type: 'histogram', aggregator: 'sum', values: [...buckets, ...ends] }
    },
  }
  // The library makes no histogram of counts that exist; of a metric it asks for no more than this.
  return metric as unknown as Metric
}
