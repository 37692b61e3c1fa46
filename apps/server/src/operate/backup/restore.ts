/**
 * Puts a backup in the place of the database that the environment names. It is made ready beside what is there, so that
 * a restore that breaks off leaves that as it was. The epoch is renewed: clients have seen what came after the backup,
 * and fetch afresh.
 */
import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Kysely } from 'kysely'
import { secretFile } from '../../auth/secret.ts'
import type { Config } from '../../config.ts'
import { StartError } from '../../start-error.ts'
import { countRows, type Rows } from '../copy/rows.ts'
import { configuredPlace, type Place } from '../place.ts'
import { ABOUT, readShape, type Shape } from '../shape.ts'
import { ATTACHMENTS, DATABASE_FILES, SECRET } from './layout.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { restorePostgres } from './restore-postgres.ts'
import { restoreSqlite } from './restore-sqlite.ts'
import { finisher } from './restored.ts'

export interface Restored {
  manifest: Manifest
  into: string
  /** Where what was there before is now; null: there was nothing worth keeping. */
  aside: string | null
}

/**
 * @param force also over an installation that people use; it is put aside
 * @throws {StartError} nothing has changed then
 */
export async function restore(config: Config, from: string, force: boolean): Promise<Restored> {
  const folder = resolve(from)
  const manifest = await readManifest(folder)
  const place = configuredPlace(config)
  const shape = await readShape()
  assertFits(manifest, place, shape)
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })

  const db: Rows = new Kysely<object>({ dialect: place.engine().dialect })
  let release: (() => void) | null = null
  try {
    release = await place.claim(db)
    if (!release) throw new StartError(`A server runs on ${place.name}. Stop every server first.`)
    const isLivedIn = await hasPeople(db, place, shape)
    if (isLivedIn && !force)
      throw new StartError(
        `${place.name} holds an installation that people use. To put it aside and restore in its place, add --force.`,
      )
    await db.destroy()
    await copyFiles(config, folder, manifest)
    const file = join(folder, DATABASE_FILES[place.kind])
    const work = { place, file, isLivedIn, finish: finisher(manifest, shape) }
    const aside = await (place.kind === 'sqlite' ? restoreSqlite(work) : restorePostgres(work))
    await copySecret(config, folder, manifest)
    return { manifest, into: place.name, aside }
  } catch (error) {
    throw place.refusal(error, 'DATABASE_URL')
  } finally {
    await db.destroy()
    release?.()
  }
}

function assertFits({ engine, migrations }: Manifest, place: Place, shape: Shape): void {
  const names = { sqlite: 'SQLite', postgres: 'PostgreSQL' }
  if (engine !== place.kind)
    throw new StartError(
      `This is a backup of ${names[engine]}, and the environment names a database of ${names[place.kind]}. Restore ` +
        `it into ${names[engine]}, then move it: npm run pms -- copy`,
    )
  if (migrations.some(name => !shape.migrations.includes(name)))
    throw new StartError('This backup was made by a newer version. Restore it with that version.')
}

async function hasPeople(db: Rows, place: Place, shape: Shape): Promise<boolean> {
  const present = (await db.introspection.getTables()).map(({ name }) => name)
  const known = new Set([...ABOUT, ...shape.tables.map(({ name }) => name)])
  const foreign = present.filter(name => !known.has(name))
  if (foreign.length > 0)
    throw new StartError(
      `${place.name} holds tables of something else: ${foreign.slice(0, 5).join(', ')}. Use a database of its own.`,
    )
  return present.includes('users') && (await countRows(db, { name: 'users' })) > 0
}

/** Before the rows that speak of them. Files that no row speaks of are removed in time, as those of uploads are. */
async function copyFiles(config: Config, folder: string, { files }: Manifest): Promise<void> {
  await mkdir(config.attachmentDir, { recursive: true, mode: 0o700 })
  const present = new Set(await readdir(config.attachmentDir))
  for (const path of Object.keys(files)) {
    const [parent, id = ''] = path.split('/')
    if (parent !== ATTACHMENTS || present.has(id)) continue
    await copyFile(join(folder, path), join(config.attachmentDir, id), constants.COPYFILE_FICLONE)
  }
}

/** Unless the environment sets one. Whoever is signed in by the one that was kept here signs in again. */
async function copySecret(config: Config, folder: string, { files }: Manifest): Promise<void> {
  if (config.jwtSecret !== null || !(SECRET in files)) return
  const draft = `${secretFile(config.dataDir)}.restored`
  await copyFile(join(folder, SECRET), draft)
  await rename(draft, secretFile(config.dataDir))
}
