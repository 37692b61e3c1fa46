/**
 * While a deployment lasts two versions of the server share a database. So a migration only adds, and one that takes
 * away says so by its name: docs/migrations.md tells the rule, and this holds every migration to it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqlite } from '@pms/notifier/database'
import { type CompiledQuery, type DatabaseConnection, type Dialect, sql } from 'kysely'
import { expect, test } from 'vitest'
import { openAppDatabase, openEngine } from '../src/database.ts'
import { StartError } from '../src/start-error.ts'

/** What a statement may begin with that the version before does not notice. */
const HARMLESS = [
  /^create table /,
  /^create index /,
  /^insert into /,
  /^update /,
  /^delete from /,
  /^select /,
  // A column that the version before does not fill in.
  /^alter table "\w+" add column (?!.* not null)/,
  /^alter table "\w+" add column .* default /,
]

interface Ran {
  name: string
  statements: string[]
}

/** Statements that are no good to the version before. A table may be what it likes while nobody knows it yet. */
function harmful({ name, statements }: Ran): string[] {
  if (name.endsWith('-contract')) return []
  const own = statements.flatMap(statement => /^create table "(\w+)"/.exec(statement)?.[1] ?? [])
  const isOwn = (statement: string) => own.some(table => statement.includes(`"${table}"`))
  return statements.filter(statement => !HARMLESS.some(form => form.test(statement)) && !isOwn(statement))
}

/** Every migration there is, and what it did to an empty database. */
async function everyMigration(): Promise<Ran[]> {
  const ran: Ran[] = []
  let statements: string[] = []
  const record = ({ sql, parameters }: CompiledQuery) => {
    if (sql.startsWith('insert into "kysely_migration" ')) {
      ran.push({ name: String(parameters[0]), statements })
      statements = []
    } else if (!/kysely_migration|sqlite_master|pragma|^(begin|commit)/i.test(sql)) statements.push(sql)
  }
  const engine = sqlite(':memory:')
  const database = await openEngine({ ...engine, dialect: recording(engine.dialect, record) })
  await database.close()
  return ran
}

function recording(dialect: Dialect, record: (query: CompiledQuery) => void): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: db => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver() {
      const driver = dialect.createDriver()
      const acquire = driver.acquireConnection.bind(driver)
      return Object.assign(driver, {
        async acquireConnection(): Promise<DatabaseConnection> {
          const connection = await acquire()
          const execute = connection.executeQuery.bind(connection)
          connection.executeQuery = query => {
            record(query)
            return execute(query)
          }
          return connection
        },
      })
    },
  }
}

test('no migration takes from the version before what that needs, unless its name says so', async () => {
  const ran = await everyMigration()
  expect(ran.length).toBeGreaterThan(20)
  expect(ran.flatMap(({ statements }) => statements).length).toBeGreaterThan(ran.length)
  for (const each of ran) expect([each.name, harmful(each)]).toEqual([each.name, []])
})

test('beside a newer version a server starts, unless that has taken away what it needs; then it says so', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pms-migrations-'))
  const place = { dataDir, databaseUrl: null }
  const ran = async (name: string) => {
    const { db, close } = await openAppDatabase(place)
    await sql`insert into kysely_migration (name, timestamp) values (${name}, '2030-01-01')`.execute(db)
    await close()
  }
  await ran('2030-01-01-weights')
  await ran('2030-02-01-titles-go-contract')
  await expect(openAppDatabase(place)).rejects.toThrow(
    new StartError(
      'The database has been changed by a newer version: 2030-02-01-titles-go-contract. ' +
        'Start that version, or restore a backup from before it.',
    ),
  )
  rmSync(dataDir, { recursive: true })
})

test.each([
  'alter table "goals" drop column "title"',
  'alter table "goals" rename to "aims"',
  'alter table "goals" rename column "title" to "name"',
  'alter table "goals" add column "weight" integer not null',
  'create unique index "goals_title" on "goals" ("title")',
  'drop table "goals"',
  'drop index "goals_owner"',
])('would find: %s', statement => {
  expect(harmful({ name: '2030-01-01-any', statements: [statement] })).toEqual([statement])
  expect(harmful({ name: '2030-01-01-any-contract', statements: [statement] })).toEqual([])
})

test.each([
  'alter table "goals" add column "weight" integer',
  'alter table "goals" add column "weight" integer default 1 not null',
  'create index "goals_weight" on "goals" ("weight")',
])('lets pass: %s', statement => {
  expect(harmful({ name: '2030-01-01-any', statements: [statement] })).toEqual([])
})
