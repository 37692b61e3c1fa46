/**
 * Writes down, every now and then, how this process is: so that any process answers for all of them, and for what was.
 * A step is one transaction, and what is too old goes with it. While nothing changes hardly anything is written.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { AppDatabase } from '../database.ts'
import type { JobHistory } from './job-log.ts'
import type { Numbers } from './numbers.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How often there is something to write at most … */
const STEP_MS = 10 * SECOND
/** … and how often it is written all the same. */
const REST_MS = 30 * SECOND

/** Looked at closely: every sample. Looked back at: one of so many minutes. */
const CLOSE_MS = HOUR + 2 * MINUTE
const BACK_MS = 24 * HOUR

/** How long a process is remembered. */
export const NODES_KEPT_MS = BACK_MS
const BACK_SLOT_MS = 5 * MINUTE

/** A process that was not heard of for so long has missed more than one step. */
export const SILENT_MS = 75 * SECOND

/** How long a stop waits for the last word. */
const GOODBYE_MS = 1 * SECOND

export interface NodeOfOurs {
  id: string
  name: string
  version: string
  startedAt: string
}

export interface SamplerOptions {
  database: AppDatabase
  node: NodeOfOurs
  /** As they are now. */
  read(): Promise<Numbers>
  jobs: Readonly<Record<string, JobHistory>>
  clock: () => Date
  /** What is looked at in the same steps, after the writing. */
  look?(now: Date): Promise<void>
  onError(error: unknown): void
}

export function createSampler({ database, node, read, jobs, clock, look, onError }: SamplerOptions) {
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> | null = null
  let written = { at: 0, what: '', slot: 0 }
  let isTroubled = false

  async function write(isLast: boolean): Promise<void> {
    const numbers = await read()
    const now = clock().getTime()
    const what = whatMatters(numbers, jobs)
    if (!isLast && what === written.what && now - written.at < REST_MS) return
    const slot = Math.floor(now / BACK_SLOT_MS)
    const at = new Date(now).toISOString()
    const row = {
      name: node.name,
      seen_at: at,
      stopped_at: isLast ? at : null,
      numbers: JSON.stringify(numbers),
      jobs: JSON.stringify(jobs),
    }
    const keptFor = slot === written.slot ? CLOSE_MS : BACK_MS
    await database.transaction(async ({ db }) => {
      await db
        .insertInto('system_nodes')
        .values({ id: node.id, version: node.version, started_at: node.startedAt, ...row })
        .onConflict(conflict => conflict.column('id').doUpdateSet(row))
        .execute()
      await db
        .insertInto('system_samples')
        .values({
          node_id: node.id,
          at,
          numbers: row.numbers,
          kept_until: new Date(now + keptFor).toISOString(),
        })
        .onConflict(conflict => conflict.doNothing())
        .execute()
      await db.deleteFrom('system_samples').where('kept_until', '<=', at).execute()
      await db
        .deleteFrom('system_nodes')
        .where('seen_at', '<=', new Date(now - NODES_KEPT_MS).toISOString())
        .where('id', 'not in', query => query.selectFrom('system_samples').select('node_id'))
        .execute()
    })
    written = { at: now, what, slot }
  }

  /** Writes what is new, if anything is. Errors go to the log, once for each trouble. */
  function step(isLast = false): Promise<void> {
    writing ??= write(isLast)
      .then(() => look?.(clock()))
      .then(
        () => {
          isTroubled = false
        },
        error => {
          if (!isTroubled) onError(error)
          isTroubled = true
        },
      )
      .finally(() => {
        writing = null
      })
    return writing
  }

  return {
    step: () => step(),

    /** From now on, until `stop()`. */
    start(): void {
      void step()
      timer = setInterval(() => void step(), STEP_MS).unref()
    },

    /** Says goodbye, if that is soon done. */
    async stop(): Promise<void> {
      if (!timer) return
      clearInterval(timer)
      timer = null
      const goodbye = async () => {
        await writing
        if (!isTroubled) await step(true)
      }
      await Promise.race([goodbye(), wait(GOODBYE_MS, undefined, { ref: false })])
    },
  }
}

/** Of all that is written, what is worth a write: memory and computing time always differ a little. */
function whatMatters(
  { memory_bytes, busy, ...numbers }: Numbers,
  jobs: Readonly<Record<string, JobHistory>>,
): string {
  const runs = Object.entries(jobs).map(([name, { failures }]) => [name, failures])
  return JSON.stringify([numbers, runs])
}
