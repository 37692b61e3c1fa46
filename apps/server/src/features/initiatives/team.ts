/** Who works on an initiative, and who worked on it before it was given to others. */
import type { Kysely } from 'kysely'
import type { Tables, Tx } from '../../database.ts'

export interface Team {
  assigneeIds: readonly string[]
  /** Also those whom it was taken from: none of them decides about it. */
  everIds: readonly string[]
}

export async function teamOf(db: Kysely<Tables>, initiativeId: string): Promise<Team> {
  const rows = await db
    .selectFrom('initiative_assignees')
    .select(['user_id', 'left_at'])
    .where('initiative_id', '=', initiativeId)
    .orderBy('user_id')
    .execute()
  return {
    assigneeIds: rows.filter(row => row.left_at === null).map(row => row.user_id),
    everIds: rows.map(row => row.user_id),
  }
}

/** Writes who is to work on it, before it is anybody's. */
export async function writeTeam(tx: Tx, initiativeId: string, assigneeIds: readonly string[]): Promise<void> {
  await tx.db.deleteFrom('initiative_assignees').where('initiative_id', '=', initiativeId).execute()
  await add(tx, initiativeId, assigneeIds)
}

/** Gives it to these people, and keeps from whom it was taken. */
export async function changeTeam(
  tx: Tx,
  initiativeId: string,
  assigneeIds: readonly string[],
): Promise<void> {
  await tx.db
    .updateTable('initiative_assignees')
    .set({ left_at: tx.now })
    .where('initiative_id', '=', initiativeId)
    .where('left_at', 'is', null)
    .where('user_id', 'not in', assigneeIds)
    .execute()
  await add(tx, initiativeId, assigneeIds)
}

async function add(tx: Tx, initiativeId: string, assigneeIds: readonly string[]): Promise<void> {
  await tx.db
    .insertInto('initiative_assignees')
    .values(assigneeIds.map(user_id => ({ initiative_id: initiativeId, user_id, left_at: null })))
    .onConflict(conflict => conflict.columns(['initiative_id', 'user_id']).doUpdateSet({ left_at: null }))
    .execute()
}
