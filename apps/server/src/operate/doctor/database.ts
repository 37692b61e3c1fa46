/** The database: whether it answers, is the right one, up to date and on time, and has room for the servers. */
import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Kysely, sql } from 'kysely'
import { serversAtOnce } from '../../system/neighbours.ts'
import type { Rows } from '../copy/rows.ts'
import type { Place } from '../place.ts'
import { migrationsOf, type Shape } from '../shape.ts'
import { isUnfinished } from '../unfinished.ts'
import { type Finding, ok, wordsOf, wrong } from './finding.ts'

const LEAST_POSTGRES = 13
/** What one server opens at most. */
const CONNECTIONS = 10
const MOST_DIFFERENCE_MS = 2_000
/** Types of file systems that lie about locks: NFS, SMB. */
const NETWORK_FILES = [0x6969, 0x517b, 0xff534d42, 0xfe534d42]

/** @returns whether it can be worked with, and names of the servers that do, besides what was found */
export async function checkDatabase(
  place: Place,
  shape: Shape,
): Promise<{ usable: boolean; servers: string[]; findings: Finding[] }> {
  const check = 'database'
  if (!place.exists())
    return {
      usable: false,
      servers: [],
      findings: [ok(check, `${place.name} is not there yet; the first start makes it.`)],
    }
  const db: Rows = new Kysely<object>({ dialect: place.engine().dialect })
  try {
    const findings =
      place.kind === 'sqlite' ? await checkSqlite(db, place.address) : await checkPostgres(db, place)
    const state = await checkState(db, shape)
    const usable = state.state === 'ok'
    const servers = usable ? await serversAtOnce(db, new Date()) : []
    return { usable, servers, findings: [...findings, state] }
  } catch (error) {
    const refusal = place.refusal(error, 'DATABASE_URL')
    return {
      usable: false,
      servers: [],
      findings: [
        wrong(
          check,
          refusal === error ? `${place.name} cannot be used: ${wordsOf(error)}.` : wordsOf(refusal),
          place.kind === 'sqlite'
            ? 'If the file is damaged, restore a backup: npm run pms -- restore FOLDER'
            : 'Is PostgreSQL running, does a firewall stand between, are user, password and name of the database right? ' +
                'Try: psql "$DATABASE_URL" -c "select 1"',
        ),
      ],
    }
  } finally {
    await db.destroy()
  }
}

async function checkSqlite(db: Rows, file: string): Promise<Finding[]> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db)
  const problem = rows[0]?.quick_check ?? 'no answer'
  const { size } = await stat(file)
  const { type } = await statfs(dirname(file))
  return [
    problem === 'ok'
      ? ok('database', `${file} is well: ${(size / 1_048_576).toFixed(1)} MB of SQLite, for one server.`)
      : wrong(
          'database',
          `${file} is damaged: ${problem}.`,
          'Stop the server and restore a backup: npm run pms -- restore FOLDER',
        ),
    ...(NETWORK_FILES.includes(type)
      ? [
          wrong(
            'database',
            `${file} lies on a network file system, on which SQLite can lose data.`,
            'Move DATA_DIR to a disk of this machine.',
          ),
        ]
      : []),
  ]
}

async function checkPostgres(db: Rows, { name }: Place): Promise<Finding[]> {
  // Once before, so that opening the connection is not taken for a difference of the clocks.
  await sql`select 1`.execute(db)
  const asked = Date.now()
  const { rows } = await sql<{
    version: string
    now: string
    encoding: string
    most: string
    reserved: string
  }>`select current_setting('server_version') as version, clock_timestamp() as now,
      current_setting('server_encoding') as encoding, current_setting('max_connections') as most,
      current_setting('superuser_reserved_connections') as reserved`.execute(db)
  const [row] = rows
  if (!row) throw new Error('no answer')
  const between = (asked + Date.now()) / 2
  const free = Number(row.most) - Number(row.reserved)
  const servers = Math.floor(free / CONNECTIONS)
  return [
    Number.parseInt(row.version, 10) >= LEAST_POSTGRES
      ? ok('database', `${name} answers: PostgreSQL ${row.version}.`)
      : wrong('database', `${name} is PostgreSQL ${row.version}.`, `Upgrade to ${LEAST_POSTGRES} or newer.`),
    ...(row.encoding === 'UTF8'
      ? []
      : [
          wrong(
            'database encoding',
            `It keeps text as ${row.encoding}, in which not every name can be written.`,
            'Make a database with encoding UTF8 and copy this one into it: npm run pms -- copy',
          ),
        ]),
    checkClock('database clock', 'PostgreSQL', Date.parse(row.now) - between),
    servers >= 1
      ? ok(
          'connections',
          `PostgreSQL takes ${free} connections: enough for ${servers} ${servers === 1 ? 'server' : 'servers'}, each ` +
            `with up to ${CONNECTIONS}.`,
        )
      : wrong(
          'connections',
          `PostgreSQL takes ${free} connections, and one server opens up to ${CONNECTIONS}.`,
          'Raise max_connections in postgresql.conf and restart PostgreSQL.',
        ),
  ]
}

export function checkClock(check: string, who: string, difference: number): Finding {
  const seconds = (Math.abs(difference) / 1_000).toFixed(1)
  if (Math.abs(difference) <= MOST_DIFFERENCE_MS)
    return ok(check, `The clock of ${who} and that of this machine agree.`)
  return wrong(
    check,
    `The clock of ${who} is ${seconds} s ${difference > 0 ? 'ahead of' : 'behind'} that of this machine. Tokens, ` +
      'tickets and deadlines go by it.',
    'Set both by NTP: timedatectl set-ntp true',
  )
}

async function checkState(db: Rows, shape: Shape): Promise<Finding> {
  const check = 'tables'
  const seen = await migrationsOf(db)
  const missing = shape.migrations.filter(name => !seen.includes(name))
  const newer = seen.filter(name => !shape.migrations.includes(name))
  if (seen.length === 0)
    return wrong(check, 'There are none yet.', 'Start a server, or run: npm run pms -- migrate')
  if (missing.length > 0)
    return wrong(
      check,
      `${missing.length} changes to the tables are still to be made: ${missing.join(', ')}.`,
      'Start this version of the server, or run: npm run pms -- migrate',
    )
  const { rows } = await sql<{ epoch: string }>`select epoch from installation`.execute(db)
  if (isUnfinished(rows[0]?.epoch ?? ''))
    return wrong(
      check,
      'They hold a copy that was not finished.',
      'Stop the server that is copied from and run the command "copy" again.',
    )
  return ok(
    check,
    newer.length > 0
      ? `They are up to date, and a newer version has added to them: ${newer.join(', ')}.`
      : 'They are up to date.',
  )
}
