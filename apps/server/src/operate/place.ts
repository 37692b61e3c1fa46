/**
 * Where an installation keeps its rows, as operators name it: `sqlite:<file>` or `postgres://…`. What the commands for
 * operators must know of an engine beyond its queries stands here and nowhere else.
 */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Engine, postgres, sqlite } from '@pms/notifier/database'
import { Kysely, sql } from 'kysely'
import type { Config } from '../config.ts'
import { holdDataDir } from '../data-dir.ts'
import { databaseFile, SERVERS } from '../database.ts'
import { databaseRefusal } from '../database-refusal.ts'
import { StartError } from '../start-error.ts'

export interface Place {
  readonly kind: 'sqlite' | 'postgres'
  /** For people: without a password. */
  readonly name: string
  /** Path of the file, or URL. */
  readonly address: string
  engine(): Engine
  /** What its failures mean, for people. @param setBy what named this place */
  refusal(error: unknown, setBy: string): unknown
  /** Whether there is a database to read. A file that is absent would be made by opening it. */
  exists(): boolean
  /**
   * Looks whether a server runs on it. Where there is a lock, it is taken, and no server can start meanwhile.
   * @param db an open connection to it
   * @returns lets go of it; null: a server runs
   */
  claim<T>(db: Kysely<T>): Promise<(() => void) | null>
  /** Does this while no other process does the like; whoever comes meanwhile waits. */
  alone<R>(work: () => Promise<R>): Promise<R>
}

/** Of a lock that all who want to be alone with a database know. */
const ALONE = 7_061_736
const BETWEEN_TRIES_MS = 100

/** How connections of these commands are called, so that they are not taken for a server's. */
const COMMANDS = 'pms commands'

/** @throws {StartError} */
export function placeOf(address: string): Place {
  if (address.startsWith('sqlite:')) return sqlitePlace(resolve(address.slice('sqlite:'.length)))
  const url = URL.parse(address)
  if (url?.protocol === 'postgres:' || url?.protocol === 'postgresql:') return postgresPlace(address, url)
  throw new StartError(
    'A database is named like sqlite:./data/pms.sqlite or postgres://user:password@host:5432/database.',
  )
}

/** The database that the environment names. */
export function configuredPlace({ databaseUrl, dataDir }: Config): Place {
  return databaseUrl === null ? sqlitePlace(resolve(databaseFile(dataDir))) : placeOf(databaseUrl)
}

function sqlitePlace(file: string): Place {
  return {
    kind: 'sqlite',
    name: `sqlite:${file}`,
    address: file,
    engine: () => sqlite(file),
    refusal: error => error,
    exists: () => existsSync(file),
    async claim() {
      try {
        return holdDataDir(dirname(file))
      } catch (error) {
        if (error instanceof StartError) return null
        throw error
      }
    },
    // Others stay away from the folder of a file, not from the file.
    alone: work => work(),
  }
}

function postgresPlace(address: string, { hostname, port, pathname }: URL): Place {
  return {
    kind: 'postgres',
    name: `postgres://${hostname}${port && `:${port}`}${pathname}`,
    address,
    engine: () => postgres(address, { application: COMMANDS }),
    refusal: (error, setBy) => databaseRefusal(error, address, setBy),
    exists: () => true,
    async claim(db) {
      const { rows } = await sql`
        select pid from pg_stat_activity
        where datname = current_database() and application_name = ${SERVERS}
        limit 1`.execute(db)
      return rows.length > 0 ? null : () => {}
    },
    async alone(work) {
      const db = new Kysely<object>({ dialect: postgres(address, { application: COMMANDS }).dialect })
      try {
        // The lock ends with its connection, however that ends.
        return await db.connection().execute(async connection => {
          while (!(await tryLock(connection))) await wait(BETWEEN_TRIES_MS)
          return work()
        })
      } finally {
        await db.destroy()
      }
    },
  }
}

async function tryLock(connection: Kysely<object>): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_lock(${ALONE}) as taken`.execute(connection)
  return rows[0]?.taken === true
}

/** Whether a row was refused because of another one: a key that is taken, or something it refers to. */
export function isConstraint(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('errcode' in error && typeof error.errcode === 'number') return (error.errcode & 0xff) === 19
  return 'code' in error && typeof error.code === 'string' && /^23...$/.test(error.code)
}
