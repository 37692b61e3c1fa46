/** The accounts with which a demo installation is tried out. */
import type { Kysely } from 'kysely'
import type { Tables } from '../database.ts'

export const DEMO_PASSWORD = 'demo-password'

/** Every demo account is under it, and no real one can be: the top-level domain is reserved for this. */
export const DEMO_DOMAIN = 'pms.test'

/** Those worth trying first; all others have the same password. */
const DEMO_ACCOUNTS = [
  { name: 'John Doe', email: `john.doe@${DEMO_DOMAIN}`, description: 'Staff' },
  { name: 'Jane Smith', email: `jane.smith@${DEMO_DOMAIN}`, description: "John's supervisor" },
  { name: 'Mary Okafor', email: `mary.okafor@${DEMO_DOMAIN}`, description: "Jane's supervisor" },
  { name: 'Hannah Reyes', email: `hr@${DEMO_DOMAIN}`, description: 'HR admin' },
  { name: 'Amir Farouk', email: `admin@${DEMO_DOMAIN}`, description: 'Super admin' },
] as const

/** The accounts that are there to be tried; none where this is no demo installation. */
export async function presentDemoAccounts(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom('users')
    .select('email')
    .where('email', 'like', `%@${DEMO_DOMAIN}`)
    .execute()
  const present = new Set(rows.map(row => row.email))
  return { any: present.size > 0, accounts: DEMO_ACCOUNTS.filter(account => present.has(account.email)) }
}
