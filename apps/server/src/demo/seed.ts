/**
 * Fills an empty installation with the demo: its people, and a year in which they did through the ordinary actions
 * what people do. Nothing is written around the engine, so every counter and history is as real as any.
 */
import { closeSync, fsyncSync, mkdtempSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInboxes, memoryBus } from '@pms/notifier'
import { sql } from 'kysely'
import { v4 as uuid } from 'uuid'
import { organisation } from '../app.ts'
import type { Caller } from '../auth/caller.ts'
import { hashPassword } from '../auth/passwords.ts'
import { type AppDatabase, databaseFile, openAppDatabase } from '../database.ts'
import { goalActions } from '../features/goals/actions.ts'
import { createUser } from '../features/people/actions.ts'
import { permissionsOf } from '../features/people/permissions.ts'
import { StartError } from '../start-error.ts'
import { DEMO_DOMAIN, DEMO_PASSWORD } from './accounts.ts'
import { DEMO_PEOPLE, DEMO_UNITS } from './organisation.ts'
import { type StoryEvent, tellStory } from './story.ts'

const DAY = 24 * 60 * 60 * 1000

/**
 * Makes the demo where there is nobody yet. All of it or nothing: it is written aside and moved into place, so that a
 * start that was cut short leaves no half of it.
 * @returns whether it was made
 * @throws {StartError} when a server has the empty database open
 */
export async function seedDemo(dataDir: string, now: Date = new Date()): Promise<boolean> {
  if (!(await isEmptyAndFree(dataDir))) return false
  removeAbandoned(dataDir)
  const aside = mkdtempSync(join(dataDir, `demo-${process.pid}-`))
  try {
    await writeDemo(aside, now)
    // Asked again: another start may have been quicker, and its people stay.
    if (!(await isEmptyAndFree(dataDir))) return false
    renameSync(databaseFile(aside), databaseFile(dataDir))
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  return true
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
  const database = await openAppDatabase(dataDir, memoryBus(), () => new Date())
  try {
    if (await database.db.selectFrom('users').select('id').limit(1).executeTakeFirst()) return false
    // Only who is alone with a database can leave write-ahead logging.
    await sql`pragma journal_mode = delete`.execute(database.db)
    return true
  } catch (error) {
    if (error instanceof Error && error.message === 'database is locked')
      throw new StartError('A server has this database open. Stop it first, then fill the database.')
    throw error
  } finally {
    await database.close()
  }
}

async function writeDemo(dataDir: string, now: Date): Promise<void> {
  const events = tellStory(now)
  let moment = new Date((events[0]?.at ?? now).getTime() - 30 * DAY)
  const database = await openAppDatabase(dataDir, memoryBus(), () => moment)
  try {
    // Nothing of it counts before it is whole: then all of it is made to last at once.
    await sql`pragma synchronous = off`.execute(database.db)
    const callers = await hireEverybody(database)
    const live = liveThrough(database, callers)
    for (const event of [...events, ...readings(now)].sort((a, b) => a.at.getTime() - b.at.getTime())) {
      moment = event.at
      await live(event)
    }
  } finally {
    await database.close()
  }
  const file = openSync(databaseFile(dataDir), 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** Somebody goes through their inbox. */
interface Reading {
  at: Date
  who: string
}

/** People read what they get every few days; the last days' is still unread. */
function readings(now: Date): Reading[] {
  return DEMO_PEOPLE.flatMap(({ account }, index) =>
    Array.from({ length: 60 }, (_, nth) => ({
      at: new Date(now.getTime() - (2 + (index % 5) + nth * 6) * DAY),
      who: account,
    })),
  )
}

async function hireEverybody(database: AppDatabase): Promise<Map<string, Caller>> {
  const password_hash = await hashPassword(DEMO_PASSWORD)
  const callers = new Map<string, Caller>()
  await database.transaction(async tx => {
    const units = new Map<string, string>()
    for (const { key, name, kind, parent } of DEMO_UNITS) {
      const id = uuid()
      units.set(key, id)
      const parent_id = parent === null ? null : (units.get(parent) ?? null)
      await tx.db.insertInto('org_units').values({ id, name, kind, parent_id }).execute()
    }
    for (const person of DEMO_PEOPLE) {
      const user = await createUser(tx, null, {
        name: person.name,
        email: `${person.account}@${DEMO_DOMAIN}`,
        job_title: person.job,
        unit_id: units.get(person.unit) ?? null,
        supervisor_id: person.reportsTo === null ? null : (callers.get(person.reportsTo)?.id ?? null),
        role: person.role,
        status: person.status,
        password_hash,
      })
      callers.set(person.account, {
        ...user,
        permissions: new Set(permissionsOf(user.role)),
        sessionId: '',
        expiresAt: 0,
      })
    }
  })
  return callers
}

/** Lets one thing happen after another; the ids of goals are known once they are made. */
function liveThrough(database: AppDatabase, callers: ReadonlyMap<string, Caller>) {
  const goals = goalActions(database, organisation, 'UTC')
  const inboxes = createInboxes(database)
  const ids = new Map<number, string>()

  function person(account: string): Caller {
    const caller = callers.get(account)
    if (!caller) throw new Error(`Nobody in the demo has the account ${account}`)
    return caller
  }

  async function act({ who, goal, owner, step }: StoryEvent): Promise<unknown> {
    const caller = person(who)
    const id = ids.get(goal) ?? ''
    switch (step.verb) {
      case 'create': {
        const { verb: _, serves, ...details } = step
        const parent_goal_id = serves === null ? null : ids.get(serves)
        return ids.set(goal, await goals.createGoal(caller, { ...details, parent_goal_id }))
      }
      case 'assign': {
        const { verb: _, serves, ...details } = step
        const parent_goal_id = serves === null ? null : ids.get(serves)
        const assigned_to_user_id = person(owner).id
        return ids.set(
          goal,
          await goals.assignGoal(caller, {
            ...details,
            type: 'INDIVIDUAL',
            parent_goal_id,
            assigned_to_user_id,
          }),
        )
      }
      case 'approve':
        return goals.approveGoal(caller, id, {})
      case 'accept':
        return goals.acceptGoal(caller, id)
      case 'resubmit':
        return goals.resubmitGoal(caller, id, {})
      case 'achieve':
        return goals.achieveGoal(caller, id)
      case 'reject':
        return goals.rejectGoal(caller, id, step)
      case 'decline':
        return goals.declineGoal(caller, id, step)
      case 'discard':
        return goals.discardGoal(caller, id, step)
      case 'progress':
        return goals.reportProgress(caller, id, step)
    }
  }

  return async (event: StoryEvent | Reading): Promise<void> => {
    if ('step' in event) await act(event)
    else await inboxes.markAllRead(person(event.who).id, null)
  }
}
