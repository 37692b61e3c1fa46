/** The tables of all sides but ours, and the people in them. */
import { DatabaseSync } from 'node:sqlite'
import { personId } from '../people.ts'

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
