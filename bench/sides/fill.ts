/** Fills a database of ours with many notifications, on either engine. Quicker than by any call, and just as true. */
import { DatabaseSync } from 'node:sqlite'
import { ask } from '../../tests/services/postgres.ts'
import { MESSAGE, PRIORITY, RAISER, TITLE, TYPE } from './payload.ts'
import { personId } from './people.ts'
import { OTHERS, otherId, type Plan, parts, placeOf, rowId } from './plan.ts'

/** Where the engines differ. */
export interface Filler {
  moment(text: string): string
  json(text: string): string
  run(statement: string): Promise<unknown>
  /** Leaves the database as one that has grown over time. */
  close(): Promise<unknown>
}

export function sqliteFiller(file: string): Filler {
  const database = new DatabaseSync(file)
  // What is lost in a crash here is made again; and the indexes, written all over, stay in memory meanwhile.
  database.exec('pragma synchronous = off; pragma cache_size = -2000000')
  return {
    moment: text => text,
    json: text => text,
    run: async statement => database.exec(statement),
    async close() {
      database.exec('pragma wal_checkpoint(truncate)')
      database.close()
    },
  }
}

export function postgresFiller(url: string): Filler {
  return {
    moment: text => `cast(${text} as timestamptz)`,
    json: text => `cast(${text} as json)`,
    run: statement => ask(url, statement),
    close: () => ask(url, 'vacuum analyze'),
  }
}

const AT = "'2026-11-01T08:00:00.000Z'"

export async function fill({ moment, json, run, close }: Filler, plan: Plan): Promise<void> {
  const { isAsked, userId, seq } = placeOf(plan, personId)
  const columns = 'user_id, version, sync_floor, unread_count, total_count'
  const asked = plan.asked.map(person => `('${personId(person)}', 0, 0, 0, 0)`).join(', ')
  await run(`insert into inboxes (${columns}) values ${asked}`)
  await run(
    `insert into inboxes (${columns}) ${numbers(0, OTHERS - 1)} select ${otherId('i')}, 0, 0, 0, 0 from numbers`,
  )
  for (const [from, to] of parts(plan.rows))
    await run(`
      insert into notifications (id, user_id, seq, version, type, priority, title, message, action_url, data, actor_name,
        needs_action, created_at, read_at, read_version)
      ${numbers(from, to)}, placed as (select i, ${userId} as user_id, ${seq} as seq, ${isAsked} as is_asked from numbers)
      select ${rowId('i')}, user_id, seq, seq, '${TYPE}', '${PRIORITY}', '${TITLE}',
        ${quoted(MESSAGE)}, '/goals/' || i || '/respond', ${json(`'{"number":' || i || '}'`)}, '${RAISER}', 0, ${moment(AT)},
        case when is_asked and seq % ${plan.unreadEvery} = 0 then null else ${moment(AT)} end,
        case when is_asked and seq % ${plan.unreadEvery} = 0 then null else seq end
      from placed`)
  await run(`
    insert into inbox_counts (user_id, type, priority, total, unread)
    select user_id, type, priority, count(*), sum(case when read_at is null then 1 else 0 end)
    from notifications group by user_id, type, priority`)
  await run(`
    update inboxes set version = total, total_count = total, unread_count = unread
    from inbox_counts where inbox_counts.user_id = inboxes.user_id`)
  await close()
}

function numbers(from: number, to: number): string {
  return `with recursive numbers(i) as (select ${from} union all select i + 1 from numbers where i < ${to})`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
