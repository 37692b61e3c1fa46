/** A table that refuses rows, as a disk that fails would: what nobody foresaw, on either engine. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../src/database.ts'

export interface Breakage {
  table: keyof Tables
  on: 'insert' | 'update'
  /** What the database says then. */
  message: string
  /** SQL over `new`, the row; every row if not given. */
  when?: string
}

/** @returns what mends it */
export async function breakTable(db: Kysely<Tables>, { table, on, message, when = 'true' }: Breakage) {
  const isPostgres = process.env.TEST_ENGINE === 'postgres'
  const statements = isPostgres
    ? [
        `create function broken() returns trigger language plpgsql as $$ begin
          if ${when} then raise exception '${message}'; end if; return new; end $$`,
        `create trigger broken before ${on} on ${table} for each row execute function broken()`,
      ]
    : [
        `create trigger broken before ${on} on ${table} begin select raise(abort, '${message}') where ${when}; end`,
      ]
  for (const statement of statements) await sql.raw(statement).execute(db)
  return async () => {
    await sql.raw(isPostgres ? 'drop function broken cascade' : 'drop trigger broken').execute(db)
  }
}
