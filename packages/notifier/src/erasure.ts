/**
 * Forgetting a person in all inboxes, a step at a time: whoever calls makes the pauses, and keeps how far it is. Steps
 * that are done again do no harm.
 */
import type { Kysely } from 'kysely'
import { type Database, type EngineTx, engineTables } from './database/database.ts'
import { prepared } from './database/prepared.ts'
import type { NotifierTables } from './database/tables.ts'
import { ERASED_AT_ONCE, type Worded } from './erasing.ts'
import { flush } from './flush.ts'
import type { ObjectRef } from './intents.ts'

/** Who is not to be named any more. */
export interface Forgotten {
  id: string
  /** The thing that notifications about them are about. */
  self: ObjectRef
  /** What they are called: taken out of what they did, and of what is about them. */
  names: readonly string[]
  /** Those of their names that nobody else has: taken out of all texts. */
  ownNames: readonly string[]
  /** What stands instead. */
  instead: string
}

/** What one look found. */
export interface Found {
  /** Where the next look begins; null: there is nothing after it. */
  through: string | null
  /** Those that name the person, as they are to be. */
  changes: readonly Worded[]
}

type Db = Kysely<NotifierTables>

/** Removes the oldest of a person's inbox, without a trace. @returns how many; 0: it is empty */
export async function emptyInbox(tx: EngineTx, userId: string): Promise<number> {
  const [count = 0] = await flush(tx, [{ kind: 'empty', userId }])
  return count
}

/** Looks through the next notifications of all inboxes, in the order of their ids. */
export async function findNamed<Tables extends NotifierTables>(
  database: Pick<Database<Tables>, 'db'>,
  person: Forgotten,
  after: string,
): Promise<Found> {
  const rows = await selectAfter(engineTables(database.db), { after })
  const everywhere = renaming(person.ownNames, person.instead)
  const ofThem = renaming(person.names, person.instead)
  const changes = rows.flatMap(({ actor_id, object_type, object_id, ...row }) => {
    const isAbout = object_type === person.self.type && object_id === person.self.id
    const rename = actor_id === person.id || isAbout ? ofThem : everywhere
    const renamed: Worded = {
      ...row,
      title: rename(row.title),
      message: rename(row.message),
      data: JSON.stringify(
        JSON.parse(row.data, (_, value) => (typeof value === 'string' ? rename(value) : value)),
      ),
      actor_name: actor_id === person.id ? person.instead : row.actor_name && everywhere(row.actor_name),
      resolved_by_name: row.resolved_by_name && everywhere(row.resolved_by_name),
    }
    return isSame(row, renamed) ? [] : [renamed]
  })
  return { through: rows.length < ERASED_AT_ONCE ? null : (rows.at(-1)?.id ?? null), changes }
}

/** Gives notifications the words that were found for them; open pages show them at once. */
export async function rewordFound(tx: EngineTx, changes: Found['changes']): Promise<void> {
  const byInbox = Map.groupBy(changes, ({ user_id }) => user_id)
  await flush(
    tx,
    [...byInbox].map(([userId, rows]) => ({ kind: 'reword', userId, rows })),
  )
}

/**
 * Takes names out of a text, where they are words of their own.
 * @returns what does it
 */
export function renaming(names: readonly string[], instead: string): (text: string) => string {
  if (names.length === 0) return text => text
  // The longest first: one name may be part of another.
  const words = names
    .toSorted((a, b) => b.length - a.length)
    .map(name => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  return text => text.replace(pattern, () => instead)
}

function isSame(row: Worded, other: Worded): boolean {
  return (
    row.title === other.title &&
    row.message === other.message &&
    row.actor_name === other.actor_name &&
    row.resolved_by_name === other.resolved_by_name &&
    JSON.stringify(JSON.parse(row.data)) === other.data
  )
}

const selectAfter = prepared((db: Db, { after }: { after: string }) =>
  db
    .selectFrom('notifications')
    .select(['id', 'user_id', 'title', 'message', 'data', 'actor_name', 'resolved_by_name'])
    .select(['actor_id', 'object_type', 'object_id'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(ERASED_AT_ONCE),
)
