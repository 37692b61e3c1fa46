/** Fills an empty installation with the demo, all of it or nothing. What is in it: story.ts. */
import { closeSync, fsyncSync, mkdtempSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { databaseFile, openAppDatabase } from '../database.ts'
import { StartError } from '../start-error.ts'
import { playStory } from './play.ts'
import type { Present } from './times.ts'

/**
 * Makes the demo where there is nobody yet. All of it or nothing: it is written aside and moved into place, so that a
 * start that was cut short leaves no half of it.
 * @returns whether it was made
 * @throws {StartError} when a server has the empty database open
 */
export async function seedDemo(
  dataDir: string,
  { now = new Date(), timeZone = 'UTC' }: Partial<Present> = {},
): Promise<boolean> {
  if (!(await isEmptyAndFree(dataDir))) return false
  return withDemo(dataDir, { now, timeZone }, async aside => {
    // Asked again: another start may have been quicker, and its people stay.
    if (!(await isEmptyAndFree(dataDir))) return false
    renameSync(databaseFile(aside), databaseFile(dataDir))
    return true
  })
}

/** Makes the demo in a folder of its own in this one, for as long as `work` needs it. */
export async function withDemo<R>(
  dataDir: string,
  present: Present,
  work: (aside: string) => Promise<R>,
): Promise<R> {
  removeAbandoned(dataDir)
  const aside = mkdtempSync(join(dataDir, `demo-${process.pid}-`))
  try {
    await writeDemo(aside, present)
    return await work(aside)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** Removes what starts that were cut short left aside. */
function removeAbandoned(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const [, pid] = /^demo-(\d+)-/.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dataDir, name), { recursive: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Whether there is nobody yet. Nobody else has the database open then, and all of it is in its one file. */
async function isEmptyAndFree(dataDir: string): Promise<boolean> {
  const database = await openAppDatabase({ dataDir, databaseUrl: null })
  try {
    if (await database.db.selectFrom('users').select('id').limit(1).executeTakeFirst()) return false
  } finally {
    await database.close()
  }
  assertAlone(databaseFile(dataDir))
  return true
}

/** Only who is alone with a database can leave write-ahead logging. */
function assertAlone(file: string): void {
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma journal_mode = delete')
  } catch (error) {
    throw new StartError('A server has this database open. Stop it first, then fill the database.', {
      cause: error,
    })
  } finally {
    database.close()
  }
}

async function writeDemo(dataDir: string, present: Present): Promise<void> {
  await playStory(dataDir, present)
  const file = openSync(databaseFile(dataDir), 'r+')
  fsyncSync(file)
  closeSync(file)
}
