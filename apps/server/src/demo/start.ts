/** Whether this installation may have demo accounts, and whether it gets them: decided before every start. */
import type { Config } from '../config.ts'
import { type DatabasePlace, openAppDatabase } from '../database.ts'
import { StartError } from '../start-error.ts'
import { DEMO_DOMAIN, presentDemoAccounts } from './accounts.ts'
import { seedDemo } from './seed.ts'

/** @throws {StartError} when others could come in by a password that everybody knows */
export async function prepareDemo(config: Config): Promise<void> {
  if (config.demo.seed) await seedDemo(config.dataDir, { timeZone: config.timeZone })
  if (config.demo.allowed) return
  if (await hasDemoAccounts(config)) throw refuse(`The database has demo accounts (@${DEMO_DOMAIN})`, config)
}

/** What a start does by itself, asked for by hand. */
export async function fillWithDemo(config: Config): Promise<void> {
  if (!config.demo.allowed) throw refuse('There can be no demo accounts here', config)
  if (config.databaseUrl !== null)
    throw new StartError(
      'The demo is made in a file. Unset DATABASE_URL, make it in another DATA_DIR, and bring it over: ' +
        'npm run pms -- copy --from sqlite:<DATA_DIR>/pms.sqlite --to <DATABASE_URL>',
    )
  if (!(await seedDemo(config.dataDir, { timeZone: config.timeZone }))) {
    throw new StartError(
      'The database has people already. A demo goes into an empty one: use another DATA_DIR.',
    )
  }
}

async function hasDemoAccounts(place: DatabasePlace): Promise<boolean> {
  const database = await openAppDatabase(place)
  try {
    return (await presentDemoAccounts(database.db)).any
  } finally {
    await database.close()
  }
}

function refuse(what: string, { isProduction, host }: Config): StartError {
  return new StartError(
    isProduction
      ? `${what}: everybody knows their password, and this is production. Use another DATA_DIR.`
      : `${what}: everybody knows their password, and others can reach ${host}. ` +
          'Use another DATA_DIR, or HOST=127.0.0.1, or DEMO=1 if that is what you want.',
  )
}
