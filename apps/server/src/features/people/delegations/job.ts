/** Delegations begin and end by date alone: open requests have to go along, though nobody does anything. */
import { type Day, dayAt } from '../../../calendar.ts'
import type { AppDatabase, Tx } from '../../../database.ts'
import type { Job } from '../../../jobs/job.ts'
import { type Follow, followLines } from '../following.ts'
import { tellOfAbsence } from '../telling.ts'
import { stateOn } from './policy.ts'

/** So many people's requests go along in one transaction. */
const BATCH = 20

export interface DelegationJobOptions {
  database: AppDatabase
  follow: Follow
  timeZone: string
}

export function delegationJob({ database, follow, timeZone }: DelegationJobOptions): Job {
  return {
    name: 'delegations',
    schedule: '*/5 * * * *',
    async run(now, signal) {
      const day = dayAt(now, timeZone)
      while (!signal.aborted) {
        const isDone = await database.transaction(tx => followSome(tx, day))
        if (isDone) return
      }
    },
  }

  /** @returns whether there was nothing left to do */
  async function followSome(tx: Tx, day: Day): Promise<boolean> {
    const rows = await tx.capabilities
      .lockRows(
        tx.db
          .selectFrom('delegations')
          .selectAll()
          .where(({ and, eb, or }) =>
            or([
              and([eb('followed', '=', 'planned'), eb('from_day', '<=', day)]),
              and([eb('followed', '!=', 'over'), eb('to_day', '<', day)]),
            ]),
          )
          .orderBy('id')
          .limit(BATCH),
      )
      .execute()
    if (rows.length === 0) return true
    for (const row of rows) {
      await tx.db
        .updateTable('delegations')
        .set({ followed: stateOn(day, row) })
        .where('id', '=', row.id)
        .execute()
      await tellOfAbsence(tx, row, true)
    }
    await followLines(
      tx,
      follow,
      rows.map(row => row.user_id),
    )
    return false
  }
}
