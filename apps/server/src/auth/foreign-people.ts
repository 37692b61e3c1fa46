/** Who somebody is here who signed in at another system. Their account here says what they may. */
import { prepared } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import type { Tables } from '../database.ts'

/** In the place of a session: the sign-in is the other system's, and no row is kept of it here. */
export const FOREIGN_SESSION = 'foreign'

/** Somebody's account as it is now. */
export async function findAccount(db: Kysely<Tables>, id: string) {
  const [account] = await selectAccounts(db, [id])
  return account
}

/** The accounts with these ids, for whoever looks after many. */
export const selectAccounts = prepared((db: Kysely<Tables>, ids: readonly string[]) =>
  db.selectFrom('users').where('id', 'in', ids).select(['id', 'name', 'email', 'role', 'status']),
)

/** The id of the account that another system knows by this id or address. */
export async function findForeigner(
  db: Kysely<Tables>,
  known: { id: string } | { email: string },
): Promise<string | undefined> {
  const users = db.selectFrom('users').select('id')
  const found = 'id' in known ? users.where('id', '=', known.id) : users.where('email', '=', known.email)
  return (await found.executeTakeFirst())?.id
}
