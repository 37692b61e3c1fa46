/**
 * Moves a living installation to another database. The source is read in one unchanging state, so its server may go on
 * working meanwhile; a last pass, with the server stopped, brings what has changed since and ends the copy.
 *
 * Until then the target calls itself unfinished, by its epoch, and no server starts on it. In the end it has the epoch
 * of the source: it is the same installation, with the same versions, so clients go on as if nothing had happened.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, sql } from 'kysely'
import { openEngine } from '../../database.ts'
import { StartError } from '../../start-error.ts'
import { isConstraint, type Place } from '../place.ts'
import { migrationsOf, readShape, type Shape } from '../shape.ts'
import { unfinished } from '../unfinished.ts'
import { type Brought, bringOver, clear, type Progress } from './pass.ts'
import { countRows, type Digest, digestOf, type Rows } from './rows.ts'

/** What a server that was only tried leaves: when its jobs ran, what it measured, and who was connected. */
const OF_SERVERS = ['job_leases', 'system_nodes', 'system_samples', 'connections']

export interface CopyOptions {
  from: Place
  to: Place
  onProgress(progress: Progress): void
  /** Makes of the copy an installation of its own, which is called so; it is the same as the source if not given. */
  becomes?: string
}

export interface Copied {
  tables: { name: string; source: Digest; target: Digest }[]
  /** Rows that this run wrote, and removed. */
  written: number
  removed: number
  /**
   * `unequal`: something else writes to the target, or it does not keep what it is given. `served`: equal to what the
   * source was, whose server goes on. `moved`: the same, and something that is no server wrote to the source.
   */
  outcome: 'finished' | 'served' | 'moved' | 'unequal'
}

/** @throws {StartError} when there is nothing to copy, or it cannot go there */
export async function copyInstallation({ from, to, onProgress, becomes }: CopyOptions): Promise<Copied> {
  if (from.address === to.address) throw new StartError('--from and --to are the same database.')
  if (!from.exists()) throw new StartError(`There is no database ${from.name}.`)
  const shape = await readShape()
  const source = new Kysely<object>({ dialect: from.engine().dialect })
  try {
    const epoch = await readSource(source, shape).catch(error => {
      throw from.refusal(error, '--from')
    })
    const claim = await from.claim(source)
    try {
      const target = await openTarget(to, shape, epoch)
      try {
        const brought = await snapshot(source, state =>
          bring({ from: state, to: target.db, tables: shape.tables, onProgress }),
        )
        const tables = await compare(brought.digests, target.db, shape)
        const outcome = await judge(tables, { source, claim, from, shape })
        if (outcome === 'finished') await setEpoch(target.db, becomes ?? epoch)
        return { tables, written: brought.written, removed: brought.removed, outcome }
      } finally {
        await target.close()
      }
    } finally {
      claim?.()
    }
  } finally {
    await source.destroy()
  }
}

async function judge(
  tables: Copied['tables'],
  { source, claim, from, shape }: { source: Rows; claim: unknown; from: Place; shape: Shape },
): Promise<Copied['outcome']> {
  if (tables.some(table => !isEqual(table.source, table.target))) return 'unequal'
  // One that has no lock may have started since.
  if (claim === null || (from.kind === 'postgres' && (await from.claim(source)) === null)) return 'served'
  return (await hasMoved(source, tables, shape)) ? 'moved' : 'finished'
}

export const isEqual = (one: Digest, other: Digest): boolean =>
  one.rows === other.rows && one.checksum === other.checksum

/** @returns its epoch */
async function readSource(source: Rows, shape: Shape): Promise<string> {
  const seen = await migrationsOf(source)
  if (seen.length === 0) throw new StartError('There is no installation in the database that --from names.')
  if (shape.migrations.some(name => !seen.includes(name)))
    throw new StartError(
      'The database that --from names was last used by an older version. Start this version on it once, or run: ' +
        'npm run pms -- migrate',
    )
  if (seen.some(name => !shape.migrations.includes(name)))
    throw new StartError(
      'The database that --from names was used by a newer version. Copy it with that version.',
    )
  return readEpoch(source)
}

/** Up to date, kept from servers, and known to be a copy of this installation or to hold nothing. */
async function openTarget(place: Place, shape: Shape, epoch: string) {
  if (place.kind === 'sqlite') mkdirSync(dirname(place.address), { recursive: true, mode: 0o700 })
  const db: Rows = new Kysely<object>({ dialect: place.engine().dialect })
  let claim: (() => void) | null = null
  async function close(): Promise<void> {
    await db.destroy()
    claim?.()
  }
  try {
    claim = await place.claim(db)
    if (!claim)
      throw new StartError(`A server runs on ${place.name}. Stop it, or copy into another database.`)
    await assertFree(place, db, shape, epoch)
    await openEngine(place.engine()).then(database => database.close())
    await setEpoch(db, unfinished(epoch))
    return { db, close }
  } catch (error) {
    await close()
    throw place.refusal(error, '--to')
  }
}

async function assertFree(place: Place, target: Rows, shape: Shape, epoch: string): Promise<void> {
  const present = (await target.introspection.getTables()).map(({ name }) => name)
  if (present.length > 0 && !present.includes('installation'))
    throw new StartError(
      `${place.name} holds tables of something else: ${present.slice(0, 5).join(', ')}. Copy into an empty database.`,
    )
  if (present.length === 0) return
  const known = await readEpoch(target)
  if (known === unfinished(epoch)) return
  if (known === epoch)
    throw new StartError(
      `${place.name} is a finished copy already. To copy again would undo what has happened there since: if that ` +
        'is what you want, copy into an empty database.',
    )
  for (const table of shape.tables) {
    if (OF_SERVERS.includes(table.name) || !present.includes(table.name)) continue
    const count = await countRows(target, table)
    if (count > 0)
      throw new StartError(
        `${place.name} holds another installation: ${count} rows in ${table.name}. Copy into an empty database.`,
      )
  }
}

/** As one pass; anew from nothing where rows stand in each other's way, such as two that swapped a name. */
async function bring(options: Parameters<typeof bringOver>[0]): Promise<Brought> {
  try {
    return await bringOver(options)
  } catch (error) {
    if (!isConstraint(error)) throw error
    await clear(options.to, options.tables)
    return bringOver(options)
  }
}

async function compare(
  digests: Brought['digests'],
  target: Rows,
  { tables }: Shape,
): Promise<Copied['tables']> {
  const compared: Copied['tables'] = []
  for (const table of tables) {
    const source = digests.get(table.name) ?? { rows: 0, checksum: '' }
    compared.push({ name: table.name, source, target: await digestOf(target, table) })
  }
  return compared
}

/** Whether the source is not any more what it was. */
function hasMoved(source: Rows, compared: Copied['tables'], { tables }: Shape): Promise<boolean> {
  return snapshot(source, async state => {
    for (const [index, table] of tables.entries()) {
      const was = compared[index]?.source
      if (!was || !isEqual(was, await digestOf(state, table))) return true
    }
    return false
  })
}

async function setEpoch(db: Rows, epoch: string): Promise<void> {
  await sql`update installation set epoch = ${epoch}`.execute(db)
}

function snapshot<R>(db: Rows, work: (state: Rows) => Promise<R>): Promise<R> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
}

async function readEpoch(db: Rows): Promise<string> {
  const { rows } = await sql<{ epoch: string }>`select epoch from installation`.execute(db)
  const [row] = rows
  if (!row) throw new StartError('The table installation is empty: this is no database of an installation.')
  return row.epoch
}
