/** Whether this installation may have demo accounts, and whether it gets them, decided at every start. */
import type { Config } from '../config.ts'
import type { AppDatabase } from '../database.ts'
import { StartError } from '../start-error.ts'
import { DEMO_DOMAIN, presentDemoAccounts } from './accounts.ts'
import { seedDemo } from './seed.ts'

/** @throws {StartError} when everybody could sign in with a password that is printed in the manual */
export async function prepareDemo(app: { config: Config; database: AppDatabase }): Promise<void> {
  const { config, database } = app
  const { any } = await presentDemoAccounts(database.db)
  if (any && !config.demo.allowed) {
    throw new StartError(
      `The database has demo accounts (@${DEMO_DOMAIN}), whose password everybody knows, and ${config.host} can be reached by others. ` +
        'Use another DATA_DIR, or set HOST=127.0.0.1, or set DEMO=1 if that is what you want (never in production).',
    )
  }
  if (config.demo.seed && (await isEmpty(database))) await seedDemo(app)
}

async function isEmpty({ db }: AppDatabase): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) === undefined
}
