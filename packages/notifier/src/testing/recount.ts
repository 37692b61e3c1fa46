/** What the counters should say, counted from the rows: the judge of every test that changes inboxes. */
import { type Kysely, sql } from 'kysely'
import type { NotifierTables } from '../database/tables.ts'

export interface Recount {
  total: number
  unread: number
}

/** Every inbox whose counters differ from its rows, in words. Empty when the badge is right everywhere. */
export async function wrongCounters(db: Kysely<NotifierTables>): Promise<string[]> {
  const rows = await db
    .selectFrom('notifications')
    .select(['user_id', 'type', 'priority', sql<number>`count(*)`.as('total')])
    .select(sql<number>`sum(case when read_at is null then 1 else 0 end)`.as('unread'))
    .where('deleted_at', 'is', null)
    .groupBy(['user_id', 'type', 'priority'])
    .execute()
  const real = new Map<string, Recount>()
  for (const row of rows) {
    const counts = { total: Number(row.total), unread: Number(row.unread) }
    real.set(`${row.user_id} ${row.type} ${row.priority}`, counts)
    const whole = real.get(row.user_id) ?? { total: 0, unread: 0 }
    real.set(row.user_id, { total: whole.total + counts.total, unread: whole.unread + counts.unread })
  }

  const kept = new Map<string, Recount>()
  for (const inbox of await db.selectFrom('inboxes').selectAll().execute()) {
    kept.set(inbox.user_id, { total: inbox.total_count, unread: inbox.unread_count })
  }
  for (const row of await db.selectFrom('inbox_counts').selectAll().execute()) {
    kept.set(`${row.user_id} ${row.type} ${row.priority}`, { total: row.total, unread: row.unread })
  }

  const none = { total: 0, unread: 0 }
  return [...new Set([...real.keys(), ...kept.keys()])].flatMap(key => {
    const is = kept.get(key) ?? none
    const should = real.get(key) ?? none
    return is.total === should.total && is.unread === should.unread
      ? []
      : [`${key}: kept ${is.unread}/${is.total}, rows say ${should.unread}/${should.total}`]
  })
}
