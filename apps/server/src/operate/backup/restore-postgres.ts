/** Restoring into PostgreSQL: the schema that is there steps aside, and comes back if anything goes wrong. */
import { Kysely, sql } from 'kysely'
import type { Rows } from '../copy/rows.ts'
import { asideName } from './layout.ts'
import { findProgram, runOn } from './programs.ts'
import type { Restore } from './restored.ts'

export async function restorePostgres({ place, file, isLivedIn, finish }: Restore): Promise<string | null> {
  const db: Rows = new Kysely<object>({ dialect: place.engine().dialect })
  try {
    const { rows } = await sql<{ version: string }>`
      select current_setting('server_version_num') as version`.execute(db)
    const program = await findProgram('pg_restore', Math.floor(Number(rows[0]?.version) / 10_000))
    const aside = asideName(new Date())
    await db.transaction().execute(async tx => {
      await sql`alter schema public rename to ${sql.id(aside)}`.execute(tx)
      await sql`create schema public`.execute(tx)
    })
    try {
      await runOn(place.address, program, [
        '--exit-on-error',
        '--single-transaction',
        '--no-owner',
        '--no-privileges',
        file,
      ])
      await finish(place.engine)
    } catch (error) {
      await db.transaction().execute(async tx => {
        await sql`drop schema public cascade`.execute(tx)
        await sql`alter schema ${sql.id(aside)} rename to public`.execute(tx)
      })
      throw error
    }
    if (isLivedIn) return `schema ${aside}`
    await sql`drop schema ${sql.id(aside)} cascade`.execute(db)
    return null
  } finally {
    await db.destroy()
  }
}
