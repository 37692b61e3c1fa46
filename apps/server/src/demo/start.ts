/** Whether this installation may have demo accounts, and whether it gets them: decided before every start. */
import type { Config } from '../config.ts'
import { type DatabasePlace, openAppDatabase } from '../database.ts'
import { StartError } from '../start-error.ts'
import { DEMO_DOMAIN, presentDemoAccounts } from './accounts.ts'
import { seedDemo } from './seed.ts'
import { seedServer } from './seed-server.ts'

/** @throws {StartError} when others could come in by a password that everybody knows */
export async function prepareDemo(config: Config): Promise<void> {
  if (config.demo.seed) await seed(config)
  if (config.demo.allowed) return
  if (await hasDemoAccounts(config)) throw refuse(`The database has demo accounts (@${DEMO_DOMAIN})`, config)
}

/** What a start does by itself, asked for by hand. */
export async function fillWithDemo(config: Config): Promise<void> {
  if (!config.demo.allowed) throw refuse('There can be no demo accounts here', config)
  if (await seed(config)) return
  throw new StartError(
    `The database has people already. A demo goes into an empty one: use another ${whereIs(config)}.`,
  )
}

const seed = ({ databaseUrl, dataDir, timeZone }: Config): Promise<boolean> =>
  databaseUrl === null ? seedDemo(dataDir, { timeZone }) : seedServer({ databaseUrl, dataDir, timeZone })

/** The variable that leads to the database. */
const whereIs = ({ databaseUrl }: Config) => (databaseUrl === null ? 'DATA_DIR' : 'DATABASE_URL')

async function hasDemoAccounts(place: DatabasePlace): Promise<boolean> {
  const database = await openAppDatabase(place)
  try {
    return (await presentDemoAccounts(database.db)).any
  } finally {
    await database.close()
  }
}

function refuse(what: string, config: Config): StartError {
  const { isProduction, host } = config
  const another = `Use another ${whereIs(config)}`
  return new StartError(
    isProduction
      ? `${what}: everybody knows their password, and this is production. ${another}.`
      : `${what}: everybody knows their password, and others can reach ${host}. ` +
          `${another}, or HOST=127.0.0.1, or DEMO=1 if that is what you want.`,
  )
}
