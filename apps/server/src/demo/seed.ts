/** Fills an empty database with a demo organisation. */
import { hashPassword } from '../auth/passwords.ts'
import type { AppDatabase } from '../database.ts'
import { createUser } from '../features/people/actions.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './accounts.ts'

export async function seedDemo({ database }: { database: AppDatabase }): Promise<void> {
  const password_hash = await hashPassword(DEMO_PASSWORD)
  await database.transaction(async tx => {
    for (const { name, email } of DEMO_ACCOUNTS) await createUser(tx, null, { name, email, password_hash })
  })
}
