/**
 * What remains to be done when a person was erased: their inbox is emptied, and texts and the audit trail name them no
 * more. Goes on where it was when a server stopped; when all is done, what they were called is forgotten too.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { emptyInbox, type Forgotten, findNamed, renaming, rewordFound } from '@pms/notifier'
import type { AppDatabase } from '../../database.ts'
import type { Job } from '../../jobs/job.ts'
import { FORMER } from './actions/erasing.ts'

export const ERASURE_JOB = 'erasures'

const AT_ONCE = 200
const SHORTEST_PAUSE_MS = 2
/** How far it is is written down at least this often: so many looks are done twice after a crash. */
const LOOKS_A_NOTE = 50

/** @returns the job, which is nudged; by the clock it only takes up what was left */
export function erasureJob(database: AppDatabase): Job {
  return {
    name: ERASURE_JOB,
    schedule: '*/10 * * * *',
    async run(_now, signal) {
      for (const row of await database.db.selectFrom('erasures').selectAll().execute()) {
        const names: string[] = JSON.parse(row.names)
        const erasure = {
          person: {
            id: row.user_id,
            self: { type: 'user', id: row.user_id },
            names,
            ownNames: await ownOf(database, row.user_id, names),
            instead: FORMER,
          },
          emails: JSON.parse(row.emails) as string[],
          through: row.through,
        }
        for (const step of [
          emptyOwn,
          forgetConnections,
          renameActor,
          scrubTrail,
          renameEverywhere,
          renameMuted,
        ])
          await step(database, erasure, signal)
        if (signal.aborted) return
        await database.db.deleteFrom('erasures').where('user_id', '=', row.user_id).execute()
      }
    },
  }
}

interface Erasure {
  person: Forgotten
  emails: readonly string[]
  /** Notifications were looked through up to this one. */
  through: string
}

type Step = (database: AppDatabase, erasure: Erasure, signal: AbortSignal) => Promise<void>

/** Names that nobody else has. */
async function ownOf({ db }: AppDatabase, id: string, names: readonly string[]): Promise<string[]> {
  const others = await db
    .selectFrom('users')
    .select('name')
    .where('name', 'in', names)
    .where('id', '!=', id)
    .execute()
  const taken = new Set(others.map(({ name }) => name))
  return names.filter(name => !taken.has(name))
}

/** Repeats with pauses as long as the work, until there is nothing left. @param part answers how many it took */
async function inParts(signal: AbortSignal, part: () => Promise<number>): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now()
    if ((await part()) === 0) return
    await wait(Math.max(SHORTEST_PAUSE_MS, performance.now() - began))
  }
}

const emptyOwn: Step = (database, { person }, signal) =>
  inParts(signal, () => database.transaction(tx => emptyInbox(tx, person.id)))

const forgetConnections: Step = ({ db }, { person }, signal) =>
  inParts(signal, async () => {
    const { numDeletedRows } = await db
      .deleteFrom('connections')
      .where('id', 'in', query =>
        query.selectFrom('connections').select('id').where('user_id', '=', person.id).limit(AT_ONCE),
      )
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  })

const renameActor: Step = ({ db }, { person }, signal) =>
  inParts(signal, async () => {
    const { numUpdatedRows } = await db
      .updateTable('audit')
      .set({ actor_name: FORMER })
      .where('id', 'in', query =>
        query
          .selectFrom('audit')
          .select('id')
          .where('actor_id', '=', person.id)
          .where('actor_name', '!=', FORMER)
          .limit(AT_ONCE),
      )
      .executeTakeFirstOrThrow()
    return Number(numUpdatedRows)
  })

/** What the trail says of the account, and of what they did: that they did it stays, what they were called goes. */
const scrubTrail: Step = async ({ db }, { person, emails }, signal) => {
  const rename = renaming([...person.names, ...emails], FORMER)
  let after = ''
  await inParts(signal, async () => {
    const rows = await db
      .selectFrom('audit')
      .select(['id', 'detail'])
      .where(({ eb, or, and }) =>
        or([
          eb('actor_id', '=', person.id),
          and([eb('object_type', '=', 'user'), eb('object_id', '=', person.id)]),
        ]),
      )
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute()
    for (const { id, detail } of rows) {
      const scrubbed = JSON.stringify(
        JSON.parse(detail, (_, value) => (typeof value === 'string' ? rename(value) : value)),
      )
      if (scrubbed !== JSON.stringify(JSON.parse(detail)))
        await db.updateTable('audit').set({ detail: scrubbed }).where('id', '=', id).execute()
    }
    after = rows.at(-1)?.id ?? after
    return rows.length
  })
}

/** What others were told. */
const renameEverywhere: Step = async (database, { person, through }, signal) => {
  let after = through
  let looks = 0
  await inParts(signal, async () => {
    const found = await findNamed(database, person, after)
    const next = found.through ?? after
    looks += 1
    if (found.changes.length > 0 || looks % LOOKS_A_NOTE === 0)
      await database.transaction(async tx => {
        await tx.db.updateTable('erasures').set({ through: next }).where('user_id', '=', person.id).execute()
        if (found.changes.length > 0) await rewordFound(tx, found.changes)
      })
    after = next
    return found.through === null ? 0 : 1
  })
}

/** What others muted, in the words of the notification by which they did. */
const renameMuted: Step = async ({ db }, { person }) => {
  const rename = renaming(person.ownNames, FORMER)
  const muted = await db.selectFrom('muted_things').selectAll().execute()
  for (const { user_id, object_type, object_id, message } of muted) {
    if (rename(message) === message) continue
    await db
      .updateTable('muted_things')
      .set({ message: rename(message) })
      .where('user_id', '=', user_id)
      .where('object_type', '=', object_type)
      .where('object_id', '=', object_id)
      .execute()
  }
}
