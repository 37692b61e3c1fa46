/** Whether this installation may have demo accounts, and whether it gets them, decided at every start. */
import type { Config } from '../config.ts'
import type { AppDatabase } from '../database.ts'
import { StartError } from '../start-error.ts'
import { DEMO_DOMAIN, presentDemoAccounts } from './accounts.ts'
import { seedDemo } from './seed.ts'

interface Installation {
  config: Config
  database: AppDatabase
}

/** @throws {StartError} when others could come in by a password that everybody knows */
export async function prepareDemo(app: Installation): Promise<void> {
  const { config, database } = app
  const { any } = await presentDemoAccounts(database.db)
  if (any && !config.demo.allowed) throw refuse(`The database has demo accounts (@${DEMO_DOMAIN})`, config)
  if (config.demo.seed && (await isEmpty(database))) await seedDemo(app)
}

/** What a start does by itself, asked for by hand. */
export async function fillWithDemo(app: Installation): Promise<void> {
  if (!app.config.demo.allowed) throw refuse('There can be no demo accounts here', app.config)
  if (!(await isEmpty(app.database)))
    throw new StartError(
      'The database has people already. A demo goes into an empty one: use another DATA_DIR.',
    )
  await seedDemo(app)
}

function refuse(what: string, { isProduction, host }: Config): StartError {
  return new StartError(
    isProduction
      ? `${what}: everybody knows their password, and this is production. Use another DATA_DIR.`
      : `${what}: everybody knows their password, and others can reach ${host}. ` +
          'Use another DATA_DIR, or HOST=127.0.0.1, or DEMO=1 if that is what you want.',
  )
}

async function isEmpty({ db }: AppDatabase): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) === undefined
}
