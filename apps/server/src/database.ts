/** The application's database: every table there is, and the migrations that make them. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { memoryBus } from '@pms/notifier'
import {
  type Database,
  DatabaseNewer,
  type DatabaseOptions,
  type Engine,
  type NotifierTables,
  openDatabase,
  postgres,
  sqlite,
  type Tx as TxOf,
} from '@pms/notifier/database'
import { attachmentMigrations } from './attachments/migrations.ts'
import type { AttachmentTables } from './attachments/tables.ts'
import { auditMigrations } from './audit/migrations.ts'
import type { AuditTables } from './audit/tables.ts'
import { authMigrations } from './auth/migrations.ts'
import type { AuthTables } from './auth/tables.ts'
import { databaseRefusal } from './database-refusal.ts'
import { announcementMigrations } from './features/announcements/migrations.ts'
import type { AnnouncementTables } from './features/announcements/tables.ts'
import { goalMigrations } from './features/goals/migrations.ts'
import type { GoalTables } from './features/goals/tables.ts'
import { ingestMigrations } from './features/ingest/migrations.ts'
import type { IngestTables } from './features/ingest/tables.ts'
import { initiativeMigrations } from './features/initiatives/migrations.ts'
import type { InitiativeTables } from './features/initiatives/tables.ts'
import { keyMigrations } from './features/keys/migrations.ts'
import type { KeyTables } from './features/keys/tables.ts'
import { peopleMigrations } from './features/people/migrations.ts'
import type { PeopleTables } from './features/people/tables.ts'
import { preferenceMigrations } from './features/preferences/migrations.ts'
import type { PreferenceTables } from './features/preferences/tables.ts'
import { unwantedBy } from './features/preferences/unwanted.ts'
import { reviewMigrations } from './features/reviews/migrations.ts'
import type { ReviewTables } from './features/reviews/tables.ts'
import { idempotencyMigrations } from './idempotency/migrations.ts'
import type { IdempotencyTables } from './idempotency/tables.ts'
import { jobMigrations } from './jobs/migrations.ts'
import type { JobTables } from './jobs/tables.ts'
import { DEMO, isUnfinished, unfinished } from './operate/unfinished.ts'
import { requestMigrations } from './requests/migrations.ts'
import type { RequestTables } from './requests/tables.ts'
import { StartError } from './start-error.ts'
import { systemMigrations } from './system/migrations.ts'
import type { SystemTables } from './system/tables.ts'

export interface Tables
  extends NotifierTables,
    PeopleTables,
    AuthTables,
    AuditTables,
    AttachmentTables,
    IdempotencyTables,
    RequestTables,
    JobTables,
    AnnouncementTables,
    GoalTables,
    IngestTables,
    InitiativeTables,
    KeyTables,
    PreferenceTables,
    ReviewTables,
    SystemTables {}

export type AppDatabase = Database<Tables>
export type Tx = TxOf<Tables>

/** What PostgreSQL calls the connections of servers. */
export const SERVERS = 'pms'

export const databaseFile = (dataDir: string): string => join(dataDir, 'pms.sqlite')

/** Where a database is. */
export interface DatabasePlace {
  dataDir: string
  /** PostgreSQL; null: a file in `dataDir`, which is made when absent. */
  databaseUrl: string | null
}

export interface OpenOptions {
  bus?: DatabaseOptions<Tables>['bus']
  clock?: () => Date
  /** Told of connections that broke while nobody waited for them. */
  onError?: (error: Error) => void
}

const migrations = {
  ...peopleMigrations,
  ...authMigrations,
  ...auditMigrations,
  ...attachmentMigrations,
  ...idempotencyMigrations,
  ...requestMigrations,
  ...jobMigrations,
  ...announcementMigrations,
  ...goalMigrations,
  ...ingestMigrations,
  ...initiativeMigrations,
  ...keyMigrations,
  ...preferenceMigrations,
  ...reviewMigrations,
  ...systemMigrations,
}

/**
 * Opens a database and brings its tables up to date. What it says is heard by nobody unless a bus is given.
 * @throws {StartError} when there is no way in
 */
export async function openAppDatabase(
  { dataDir, databaseUrl }: DatabasePlace,
  { bus = memoryBus(), clock, onError }: OpenOptions = {},
): Promise<AppDatabase> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const options = { bus, ...(clock && { clock }) }
  if (databaseUrl === null) return whole(await openEngine(sqlite(databaseFile(dataDir)), options))
  const engine = postgres(databaseUrl, { application: SERVERS, ...(onError && { onError }) })
  const opened = await openEngine(engine, options).catch(error => {
    throw databaseRefusal(error, databaseUrl)
  })
  return whole(opened)
}

/** The same over any engine, also where a copy is under way. For commands that make databases. */
export async function openEngine(
  engine: Engine,
  { bus = memoryBus(), clock }: Omit<OpenOptions, 'onError'> = {},
): Promise<AppDatabase> {
  const options = { engine, bus, unwantedBy, migrations, ...(clock && { clock }) }
  return openDatabase<Tables>(options).catch(error => {
    if (!(error instanceof DatabaseNewer)) throw error
    throw new StartError(`${error.message}. Start that version, or restore a backup from before it.`)
  })
}

async function whole(database: AppDatabase): Promise<AppDatabase> {
  const { epoch } = await database.db.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
  if (!isUnfinished(epoch)) return database
  await database.close()
  if (epoch === unfinished(DEMO))
    throw new StartError('The database holds half a demo. Start with DEMO=1 to make it anew, or use another.')
  throw new StartError(
    'The database holds a copy that was not finished: run the command "copy" again, with the server that is ' +
      'copied from stopped.',
  )
}
