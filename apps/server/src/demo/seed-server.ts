/**
 * Fills an empty database on a server with the demo: made in a file, as everywhere, and copied over. Of several servers
 * that start at once one does it. A copy that was broken off is gone on with by the next start that wants a demo.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { sql } from 'kysely'
import { databaseFile, openEngine } from '../database.ts'
import { copyInstallation } from '../operate/copy/copy.ts'
import { type Place, placeOf } from '../operate/place.ts'
import { DEMO, isUnfinished, unfinished } from '../operate/unfinished.ts'
import { StartError } from '../start-error.ts'
import { withDemo } from './seed.ts'

export interface ServerToFill {
  databaseUrl: string
  /** Where the file is made. */
  dataDir: string
  timeZone: string
}

/**
 * @returns whether it was made: not where there is somebody
 * @throws {StartError} when a server has the empty database open
 */
export async function seedServer({ databaseUrl, dataDir, timeZone }: ServerToFill): Promise<boolean> {
  const place = placeOf(databaseUrl)
  const fill = () =>
    place.alone(async () => {
      if (!(await isToBeFilled(place))) return false
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      await withDemo(dataDir, { now: new Date(), timeZone }, aside => bringOver(aside, place))
      return true
    })
  return fill().catch(error => {
    throw place.refusal(error, 'DATABASE_URL')
  })
}

async function isToBeFilled(place: Place): Promise<boolean> {
  const { db, close } = await openEngine(place.engine())
  try {
    const { epoch } = await db.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
    if (isUnfinished(epoch)) return epoch === unfinished(DEMO)
    if (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) return false
    if (!(await place.claim(db)))
      throw new StartError('A server has this database open. Stop it first, then fill the database.')
    return true
  } finally {
    await close()
  }
}

async function bringOver(aside: string, to: Place): Promise<void> {
  const from = placeOf(`sqlite:${databaseFile(aside)}`)
  const file = await openEngine(from.engine())
  // Every demo is called the same until it is whole, so that the next one can take the place of half a one.
  await sql`update installation set epoch = ${DEMO}`.execute(file.db)
  await file.close()
  const { outcome } = await copyInstallation({ from, to, becomes: randomUUID(), onProgress: () => {} })
  if (outcome !== 'finished')
    throw new StartError(`The demo did not get into ${to.name} whole: something else writes to it.`)
}
