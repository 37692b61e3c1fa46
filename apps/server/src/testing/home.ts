/**
 * Where a test server lives: a folder, and where its engine is PostgreSQL a database and a bus of real servers besides.
 * The same tests run on both; `TEST_ENGINE=postgres` says so for those that do not say it themselves.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ask,
  cloneDatabase,
  emptyDatabase,
  freshDatabase,
  hasDatabase,
  renameDatabase,
} from '@pms/test-services/postgres'
import { sharedPostgres, sharedRedis, sharedTemplate } from '@pms/test-services/shared'
import { openAppDatabase } from '../database.ts'

export type TestEngine = 'sqlite' | 'postgres'

export interface Home {
  dataDir: string
  /** Environment variables of whoever lives here. */
  env: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** By folder, for servers that come back to theirs. */
const homes = new Map<string, Home>()

/** One that is known by its folder, or one on a folder that somebody else looks after. */
export async function homeOf(dataDir: string): Promise<Home> {
  return homes.get(dataDir) ?? makeHome(dataDir, usualEngine())
}

export function newHome(engine = usualEngine()): Promise<Home> {
  return makeHome(mkdtempSync(join(tmpdir(), 'pms-test-')), engine)
}

const usualEngine = (): TestEngine => (process.env.TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite')

async function makeHome(dataDir: string, engine: TestEngine): Promise<Home> {
  const services = engine === 'postgres' ? await makeServices() : undefined
  const home: Home = {
    dataDir,
    env: services?.env ?? {},
    async remove() {
      homes.delete(dataDir)
      rmSync(dataDir, { recursive: true })
      if (services) await empty(services.url)
    },
  }
  homes.set(dataDir, home)
  return home
}

async function makeServices() {
  const server = sharedPostgres()
  prepared ??= prepareTemplate(server, sharedTemplate())
  await prepared
  const url = free.pop() ?? (await cloneDatabase(server, sharedTemplate())).url
  // As a database of its own has it; the bus tells them apart by it.
  await ask(url, `update installation set epoch = '${crypto.randomUUID()}'`)
  return {
    url,
    env: {
      DATABASE_URL: url,
      REDIS_URL: sharedRedis(),
      JWT_SECRET: 'a secret that all servers of a test share',
    },
  }
}

/** Databases that were used and are empty again: that is quicker than a new one. */
const free: string[] = []

async function empty(url: string): Promise<void> {
  await emptyDatabase(url, ['installation', 'kysely_migration', 'kysely_migration_lock'])
  free.push(url)
}

let prepared: Promise<void> | undefined

/** Migrations take longer than a copy of what they make: one database a run is migrated, and never used. */
async function prepareTemplate(server: string, name: string): Promise<void> {
  if (await hasDatabase(server, name)) return
  const fresh = await freshDatabase(server)
  const database = await openAppDatabase({ dataDir: tmpdir(), databaseUrl: fresh.url })
  await database.close()
  // Another process may have been quicker.
  if (!(await renameDatabase(server, fresh.url, name))) await fresh.drop()
}
