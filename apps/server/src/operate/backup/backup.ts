/**
 * Writes an installation down while it works: the database as it is at one moment, the files that it knows of, and the
 * secret that was made for it. The folder appears whole or not at all.
 */
import { constants, existsSync, readdirSync } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { sqlite } from '@pms/notifier/database'
import { Kysely, sql } from 'kysely'
import { secretFile } from '../../auth/secret.ts'
import type { Config } from '../../config.ts'
import { StartError } from '../../start-error.ts'
import { countRows, type Rows } from '../copy/rows.ts'
import { configuredPlace, type Place } from '../place.ts'
import { migrationsOf, readShape, type Shape } from '../shape.ts'
import { isUnfinished } from '../unfinished.ts'
import { ATTACHMENTS, BEFORE_RESTORE, DATABASE_FILES, SECRET } from './layout.ts'
import { type Manifest, writeManifest } from './manifest.ts'
import { findProgram, runOn } from './programs.ts'

/** @throws {StartError} when the folder is in use, or there is nothing to back up */
export async function backUp(config: Config, wanted: string): Promise<Manifest> {
  const folder = resolve(wanted)
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new StartError(`${folder} is not empty. Give a folder that is not there yet.`)
  const place = configuredPlace(config)
  if (!place.exists()) throw new StartError(`There is no database ${place.name}.`)
  const shape = await readShape()
  const draft = `${folder}.${process.pid}.part`
  await mkdir(dirname(folder), { recursive: true })
  await mkdir(join(draft, ATTACHMENTS), { recursive: true, mode: 0o700 })
  try {
    const made_at = new Date().toISOString()
    const database = DATABASE_FILES[place.kind]
    const { ids, ...written } = await writeDatabase(place, shape, join(draft, database)).catch(error => {
      throw place.refusal(error, 'DATABASE_URL')
    })
    const missing_attachments = await copyAttachments(config.attachmentDir, join(draft, ATTACHMENTS), ids)
    const missing = new Set(missing_attachments)
    const paths = [database, ...ids.filter(id => !missing.has(id)).map(id => join(ATTACHMENTS, id))]
    if (config.jwtSecret === null && existsSync(secretFile(config.dataDir))) {
      await copyFile(secretFile(config.dataDir), join(draft, SECRET))
      paths.push(SECRET)
    }
    const about = { made_at, engine: place.kind, ...written, missing_attachments }
    const manifest = await writeManifest(draft, about, paths)
    await rename(draft, folder)
    return manifest
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

/** What is in the database that was written, besides the file. */
interface Written {
  epoch: string
  migrations: string[]
  rows: Record<string, number>
  /** Of the attachments. */
  ids: string[]
}

async function writeDatabase(place: Place, shape: Shape, file: string): Promise<Written> {
  const db: Rows = new Kysely<object>({ dialect: place.engine().dialect })
  try {
    return place.kind === 'sqlite' ? await writeSqlite(db, shape, file) : await dump(db, place, shape, file)
  } finally {
    await db.destroy()
  }
}

/** Reads one unchanging state, and makes nobody wait who writes. */
async function writeSqlite(db: Rows, shape: Shape, file: string): Promise<Written> {
  await sql`vacuum into ${file}`.execute(db)
  const written: Rows = new Kysely<object>({ dialect: sqlite(file).dialect })
  try {
    return await describe(written, shape)
  } finally {
    await written.destroy()
  }
}

/** What is counted and what is dumped are one and the same state. */
function dump(db: Rows, place: Place, shape: Shape, file: string): Promise<Written> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async state => {
      const { rows } = await sql<{ snapshot: string; version: string }>`
        select pg_export_snapshot() as snapshot, current_setting('server_version_num') as version,
          set_config('idle_in_transaction_session_timeout', '0', true)`.execute(state)
      const [{ snapshot, version } = { snapshot: '', version: '0' }] = rows
      const program = await findProgram('pg_dump', Math.floor(Number(version) / 10_000))
      const written = await describe(state, shape)
      await runOn(place.address, program, [
        '--format=custom',
        '--no-owner',
        '--no-privileges',
        `--exclude-schema=${BEFORE_RESTORE}*`,
        `--snapshot=${snapshot}`,
        `--file=${file}`,
      ])
      return written
    })
}

async function describe(db: Rows, shape: Shape): Promise<Written> {
  const migrations = await migrationsOf(db)
  if (migrations.length === 0) throw new StartError('The database holds no installation.')
  if (shape.migrations.some(name => !migrations.includes(name)))
    throw new StartError('The database is not up to date. Run first: npm run pms -- migrate')
  const installation = await sql<{ epoch: string }>`select epoch from installation`.execute(db)
  const epoch = installation.rows[0]?.epoch ?? ''
  if (isUnfinished(epoch)) throw new StartError('The database holds a copy that was not finished.')
  const rows: Record<string, number> = {}
  for (const table of shape.tables) rows[table.name] = await countRows(db, table)
  const attachments = await sql<{ id: string }>`select id from attachments order by id`.execute(db)
  return { epoch, migrations, rows, ids: attachments.rows.map(({ id }) => id) }
}

/** A file is there before its row and goes after it. @returns those that have gone since */
async function copyAttachments(from: string, to: string, ids: readonly string[]): Promise<string[]> {
  const missing: string[] = []
  for (const id of ids)
    await copyFile(join(from, id), join(to, id), constants.COPYFILE_FICLONE).catch(error => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      missing.push(id)
    })
  return missing
}
