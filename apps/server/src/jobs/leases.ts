/**
 * The right to run a job: one row each, held by one process at a time. Every step is one statement, so of two
 * processes that want it at once one gets it; a process that dies lets go by not putting the end off any more. A row
 * whose holder's time is up tells of a run that did not come to its end.
 */
import type { AppDatabase } from '../database.ts'

export interface Lease {
  name: string
  holder: string
  until: string
}

/**
 * Takes the lease of a job, if nobody holds it.
 * @param due only if no run began since then and came to its end; null: in any case
 * @returns whether it is ours now
 */
export async function takeLease(
  { db }: AppDatabase,
  lease: Lease,
  now: string,
  due: string | null,
): Promise<boolean> {
  const taken = await db
    .insertInto('job_leases')
    .values({ ...lease, last_run_at: null })
    .onConflict(conflict =>
      conflict
        .column('name')
        .doUpdateSet({ holder: lease.holder, until: lease.until })
        .where(({ eb, or }) => or([eb('job_leases.until', 'is', null), eb('job_leases.until', '<=', now)]))
        .where(({ eb, or, lit }) =>
          due === null
            ? lit(true)
            : or([eb('job_leases.holder', 'is not', null), eb('job_leases.last_run_at', '<', due)]),
        ),
    )
    .returning('name')
    .executeTakeFirst()
  return taken !== undefined
}

/** Puts the end off. @returns whether it is still ours: somebody else may have taken it over */
export async function renewLease({ db }: AppDatabase, { name, holder, until }: Lease): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job_leases')
    .set({ until })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** The run that began at `ranAt` came to its end. */
export async function endLease({ db }: AppDatabase, { name, holder }: Lease, ranAt: string): Promise<void> {
  await db
    .updateTable('job_leases')
    .set({ holder: null, until: null, last_run_at: ranAt })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .execute()
}
