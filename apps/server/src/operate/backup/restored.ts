/** What each engine does with a backup that it has read back, before it takes the place of what was there. */
import { randomUUID } from 'node:crypto'
import type { Engine } from '@pms/notifier/database'
import { Kysely, sql } from 'kysely'
import { openEngine } from '../../database.ts'
import { StartError } from '../../start-error.ts'
import { countRows, type Rows } from '../copy/rows.ts'
import type { Place } from '../place.ts'
import type { Shape } from '../shape.ts'
import type { Manifest } from './manifest.ts'

/** What a restore into one engine is given. */
export interface Restore {
  place: Place
  /** The database as the backup has it. */
  file: string
  /** Whether somebody lives in what is there now, so that it must be kept. */
  isLivedIn: boolean
  /** Brings a database that was just read back up to date, checks it and gives it its new epoch. */
  finish(engine: () => Engine): Promise<void>
}

/** Checks it against what the backup says of itself. */
export function finisher(manifest: Manifest, shape: Shape): Restore['finish'] {
  return async engine => {
    const raw: Rows = new Kysely<object>({ dialect: engine().dialect })
    try {
      for (const table of shape.tables) {
        const expected = manifest.rows[table.name]
        if (expected === undefined) continue
        const found = await countRows(raw, table)
        if (found !== expected)
          throw new StartError(
            `The backup speaks of ${expected} rows in ${table.name}, and there are ${found}.`,
          )
      }
    } finally {
      await raw.destroy()
    }
    const database = await openEngine(engine())
    await sql`update installation set epoch = ${randomUUID()}`.execute(database.db)
    await database.close()
  }
}
