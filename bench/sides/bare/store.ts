/** Rows and counters in SQLite and nothing else. */
import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { type Content, RAISER } from '../payload.ts'
import { alone, together } from './commit.ts'

/** A message for a reader. */
export interface Told {
  userId: string
  message: object
}

export type Store = ReturnType<typeof openStore>

/** @param isTogether requests that arrive in one turn of the event loop share a commit */
export function openStore(file: string, isTogether: boolean) {
  const database = new DatabaseSync(file)
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  const count = database.prepare(`
    update inboxes set version = version + 1, unread_count = unread_count + 1, total_count = total_count + 1
    where user_id = ? returning version`)
  const insert = database.prepare('insert into notifications values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)')
  const read = database.prepare('update notifications set read_at = ? where user_id = ? and read_at is null')
  const countRead = database.prepare(
    'update inboxes set version = version + 1, unread_count = unread_count - ? where user_id = ?',
  )
  const newest = database.prepare('select * from notifications where user_id = ? order by seq desc limit 20')
  const counters = database.prepare('select * from inboxes where user_id = ?')
  const everybody = database.prepare('select user_id from inboxes order by user_id')

  return {
    commit: isTogether ? together(database) : alone(database),

    /** Within a commit: a row and the counter of its reader. */
    add(userId: string, content: Content, at: string): Told {
      const { type, priority, title, message, action_url, data } = content
      const { version } = count.get(userId) as { version: number }
      const id = randomUUID()
      const json = JSON.stringify(data)
      insert.run(id, userId, version, type, priority, title, message, action_url, json, RAISER, at)
      const notification = { id, ...content, triggered_by_name: RAISER, created_at: at, is_read: false }
      return { userId, message: { type: 'new_notification', notification } }
    },

    /** Within a commit. */
    readAll(userId: string, at: string): number {
      const { changes } = read.run(at, userId)
      countRead.run(changes, userId)
      return Number(changes)
    },

    firstPage: (userId: string) => ({ notifications: newest.all(userId), ...counters.get(userId) }),
    everybody: () => everybody.all().map(row => String(row.user_id)),
  }
}
