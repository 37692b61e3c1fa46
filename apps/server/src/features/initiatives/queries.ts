/** Reading initiatives, as the caller may see them. */
import type { Initiative, InitiativeDetail, InitiativePage, InitiativeQuery } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Tables } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'
import { pageOf } from '../../paging.ts'
import type { InitiativeParts } from './ports.ts'
import { canSee } from './relation.ts'
import { inScope, isWanted, seenBy } from './sight.ts'
import { teamOf } from './team.ts'
import { showExtensions, showInitiatives, withNames } from './view.ts'

type Db = Kysely<Tables>

/** Those that this query selects among those the caller may see, newest first. */
export async function listInitiatives(
  db: Db,
  people: Organisation,
  caller: Caller,
  query: InitiativeQuery,
): Promise<InitiativePage> {
  const selected = db
    .selectFrom('initiatives')
    .where(seenBy(db, people, caller))
    .where(inScope(db, people, caller, query.scope))
    .where(isWanted(query))
  const { total } = await selected
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await withNames(selected)
    .orderBy('initiatives.created_at', 'desc')
    .orderBy('initiatives.id', 'desc')
    .offset(query.skip)
    .limit(query.limit)
    .execute()
  const items = await showInitiatives(db, people, caller, rows)
  return pageOf(items, total, query.skip)
}

/** All that the caller was asked to decide about, or asked others to decide about. */
export async function openInitiatives(
  db: Db,
  people: Organisation,
  caller: Caller,
  scope: 'asked' | 'sent',
): Promise<Initiative[]> {
  const rows = await withNames(
    db.selectFrom('initiatives').where(inScope(db, people, caller, scope)),
  ).execute()
  return showInitiatives(db, people, caller, rows)
}

/** One with its history; undefined when it is not there or not the caller's to see. */
export async function initiativeDetail(
  db: Db,
  { people, goals, files }: Pick<InitiativeParts, 'people' | 'goals' | 'files'>,
  caller: Caller,
  id: string,
): Promise<InitiativeDetail | undefined> {
  const row = await withNames(
    db.selectFrom('initiatives').where('initiatives.id', '=', id),
  ).executeTakeFirst()
  if (!row || !(await canSee(db, people, caller, row, await teamOf(db, id)))) return undefined
  const [shown] = await showInitiatives(db, people, caller, [row])
  if (!shown) return undefined
  const goal = row.goal_id === null ? undefined : await goals.find(db, caller, row.goal_id)
  return {
    ...shown,
    goal: goal ? { id: goal.id, title: goal.title } : null,
    report: row.report,
    attachments: await files.of(db, id),
    extensions: await showExtensions(db, people, caller, row),
    history: await history(db, id),
  }
}

async function history(db: Db, initiativeId: string): Promise<InitiativeDetail['history']> {
  const rows = await db
    .selectFrom('initiative_events')
    .leftJoin('users', 'users.id', 'initiative_events.actor_id')
    .selectAll('initiative_events')
    .select('users.name as actor_name')
    .where('initiative_id', '=', initiativeId)
    .orderBy('initiative_events.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    event: row.event,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    from_status: row.from_status,
    to_status: row.to_status,
    note: row.note,
    due_date: row.due_date,
    changed_fields: JSON.parse(row.changed_fields),
    created_at: row.created_at,
  }))
}
