/** Migrations beside each other: several processes that start at once, and two versions on one database. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase } from '@pms/test-services/postgres'
import { sharedPostgres } from '@pms/test-services/shared'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { memoryBus } from '../src/bus/memory.ts'
import type { Engine } from '../src/database/capabilities.ts'
import { type Database, openDatabase } from '../src/database/database.ts'
import { DatabaseNewer } from '../src/database/errors.ts'
import type { Migrations } from '../src/database/migrations.ts'
import { postgres } from '../src/database/postgres.ts'
import { sqlite } from '../src/database/sqlite.ts'
import type { NotifierTables } from '../src/database/tables.ts'

interface Tables extends NotifierTables {
  desks: { name: string; floor: number | null }
}

const first: Migrations = {
  '2027-01-01-desks': async db => {
    await db.schema
      .createTable('desks')
      .addColumn('name', 'text', column => column.notNull())
      .execute()
    // Whoever ran it twice would leave two.
    await sql`insert into desks (name) values ('front')`.execute(db)
  },
}
const second: Migrations = {
  ...first,
  '2027-02-01-floors': async db => {
    await db.schema.alterTable('desks').addColumn('floor', 'integer').execute()
  },
}
const third: Migrations = {
  ...second,
  '2027-03-01-names-go-contract': async db => {
    await db.schema.alterTable('desks').dropColumn('name').execute()
  },
}

async function file() {
  const folder = mkdtempSync(join(tmpdir(), 'pms-migrations-'))
  return {
    engine: () => sqlite(join(folder, 'test.sqlite')),
    drop: async () => rmSync(folder, { recursive: true }),
  }
}

async function server() {
  const { url, drop } = await freshDatabase(sharedPostgres())
  return { engine: () => postgres(url), drop }
}

describe.each([
  { name: 'SQLite', place: file, waits: false },
  { name: 'PostgreSQL', place: server, waits: true },
])('on $name', ({ place, waits }) => {
  let engine: () => Engine
  let opened: Database<Tables>[]
  beforeEach(async () => {
    const { engine: make, drop } = await place()
    engine = make
    opened = []
    return async () => {
      await drop()
    }
  })
  afterEach(async () => {
    for (const database of opened) await database.close()
  })

  async function open(migrations: Migrations): Promise<Database<Tables>> {
    const database = await openDatabase<Tables>({ engine: engine(), bus: memoryBus(), migrations })
    opened.push(database)
    return database
  }
  const desks = ({ db }: Database<Tables>) => db.selectFrom('desks').select('name').execute()

  // Within one process nothing can wait for a file that it has locked itself.
  if (waits) {
    test('of servers that start at once, of two versions, one runs each migration', async () => {
      const all = await Promise.all([open(second), open(first), open(second), open(first)])
      for (const database of all) expect(await desks(database)).toEqual([{ name: 'front' }])
      await all[0]?.db.insertInto('desks').values({ name: 'back', floor: 2 }).execute()
      expect(await desks(all[1] as Database<Tables>)).toHaveLength(2)
    })
  }

  test('an older version goes on, and starts again, beside a newer one', async () => {
    const older = await open(first)
    await open(second)
    await older.db.insertInto('desks').values({ name: 'back', floor: null }).execute()
    expect(await desks(await open(first))).toHaveLength(2)
  })

  test('where a newer version took away what an older one needs, the older one does not start', async () => {
    await open(third)
    for (const older of [first, second])
      await expect(open(older)).rejects.toThrow(new DatabaseNewer(['2027-03-01-names-go-contract']))
  })
})
