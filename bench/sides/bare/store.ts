/** Rows and counters in SQLite and nothing else. Two ways to commit: each for itself, or all that came together. */
import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { type Body, PRIORITY, RAISER, wordsOf } from '../payload.ts'

/** A notification as it goes to its reader. */
export interface Told {
  userId: string
  message: object
}

export type Store = ReturnType<typeof openStore>

/** Runs work in a durable transaction. */
export type Commit = <R>(work: () => R) => Promise<R>

/** @param isTogether requests that arrive in one turn of the event loop share a commit */
export function openStore(file: string, isTogether: boolean) {
  const database = new DatabaseSync(file)
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table if not exists inboxes (
      user_id text primary key, version integer not null, unread_count integer not null, total_count integer not null
    ) strict;
    create table if not exists notifications (
      id text primary key, user_id text not null, seq integer not null, type text not null, priority text not null,
      title text not null, message text not null, action_url text, data text not null, actor_name text,
      created_at text not null, read_at text
    ) strict;
    create unique index if not exists newest on notifications (user_id, seq desc);
  `)
  const count = database.prepare(`
    insert into inboxes values (?, 1, 1, 1)
    on conflict do update set version = version + 1, unread_count = unread_count + 1, total_count = total_count + 1
    returning version`)
  const insert = database.prepare('insert into notifications values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)')
  const commit = isTogether ? together(database) : alone(database)

  function add(userId: string, { type, data }: Body, at: string): Told {
    const { title, message, action_url } = wordsOf(data)
    const { version } = count.get(userId) as { version: number }
    const id = randomUUID()
    const json = JSON.stringify(data)
    insert.run(id, userId, version, type, PRIORITY, title, message, action_url, json, RAISER, at)
    const notification = {
      id,
      type,
      priority: PRIORITY,
      title,
      message,
      action_url,
      data,
      triggered_by_name: RAISER,
      created_at: at,
      is_read: false,
    }
    return { userId, message: { type: 'new_notification', notification } }
  }

  return {
    commit,
    /** Within a commit: one row and one counter for each recipient. */
    addAll: (body: Body): Told[] => {
      const at = new Date().toISOString()
      return body.to.map(({ user_id }) => add(user_id, body, at))
    },
    close: () => database.close(),
  }
}

function alone(database: DatabaseSync): Commit {
  const begin = database.prepare('begin immediate')
  const commit = database.prepare('commit')
  return async work => {
    begin.run()
    try {
      const result = work()
      commit.run()
      return result
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      throw error
    }
  }
}

interface Waiting {
  work(): void
  done(): void
  fail(error: unknown): void
}

function together(database: DatabaseSync): Commit {
  const commit = alone(database)
  let waiting: Waiting[] = []

  async function commitAll(): Promise<void> {
    const group = waiting
    waiting = []
    try {
      await commit(() => {
        for (const { work } of group) work()
      })
      for (const { done } of group) done()
    } catch (error) {
      for (const { fail } of group) fail(error)
    }
  }

  return <R>(work: () => R) =>
    new Promise<R>((resolve, reject) => {
      // After all that this turn of the event loop brings.
      if (waiting.length === 0) setImmediate(commitAll)
      let result: R
      waiting.push({
        work: () => {
          result = work()
        },
        done: () => resolve(result),
        fail: reject,
      })
    })
}
