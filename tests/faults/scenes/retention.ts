/**
 * Inboxes are cleaned of what was read long ago while their people are at work: pages are open, something new comes,
 * something is read. What goes in one night, then what was deleted is forgotten in another.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { SystemReport } from '../../../apps/contract/src/index.ts'
import { type AppDatabase, openAppDatabase } from '../../../apps/server/src/database.ts'
import { createRest } from '../../../apps/server/src/testing/rest.ts'
import { ours } from '../../../bench/sides/ours.ts'
import { bodyFor } from '../../../bench/sides/payload.ts'
import { PUBLISHER, personId, tokenOf } from '../../../bench/sides/people.ts'
import { engineTables } from '../../../packages/notifier/src/database/database.ts'
import { wrongCounters } from '../../../packages/notifier/src/testing/recount.ts'
import type { Member } from '../kit/cast.ts'
import { report, sum } from '../kit/figures.ts'
import { allShowTheTruth } from '../kit/truth.ts'
import { eventually } from '../kit/until.ts'
import { isLive, type Watched, watch } from '../kit/watched.ts'

export interface RetentionSize {
  /** People with two open pages each. */
  people: number
  /** Notifications of each of them, and of all inboxes together. */
  inbox: number
  rows: number
  /** Every how-manieth of theirs is unread, and stays. */
  unreadEvery: number
  /** Most of the processor that a piece of work may take in which nobody else gets a turn. Milliseconds. */
  longestSlice: number
  /** Whether what was deleted is forgotten afterwards. */
  forgets: boolean
}

const JOB = 'inbox-retention'
const HOURS = 3_600_000
const BETWEEN_ACTS_MS = 100
const WARM_AFTER = 30

export function retention({ people, inbox, rows, unreadEvery, longestSlice, forgets }: RetentionSize): void {
  const size = `${rows.toLocaleString('en')} notifications`

  test(
    `${size} are cleaned while ${people} people look`,
    async () => {
      const numbers = Array.from({ length: people }, (_, at) => at + 1)
      const members = numbers.map(
        (n): Member => ({ id: personId(n), name: `Person ${n}`, chief: null, token: async () => tokenOf(n) }),
      )
      const stage = await ours.prepare(people + 1, { RETENTION_DAYS: '7' })
      try {
        await stage.fill({ asked: numbers, inbox, rows, unreadEvery })
        const cleaned = await night(stage, members)
        const kept = await counts(stage.config)
        expect(kept.live).toBe(people * Math.floor(inbox / unreadEvery) + cleaned.raised)
        expect(kept.live + kept.deleted).toBe(rows + cleaned.raised)
        report('retention', { rows, removed: kept.deleted, ...rounded(cleaned) })
        expect(cleaned.slice).toBeLessThan(longestSlice)
        if (!forgets) return

        await makeOld(stage.config)
        const forgotten = await night(stage, members)
        const left = await counts(stage.config)
        expect(left).toEqual({ live: kept.live + forgotten.raised, deleted: 0 })

        report('retention', { forgotten: kept.deleted, ...rounded(forgotten) })
        expect(forgotten.slice).toBeLessThan(longestSlice)
      } finally {
        await stage.close()
      }
    },
    2 * HOURS,
  )
}

type Stage = Awaited<ReturnType<typeof ours.prepare>>

/** A server starts, finds its job due, and is used until that is done. Then every page shows what there is. */
async function night(stage: Stage, members: readonly Member[]) {
  const server = await stage.start()
  try {
    const url = `http://127.0.0.1:${server.port}`
    const raiser = createRest(url, { token: server.raiser.replace('Bearer ', '') })
    const observer = createRest(url, { token: tokenOf(PUBLISHER) })
    const began = performance.now()
    const clients = members.flatMap(member => [0, 1].map(() => watch(member, { url, speed: 1 })))
    await eventually(() => clients.every(isLive), 'every page is live')

    const isDone = async () => {
      const { body } = await observer.get<SystemReport>('/api/system')
      const job = body.jobs.find(({ name }) => name === JOB)
      return job?.state === 'waiting' && job.last_run_at !== null
    }
    const waits: number[] = []
    let raised = 0
    await server.slices.forget()
    for (let act = 1; act === 1 || !(await isDone()); act++) {
      // What was done for the first time was also compiled.
      if (act === WARM_AFTER) await server.slices.forget()
      const from = performance.now()
      const to = members.map(({ id }) => id)
      const { status } = await raiser.post('/api/notifications', bodyFor(to, raised))
      expect(status).toBe(201)
      waits.push(performance.now() - from)
      raised += members.length
      await readSomething(clients)
      await wait(BETWEEN_ACTS_MS)
    }
    const seconds = (performance.now() - began) / 1_000
    const slice = await server.slices.work()
    const late = await server.slices.longest()

    await allShowTheTruth(url, clients)
    for (const { inbox } of clients) inbox.close()
    const { replayed, resets, reconnects } = sum(clients)
    const call = Math.max(...waits)
    return { seconds, slice, late, call, raised, replayed, resets, reconnects }
  } finally {
    await server.stop()
  }
}

/** Somebody reads the newest that is unread, in one of the pages. */
async function readSomething(clients: readonly Watched[]): Promise<void> {
  const client = clients[Math.floor(Math.random() * clients.length)]
  const unread = client?.inbox.getSnapshot().items.find(({ is_read }) => !is_read)
  if (unread) await client?.inbox.markRead(unread.id)
}

async function withDatabase<R>(
  config: Stage['config'],
  work: (database: AppDatabase) => Promise<R>,
): Promise<R> {
  const database = await openAppDatabase(config)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** What the rows say, and that every counter says the same. */
function counts(config: Stage['config']): Promise<{ live: number; deleted: number }> {
  return withDatabase(config, async ({ db }) => {
    expect(await wrongCounters(engineTables(db))).toEqual([])
    const { rows, deleted } = await db
      .selectFrom('notifications')
      .select(({ fn }) => [fn.countAll<number>().as('rows'), fn.count<number>('deleted_at').as('deleted')])
      .executeTakeFirstOrThrow()
    return { live: Number(rows) - Number(deleted), deleted: Number(deleted) }
  })
}

/** What is deleted was so long ago, and the next server to start finds its jobs due. */
function makeOld(config: Stage['config']): Promise<void> {
  return withDatabase(config, async ({ db }) => {
    await db
      .updateTable('notifications')
      .set({ deleted_at: '2026-01-01T00:00:00.000Z' })
      .where('deleted_at', 'is not', null)
      .execute()
    await db.deleteFrom('job_leases').execute()
  })
}

const rounded = (figures: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10]))
