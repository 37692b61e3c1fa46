/** Forgets calls whose keys are no good any more. */
import type { AppDatabase } from '../database.ts'
import type { Job } from '../jobs/job.ts'
import { KEPT_MS } from './idempotency.ts'

/** So many rows at once, that nobody waits long. */
const AT_ONCE = 500

export function idempotencyCleanUp(database: AppDatabase): Job {
  return {
    name: 'idempotency-clean-up',
    schedule: '50 * * * *',
    async run(now, signal) {
      const limit = new Date(now.getTime() - KEPT_MS).toISOString()
      while (!signal.aborted && (await forget(database, limit)) === BigInt(AT_ONCE));
    },
  }
}

async function forget({ db }: AppDatabase, limit: string): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('idempotent_calls')
    .where('id', 'in', query =>
      query.selectFrom('idempotent_calls').select('id').where('created_at', '<=', limit).limit(AT_ONCE),
    )
    .executeTakeFirstOrThrow()
  return numDeletedRows
}
