/** Whose open requests have to go along when something changes about a person. */
import type { Expression } from 'kysely'
import type { Tx } from '../../database.ts'
import { decidesForAll } from './permissions.ts'
import { linesOf } from './reporting-lines.ts'
import type { UserTable } from './tables.ts'

/** Brings the open requests about these people's work to whoever decides now; null: everybody's. */
export type Follow = (tx: Tx, subjects: Expression<string> | null) => Promise<void>

/** After somebody can decide no more, or again: for those below them, and for those whom they stand in for. */
export async function followStatus(tx: Tx, follow: Follow, person: UserTable): Promise<void> {
  if (decidesForAll(person.role)) return follow(tx, null)
  const away = await tx.db
    .selectFrom('delegations')
    .select('user_id')
    .where('delegate_id', '=', person.id)
    .where('followed', '!=', 'over')
    .execute()
  await followLines(tx, follow, [person.id, ...away.map(row => row.user_id)])
}

/** For these people and for all below them. */
export async function followLines(tx: Tx, follow: Follow, userIds: readonly string[]): Promise<void> {
  await follow(tx, linesOf(tx.db, userIds).$asScalar())
}
