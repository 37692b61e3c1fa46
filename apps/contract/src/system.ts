/** How the installation is: its server processes, what they do, what waits, and how that was lately. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf } from './common.ts'

/** `GET /api/system` */
export const SYSTEM_RANGES = ['hour', 'day'] as const
export const SystemQuery = Type.Object({
  range: OneOf(SYSTEM_RANGES, { default: 'hour', description: 'How far back the series go' }),
})
export type SystemQuery = Static<typeof SystemQuery>
export type SystemRange = SystemQuery['range']

/** `silent`: it should have been heard of by now, and did not say that it stops. */
const NODE_STATES = ['up', 'stopped', 'silent'] as const

/** A server process. */
export const SystemNode = Type.Object({
  id: Id,
  name: Type.String({ description: 'Host and port' }),
  version: Type.String(),
  state: OneOf(NODE_STATES),
  answers: Type.Boolean({ description: 'It is the one that answers this call' }),
  started_at: Timestamp,
  seen_at: Timestamp,
  connections: Type.Integer(),
  users: Type.Integer({ description: 'People with at least one connection to it' }),
  bus_connected: Type.Boolean({ description: 'It hears of what other processes say' }),
  memory_bytes: Type.Integer(),
  busy: Type.Number({ description: 'Share of the time in which it computed, 0 to 1' }),
})
export type SystemNode = Static<typeof SystemNode>

/** Counts are sums over the processes that are up, since each of them started. */
export const SystemTotals = Type.Object({
  connections: Type.Integer(),
  users: Type.Integer({
    description: 'Who is connected to two processes counts once; twice where they do not hear of each other',
  }),
  deliveries: Type.Integer({ description: 'Changes handed to a socket' }),
  delivery_ms: Nullable(
    Type.Number({ description: 'From the transaction of a notification to the sockets, on average' }),
  ),
  sync_pages: Type.Integer({ description: 'Pages sent to those who were away' }),
  resets: Type.Integer({ description: 'Clients told to fetch afresh' }),
  gaps_healed: Type.Integer({ description: 'Sockets found behind, which then read what the bus lost' }),
  slow_readers: Type.Integer({ description: 'Sockets closed because they did not read' }),
  commands_refused: Type.Integer(),
  version_lag: Type.Integer({ description: 'Versions that a socket lacked at most when last compared' }),
})
export type SystemTotals = Static<typeof SystemTotals>

/** `late`: it should have run and nobody has begun it, or its last run failed. */
const JOB_STATES = ['waiting', 'running', 'late'] as const

export const SystemJob = Type.Object({
  name: Type.String(),
  schedule: Type.String({ description: 'Cron, in the time zone of the organisation' }),
  state: OneOf(JOB_STATES),
  last_run_at: Nullable(Timestamp),
  next_run_at: Nullable(Timestamp),
  lag_seconds: Type.Number({ description: 'For how long it has been due; 0: it is not' }),
  last_ms: Nullable(Type.Integer({ description: 'How long its last run took' })),
  last_error: Nullable(Type.Object({ at: Timestamp, message: Type.String() }, { description: 'Of a day' })),
})
export type SystemJob = Static<typeof SystemJob>

/** What is known of one moment; null: nobody wrote it down. */
export const SystemPoint = Type.Object({
  at: Timestamp,
  connections: Nullable(Type.Integer()),
  deliveries_per_second: Nullable(Type.Number()),
  version_lag: Nullable(Type.Integer()),
  queue: Nullable(Type.Integer()),
})
export type SystemPoint = Static<typeof SystemPoint>

export const SystemReport = Type.Object({
  at: Timestamp,
  nodes: Type.Array(SystemNode, { description: 'Of the last day: those that are up first' }),
  totals: SystemTotals,
  queue: Type.Object({
    announcements: Type.Integer({ description: 'Being brought to inboxes' }),
    recipients: Type.Integer({ description: 'People they have not reached yet' }),
    jobs_running: Type.Integer(),
    jobs_late: Type.Integer(),
  }),
  jobs: Type.Array(SystemJob),
  database: Type.Object({
    engine: Type.String(),
    size_bytes: Type.Integer(),
    pool: Nullable(
      Type.Object(
        { open: Type.Integer(), busy: Type.Integer(), waiting: Type.Integer(), most: Type.Integer() },
        { description: 'Connections of the process that answers; null: it needs none' },
      ),
    ),
  }),
  series: Type.Object({
    range: OneOf(SYSTEM_RANGES),
    step_seconds: Type.Integer(),
    points: Type.Array(SystemPoint, { description: 'Oldest first' }),
  }),
})
export type SystemReport = Static<typeof SystemReport>
