/**
 * What inboxes do not keep for ever: notifications that were read long ago, the oldest of those where there are too
 * many, and the traces of what was deleted. Goes through all inboxes a little at a time, with pauses in which others
 * get their turn. It may stop after any step, and begin again from the start: what is done is not found again.
 */
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { CLEANED_AT_ONCE, isDone } from './cleaning.ts'
import { type Database, engineTables } from './database/database.ts'
import { prepared } from './database/prepared.ts'
import type { NotifierTables } from './database/tables.ts'
import { flush } from './flush.ts'

/** What stays in inboxes. What is unread, or still asks for a decision, always does. */
export interface Keeping {
  /** What was read at this moment or before goes. ISO 8601, UTC; null: age is no reason to go. */
  readBefore: string | null
  /** Where there are more the oldest that were read go; null: there may be any number. */
  atMost: number | null
}

export interface RetentionOptions {
  /** Called between two steps, with how long the last one took. If not given, as long a pause is made. */
  pause?: (ms: number) => Promise<unknown>
  /** Told how many are gone so far, after each step. */
  onProgress?: (count: number) => void
}

type Db = Kysely<NotifierTables>

const INBOXES_AT_ONCE = 200
const SHORTEST_PAUSE_MS = 2

/** At least as long for others as for itself. */
const asLong = (ms: number): Promise<unknown> => wait(Math.max(SHORTEST_PAUSE_MS, ms))

export function createRetention<Tables extends NotifierTables>(
  database: Database<Tables>,
  { pause = asLong, onProgress = () => {} }: RetentionOptions = {},
) {
  const db = engineTables(database.db)

  /** Counts what steps do, and makes a pause after each. */
  function stepping() {
    let count = 0
    return {
      async step(work: () => Promise<number>): Promise<number> {
        const began = performance.now()
        const done = await work()
        count += done
        onProgress(count)
        await pause(performance.now() - began)
        return done
      },
      count: () => count,
    }
  }

  /** Those of one inbox that are to go, oldest first, in parts that one step can take. */
  async function* findDone(userId: string, readBefore: string, excess: number, signal: AbortSignal) {
    let tooMany = excess
    let after = -1
    while (!signal.aborted) {
      const rows = await selectNext(db, { userId, after })
      const ids: string[] = []
      for (const row of rows) {
        // Nothing was read before it came.
        if (row.created_at > readBefore && tooMany <= 0) {
          yield ids
          return
        }
        after = row.seq
        if (!isDone(row)) continue
        if ((row.read_at ?? '') > readBefore && tooMany <= 0) continue
        tooMany -= 1
        ids.push(row.id)
      }
      yield ids
      if (rows.length < CLEANED_AT_ONCE) return
    }
  }

  return {
    /** @returns how many notifications went */
    async cleanInboxes({ readBefore, atMost }: Keeping, signal: AbortSignal): Promise<number> {
      const limit = readBefore ?? ''
      const { step, count } = stepping()
      let intents: { kind: 'clean'; userId: string; ids: string[] }[] = []
      let waiting = 0
      const takeAway = async () => {
        if (waiting === 0) return
        const batch = intents
        intents = []
        waiting = 0
        await step(() =>
          database.transaction(async tx => (await flush(tx, batch)).reduce((sum, each) => sum + each, 0)),
        )
      }

      let after = ''
      while (!signal.aborted) {
        const inboxes = await selectInboxes(db, { after })
        for (const { user_id, total_count, unread_count, oldest } of inboxes) {
          after = user_id
          if (total_count === unread_count) continue
          const excess = atMost === null ? 0 : total_count - atMost
          if (excess <= 0 && (oldest === null || oldest > limit)) continue
          for await (const ids of findDone(user_id, limit, excess, signal)) {
            if (waiting + ids.length > CLEANED_AT_ONCE) await takeAway()
            const last = intents.at(-1)
            if (last?.userId === user_id) last.ids.push(...ids)
            else if (ids.length > 0) intents.push({ kind: 'clean', userId: user_id, ids })
            waiting += ids.length
            await turn()
          }
        }
        if (inboxes.length < INBOXES_AT_ONCE) break
        await turn()
      }
      if (!signal.aborted) await takeAway()
      return count()
    },

    /**
     * Forgets what was deleted at this moment or before. Whoever comes back from before that fetches afresh.
     * @returns how many traces went
     */
    async forgetDeleted(before: string, signal: AbortSignal): Promise<number> {
      const { step, count } = stepping()
      while (!signal.aborted) {
        const traces = await selectTraces(db, { before })
        if (traces.length === 0) break
        await step(() => forget(database, before, traces))
      }
      return count()
    },
  }
}

const selectInboxes = prepared((db: Db, { after }: { after: string }) =>
  db
    .selectFrom('inboxes')
    .select(['user_id', 'total_count', 'unread_count'])
    .select(query =>
      query
        .selectFrom('notifications')
        .select('created_at')
        .whereRef('notifications.user_id', '=', 'inboxes.user_id')
        .where('deleted_at', 'is', null)
        .orderBy('seq')
        .limit(1)
        .as('oldest'),
    )
    .where('user_id', '>', after)
    .orderBy('user_id')
    .limit(INBOXES_AT_ONCE),
)

const selectNext = prepared((db: Db, { userId, after }: { userId: string; after: number }) =>
  db
    .selectFrom('notifications')
    .select(['seq', 'id', 'created_at', 'read_at', 'needs_action', 'resolved_at'])
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(CLEANED_AT_ONCE),
)

const selectTraces = prepared((db: Db, { before }: { before: string }) =>
  db
    .selectFrom('notifications')
    .select(['id', 'user_id'])
    .where('deleted_at', '<=', before)
    .orderBy('deleted_at')
    .limit(CLEANED_AT_ONCE),
)

/** Deletes these rows, but for those restored meanwhile, and raises the floor of their inboxes above them. */
function forget<Tables extends NotifierTables>(
  database: Database<Tables>,
  before: string,
  traces: readonly { id: string; user_id: string }[],
): Promise<number> {
  return database.transaction(async ({ engine, capabilities }) => {
    const userIds = [...new Set(traces.map(({ user_id }) => user_id))]
    // As a flush holds them, so that none is half way through a change.
    await capabilities
      .lockRows(engine.selectFrom('inboxes').selectAll().where('user_id', 'in', userIds).orderBy('user_id'))
      .execute()
    const gone = await engine
      .deleteFrom('notifications')
      .where(
        'id',
        'in',
        traces.map(({ id }) => id),
      )
      .where('deleted_at', '<=', before)
      .returning(['user_id', 'version'])
      .execute()
    const floors = new Map<string, number>()
    for (const { user_id, version } of gone) floors.set(user_id, Math.max(version, floors.get(user_id) ?? 0))
    if (floors.size === 0) return 0
    await engine
      .insertInto('inboxes')
      .values(
        [...floors].map(([user_id, sync_floor]) => ({
          user_id,
          version: 0,
          sync_floor,
          unread_count: 0,
          total_count: 0,
        })),
      )
      .onConflict(conflict =>
        conflict
          .column('user_id')
          .doUpdateSet(({ ref }) => ({ sync_floor: ref('excluded.sync_floor') }))
          .whereRef('inboxes.sync_floor', '<', 'excluded.sync_floor'),
      )
      .execute()
    return gone.length
  })
}
