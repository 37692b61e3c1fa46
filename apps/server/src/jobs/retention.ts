/** Takes away what has ended and is of no use to anybody: sessions that are over, tickets that nobody used. */
import type { AppDatabase } from '../database.ts'
import type { Job } from './job.ts'

/** So many rows a transaction, that nobody waits long. */
const AT_ONCE = 500

/** @returns the job of every night */
export function retentionJob(database: AppDatabase): Job {
  return {
    name: 'retention',
    schedule: '20 3 * * *',
    async run(now, signal) {
      const moment = now.toISOString()
      await inParts(signal, () => forgetSessions(database, moment))
      await inParts(signal, () => forgetTickets(database, moment))
    },
  }
}

/** Repeats until there is nothing left to take. @param part answers how many rows it took */
async function inParts(signal: AbortSignal, part: () => Promise<bigint>): Promise<void> {
  while (!signal.aborted && (await part()) === BigInt(AT_ONCE));
}

/** With a session go its refresh tokens, which are only signatures of it. The audit trail keeps that it was. */
async function forgetSessions({ db }: AppDatabase, now: string): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('id', 'in', query =>
      query
        .selectFrom('sessions')
        .select('id')
        .where(({ eb, or }) => or([eb('expires_at', '<=', now), eb('revoked_at', 'is not', null)]))
        .limit(AT_ONCE),
    )
    .executeTakeFirstOrThrow()
  return numDeletedRows
}

async function forgetTickets({ db }: AppDatabase, now: string): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('ws_tickets')
    .where('hash', 'in', query =>
      query.selectFrom('ws_tickets').select('hash').where('expires_at', '<=', now).limit(AT_ONCE),
    )
    .executeTakeFirstOrThrow()
  return numDeletedRows
}
