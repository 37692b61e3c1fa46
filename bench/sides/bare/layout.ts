/** The tables of all sides but ours, and the people in them. */
import { DatabaseSync } from 'node:sqlite'
import { PRIORITY, RAISER, TITLE, TYPE } from '../payload.ts'
import { personId } from '../people.ts'
import { type Plan, parts, placeOf, rowId } from '../plan.ts'

/** Makes the database, with an empty inbox for each person. */
export function layOut(file: string, people: number): void {
  const database = new DatabaseSync(file)
  database.exec(`
    pragma journal_mode = wal;
    create table inboxes (
      user_id text primary key, version integer not null, unread_count integer not null, total_count integer not null
    ) strict;
    create table notifications (
      id text primary key, user_id text not null, seq integer not null, type text not null, priority text not null,
      title text not null, message text not null, action_url text, data text not null, actor_name text,
      created_at text not null, read_at text
    ) strict;
    create unique index newest on notifications (user_id, seq desc);
    create index unread on notifications (user_id, seq desc) where read_at is null;
    begin;
  `)
  const insert = database.prepare('insert into inboxes values (?, 0, 0, 0)')
  for (let person = 0; person < people; person++) insert.run(personId(person))
  database.exec('commit')
  database.close()
}

/** Writes what the plan says into the inboxes that are asked; those of others stay empty here. */
export function fillBare(file: string, plan: Plan): void {
  const database = new DatabaseSync(file)
  database.exec('pragma synchronous = off')
  const { isAsked, userId, seq } = placeOf(plan, personId)
  const at = new Date().toISOString()
  for (const [from, to] of parts(plan.rows))
    database.exec(`
      insert into notifications
      with recursive numbers(i) as (select ${from} union all select i + 1 from numbers where i < ${to}),
        placed as (select i, ${userId} as user_id, ${seq} as seq from numbers where ${isAsked})
      select ${rowId('i')}, user_id, seq, '${TYPE}', '${PRIORITY}', '${TITLE}', 'A message', null, '{}', '${RAISER}',
        '${at}', case when seq % ${plan.unreadEvery} = 0 then null else '${at}' end
      from placed`)
  database.exec(`
    update inboxes set version = counted.total, total_count = counted.total, unread_count = counted.unread
    from (
      select user_id, count(*) as total, sum(read_at is null) as unread from notifications group by user_id
    ) as counted
    where counted.user_id = inboxes.user_id`)
  database.close()
}
