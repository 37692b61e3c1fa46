/** Puts together what watches over this process and tells of all of them. app.ts hands it what it watches. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { Hub } from '@pms/notifier'
import type { AppDatabase } from '../database.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { JobLog } from './job-log.ts'
import type { ConnectionJournal } from './journal/journal.ts'
import type { Metrics, Stored } from './metrics.ts'
import type { Neighbours } from './neighbours.ts'
import { createNumbers } from './numbers.ts'
import { createReport, type Waiting } from './report.ts'
import { createSampler, type NodeOfOurs } from './samples.ts'

export interface SystemOptions {
  database: AppDatabase
  hub: Hub
  node: NodeOfOurs
  journal: ConnectionJournal
  metrics: Metrics
  jobLog: JobLog
  standings: Scheduler['standings']
  /** What is on its way to people. */
  waiting(): Promise<Waiting>
  /** null: there are none, or they are heard. */
  neighbours: Neighbours | null
  /** Who is connected to any process; null: no process knows. */
  present: Hub['totals'] | null
  clock: () => Date
  onError(error: unknown): void
}

/** Whoever asks for metrics is not kept waiting by a database that does not answer. */
const PATIENCE_MS = 2_000

export function watchSystem({
  database,
  hub,
  node,
  journal,
  metrics,
  jobLog,
  standings,
  waiting,
  neighbours,
  present,
  clock,
  onError,
}: SystemOptions) {
  const numbers = createNumbers(hub.readings, journal.unrecorded)
  const read = async () => numbers((await waiting()).recipients)
  const jobs = jobLog.histories

  async function stored(): Promise<Stored | null> {
    const all = Promise.all([database.about.size(), waiting(), standings()]).then(
      ([sizeBytes, waits, stand]) => ({ sizeBytes, waiting: waits, standings: stand }),
      () => null,
    )
    return Promise.race([all, wait(PATIENCE_MS, null, { ref: false })])
  }

  metrics.watch({
    node,
    hub: hub.readings,
    unrecorded: journal.unrecorded,
    pool: database.about.pool,
    jobs,
    stored,
  })
  return {
    report: createReport({ database, node, read, jobs, standings, waiting, present, clock }),
    sampler: createSampler({
      database,
      node,
      read,
      jobs,
      clock,
      onError,
      async look(now) {
        await journal.write()
        await neighbours?.look(database.db, node, now)
      },
    }),
  }
}

/** This process, as the others know it. */
export const nodeOfOurs = (port: number, startedAt: Date): NodeOfOurs => ({
  id: randomUUID(),
  name: `${hostname()}:${port}`,
  version: versionOf(),
  startedAt: startedAt.toISOString(),
})

function versionOf(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
