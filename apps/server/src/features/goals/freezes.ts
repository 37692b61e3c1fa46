/** Quarters that HR has frozen: freezing and lifting, who is told, and refusing what a freeze locks. */
import type { FreezeQuarterBody, GoalFreeze, GoalFreezePage, GoalFreezeQuery, Quarter } from '@pms/contract'
import { resourceChangedForAll } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import type { Caller } from '../../auth/caller.ts'
import { dayAt, dayInWords } from '../../calendar.ts'
import type { AppDatabase, Tables, Tx } from '../../database.ts'
import { conflict, forbidden, notFound } from '../../http/errors.ts'
import { pageOf } from '../../paging.ts'

type Db = Kysely<Tables>

/** Goals of the year have none, and no freeze touches them. */
interface OfQuarter {
  year: number
  quarter: Quarter | null
}

export type FreezeActions = ReturnType<typeof freezeActions>

/** The verbs. Each answers the id of the freeze; refusals are thrown as problems. */
export function freezeActions(database: AppDatabase, timeZone: string) {
  return {
    freezeQuarter: (caller: Caller, { year, quarter, reason = null }: FreezeQuarterBody): Promise<string> =>
      database.transaction(async tx => {
        assertKeeper(caller)
        const id = newId()
        const { numInsertedOrUpdatedRows } = await tx.db
          .insertInto('goal_freezes')
          .values({
            id,
            year,
            quarter,
            reason,
            frozen_by_id: caller.id,
            frozen_at: tx.now,
            lifted_by_id: null,
            lifted_at: null,
          })
          .onConflict(other => other.columns(['year', 'quarter']).where('lifted_at', 'is', null).doNothing())
          .executeTakeFirstOrThrow()
        if (numInsertedOrUpdatedRows !== 1n) await assertNotFrozen(tx.db, { year, quarter }, timeZone)
        await record(tx, caller, id, 'frozen', { year, quarter, reason })
        return id
      }),

    unfreezeQuarter: (caller: Caller, id: string): Promise<string> =>
      database.transaction(async tx => {
        const freeze = await tx.capabilities
          .lockRows(tx.db.selectFrom('goal_freezes').selectAll().where('id', '=', id))
          .executeTakeFirst()
        if (!freeze) throw notFound('freeze')
        assertKeeper(caller)
        const { year, quarter, lifted_at, lifted_by_id } = freeze
        if (lifted_at !== null) {
          const name = await nameOf(tx.db, lifted_by_id)
          throw conflict(`${quarter} ${year} was unfrozen by ${name} on ${dayOf(lifted_at, timeZone)}`, {
            currentStatus: 'UNFROZEN',
          })
        }
        await tx.db
          .updateTable('goal_freezes')
          .set({ lifted_by_id: caller.id, lifted_at: tx.now })
          .where('id', '=', id)
          .execute()
        await record(tx, caller, id, 'unfrozen', { year, quarter })
        return id
      }),
  }
}

/**
 * @param status of the goal that was to be changed
 * @throws 409 `quarter_frozen`, with who froze it and when
 */
export async function assertNotFrozen(
  db: Db,
  { year, quarter }: OfQuarter,
  timeZone: string,
  status = 'FROZEN',
): Promise<void> {
  if (quarter === null) return
  const freeze = await inForce(db)
    .where('goal_freezes.year', '=', year)
    .where('goal_freezes.quarter', '=', quarter)
    .executeTakeFirst()
  if (!freeze) return
  const { frozen_by_name, frozen_at, reason } = freeze
  const why = reason === null ? '' : `. Reason: ${reason}`
  throw conflict(
    `${quarter} ${year} was frozen by ${frozen_by_name} on ${dayOf(frozen_at, timeZone)}${why}`,
    { code: 'quarter_frozen', currentStatus: status },
  )
}

/** A test for many goals at once. */
export async function frozenQuarters(db: Db): Promise<(goal: OfQuarter) => boolean> {
  const rows = await db
    .selectFrom('goal_freezes')
    .select(['year', 'quarter'])
    .where('lifted_at', 'is', null)
    .execute()
  const frozen = new Set(rows.map(({ year, quarter }) => `${year} ${quarter}`))
  return ({ year, quarter }) => frozen.has(`${year} ${quarter}`)
}

/** Freezes in force, the newest first; everybody may see them. */
export async function listFreezes(db: Db, caller: Caller, query: GoalFreezeQuery): Promise<GoalFreezePage> {
  const { year, quarter, skip, limit } = query
  const selected = inForce(db)
    .$if(year !== undefined, q => q.where('goal_freezes.year', '=', year ?? 0))
    .$if(quarter !== undefined, q => q.where('goal_freezes.quarter', '=', quarter ?? 'Q1'))
  const rows = await selected.orderBy('goal_freezes.id', 'desc').execute()
  const items = rows.slice(skip, skip + limit).map(row => toFreeze(row, caller))
  return pageOf(items, rows.length, skip)
}

export async function findFreeze(db: Db, caller: Caller, id: string): Promise<GoalFreeze | undefined> {
  const row = await inForce(db).where('goal_freezes.id', '=', id).executeTakeFirst()
  return row && toFreeze(row, caller)
}

/** There are as many as there are quarters under one: few. */
function inForce(db: Db) {
  return db
    .selectFrom('goal_freezes')
    .innerJoin('users', 'users.id', 'goal_freezes.frozen_by_id')
    .where('goal_freezes.lifted_at', 'is', null)
    .selectAll('goal_freezes')
    .select('users.name as frozen_by_name')
}

type FreezeRow = Awaited<ReturnType<ReturnType<typeof inForce>['execute']>>[number]

function toFreeze(row: FreezeRow, caller: Caller): GoalFreeze {
  return {
    id: row.id,
    year: row.year,
    quarter: row.quarter,
    reason: row.reason,
    frozen_by: { id: row.frozen_by_id, name: row.frozen_by_name },
    frozen_at: row.frozen_at,
    allowed_actions: isKeeper(caller) ? ['unfreeze'] : [],
  }
}

const isKeeper = (caller: Caller) => caller.permissions.has('goals.organisation')

function assertKeeper(caller: Caller): void {
  if (!isKeeper(caller)) throw forbidden('Only those who keep the goals of the organisation freeze quarters')
}

/** Audits it, and tells everybody's open pages: whoever has a goal of that quarter, or sees those of all. */
async function record(tx: Tx, caller: Caller, id: string, what: string, detail: object): Promise<void> {
  await recordAudit(tx, {
    actor: caller,
    action: `goal_freeze.${what}`,
    object: { type: 'goal_freeze', id },
    detail: { ...detail },
  })
  resourceChangedForAll(tx, 'goal_freeze', id, [caller.id])
}

const dayOf = (moment: string, timeZone: string) => dayInWords(dayAt(moment, timeZone))

async function nameOf(db: Db, userId: string | null): Promise<string> {
  const user = await db
    .selectFrom('users')
    .select('name')
    .where('id', '=', userId ?? '')
    .executeTakeFirst()
  return user?.name ?? 'nobody'
}
