/** An inbox that has grown for years: written straight into the tables, since raising so many takes its time. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Person } from '../../../apps/server/src/testing/index.ts'

/** Every tenth is high, every twentieth unread; the newest is from a minute ago, each older one four minutes before. */
export function fillInbox(dataDir: string, { id }: Person, count: number): void {
  const database = new DatabaseSync(join(dataDir, 'pms.sqlite'))
  try {
    database.exec('begin immediate')
    database
      .prepare(
        `insert into inboxes (user_id, version, sync_floor, unread_count, total_count)
         values (?, ?, 0, 0, ?)`,
      )
      .run(id, count, count)
    database
      .prepare(
        `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ?)
         insert into notifications (id, user_id, seq, version, type, priority, title, message, action_url, data,
           actor_name, needs_action, created_at, read_at)
         select printf('01a2068e-0000-7000-8000-%012d', n), ?, n, n,
           iif(n % 10 = 0, 'goal_rejected', 'goal_approved'), iif(n % 10 = 0, 'high', 'medium'),
           iif(n % 10 = 0, 'Goal Rejected', 'Goal Approved') || ' ' || n,
           'Jane Smith has decided about your goal ''Number ' || n || '''.', null, '{}', 'Jane Smith', 0,
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || ((? - n) * 4 + 1) || ' minutes'),
           iif(n % 20 = 0, null, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
         from numbers`,
      )
      .run(count, id, count)
    database
      .prepare(
        `insert into inbox_counts (user_id, type, priority, total, unread)
         select user_id, type, priority, count(*), sum(read_at is null) from notifications
         where user_id = ? group by user_id, type, priority`,
      )
      .run(id)
    database
      .prepare(
        `update inboxes set unread_count =
           (select count(*) from notifications where user_id = inboxes.user_id and read_at is null)
         where user_id = ?`,
      )
      .run(id)
    database.exec('commit')
  } finally {
    database.close()
  }
}
