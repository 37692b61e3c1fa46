/** The demo: whole or not at all, and alive on the first screen. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ApprovalPage,
  AUDIENCES,
  GOAL_STATUSES,
  INITIATIVE_STATUSES,
  INITIATIVE_TYPES,
} from '@pms/contract'
import { createInboxes } from '@pms/notifier'
import { wrongCounters } from '@pms/notifier/testing'
import { ask, freshDatabase } from '@pms/test-services/postgres'
import { sharedPostgres } from '@pms/test-services/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allNotifications } from '../src/app.ts'
import { type AppDatabase, openAppDatabase, SERVERS } from '../src/database.ts'
import { presentDemoAccounts } from '../src/demo/accounts.ts'
import { seedDemo } from '../src/demo/seed.ts'
import { seedServer } from '../src/demo/seed-server.ts'
import { tellStory } from '../src/demo/story.ts'
import { DEMO, unfinished } from '../src/operate/unfinished.ts'
import { startServer } from '../src/testing/index.ts'

// In Auckland it is the next day already.
const now = new Date('2027-02-10T12:30:00Z')
const timeZone = 'Pacific/Auckland'
const present = { now, timeZone }
const HOUR = 60 * 60 * 1000
/** A year takes two seconds; ten times that where much else is going on. */
const A_BUSY_MACHINE_MS = 120_000
const dataDir = mkdtempSync(join(tmpdir(), 'pms-demo-'))
let database: AppDatabase

beforeAll(async () => {
  // What a start left that was ended by force: no process has this number.
  mkdirSync(join(dataDir, 'demo-999999999-left'))
  expect(await seedDemo(dataDir, present)).toBe(true)
  database = await openAppDatabase({ dataDir, databaseUrl: null }, { clock: () => now })
}, A_BUSY_MACHINE_MS)
afterAll(async () => {
  await database.close()
  rmSync(dataDir, { recursive: true })
})

const personOf = (account: string) =>
  database.db
    .selectFrom('users')
    .selectAll()
    .where('email', '=', `${account}@pms.test`)
    .executeTakeFirstOrThrow()

it('has about forty people in four levels of units, on leave, new, and gone', async () => {
  const people = await database.db.selectFrom('users').selectAll().execute()
  expect(people.length).toBeGreaterThanOrEqual(36)
  expect(new Set(people.map(person => person.status))).toEqual(new Set(['active', 'on_leave', 'archived']))
  expect(people.filter(person => person.password_hash === null)).toHaveLength(1)
  const kinds = await database.db.selectFrom('org_units').select('kind').distinct().execute()
  expect(kinds.map(row => row.kind).sort()).toEqual(['department', 'directorate', 'global', 'unit'])
  expect((await presentDemoAccounts(database.db)).accounts).toHaveLength(5)
  const delegations = await database.db.selectFrom('delegations').select('followed').execute()
  expect(delegations.map(row => row.followed).sort()).toEqual(['planned', 'running'])
})

it('has goals in every state there is, over a year', async () => {
  const goals = await database.db.selectFrom('goals').select(['status', 'created_at']).execute()
  expect(new Set(goals.map(goal => goal.status))).toEqual(new Set(GOAL_STATUSES))
  const oldest = goals.map(goal => goal.created_at).sort()[0] ?? ''
  expect(now.getTime() - Date.parse(oldest)).toBeGreaterThan(270 * 24 * HOUR)
})

it('has initiatives in every state there is, with extensions decided and open', async () => {
  const initiatives = await database.db.selectFrom('initiatives').select(['status', 'type']).execute()
  expect(new Set(initiatives.map(initiative => initiative.status))).toEqual(new Set(INITIATIVE_STATUSES))
  expect(new Set(initiatives.map(initiative => initiative.type))).toEqual(new Set(INITIATIVE_TYPES))
  const extensions = await database.db.selectFrom('initiative_extensions').select('status').execute()
  expect(new Set(extensions.map(({ status }) => status))).toEqual(new Set(['PENDING', 'APPROVED', 'DENIED']))
})

it('has a cycle of reviews that is completed, one that goes on for two weeks, and a draft', async () => {
  const cycles = await database.db.selectFrom('review_cycles').selectAll().orderBy('created_at').execute()
  expect(cycles.map(cycle => cycle.status)).toEqual(['completed', 'active', 'draft'])
  const [completed, active] = cycles
  const deadline = Date.parse(active?.deadline ?? '')
  expect(deadline - now.getTime()).toBeGreaterThanOrEqual(14 * 24 * HOUR)
  const statuses = async (cycleId = '') =>
    (
      await database.db
        .selectFrom('reviews')
        .select('status')
        .distinct()
        .where('cycle_id', '=', cycleId)
        .orderBy('status')
        .execute()
    ).map(row => row.status)
  expect(await statuses(completed?.id)).toEqual(['closed', 'completed'])
  expect(await statuses(active?.id)).toEqual(['completed', 'in_progress', 'pending'])
})

it('has announcements that all arrived, some confirmed, and a draft', async () => {
  const announcements = await database.db.selectFrom('announcements').selectAll().execute()
  expect(new Set(announcements.map(({ status }) => status))).toEqual(new Set(['DRAFT', 'PUBLISHED']))
  expect(new Set(announcements.map(({ audience }) => audience))).toEqual(new Set(AUDIENCES))
  for (const announcement of announcements.filter(({ status }) => status === 'PUBLISHED'))
    expect(announcement.delivered_count).toBe(announcement.recipient_count)
  expect(announcements.some(({ acknowledged_count }) => acknowledged_count > 0)).toBe(true)
})

it('has every type of notification, and right counters', async () => {
  const rows = await database.db.selectFrom('notifications').select('type').distinct().execute()
  expect(new Set(rows.map(row => row.type))).toEqual(new Set(allNotifications.map(({ type }) => type)))
  expect(await wrongCounters(database.db)).toEqual([])
})

it.each([
  ['john.doe', ['announcement_acknowledgement', 'goal_acceptance', 'review']],
  [
    'jane.smith',
    [
      'announcement_acknowledgement',
      'goal_approval',
      'initiative_approval',
      'initiative_extension',
      'initiative_review',
      'review',
    ],
  ],
  ['mary.okafor', ['goal_acceptance', 'goal_approval', 'initiative_approval', 'initiative_review', 'review']],
  [
    'hr',
    [
      'announcement_acknowledgement',
      'goal_acceptance',
      'goal_approval',
      'initiative_approval',
      'initiative_review',
      'review',
    ],
  ],
  ['admin', ['announcement_acknowledgement', 'goal_acceptance', 'goal_approval', 'review']],
])('has news for %s, and something of each kind to decide', async (account, kinds) => {
  const { unreadCount } = await createInboxes(database).head((await personOf(account)).id)
  expect(unreadCount).toBeGreaterThanOrEqual(4)
  expect(unreadCount).toBeLessThan(25)
  await using server = await startServer({ dataDir, clock: () => now, env: { TIME_ZONE: timeZone } })
  const person = await personOf(account)
  const { body } = await (await server.as(person)).get<ApprovalPage>('/api/approvals?limit=100')
  expect([...new Set(body.items.map(item => item.kind))].sort()).toEqual(kinds)
})

it('leaves nothing that falls due by itself when a server starts, nor in the first minutes', async () => {
  // A version for each change of an inbox.
  const inboxes = () => database.db.selectFrom('inboxes').selectAll().orderBy('user_id').execute()
  const before = await inboxes()
  for (const minutes of [0, 10]) {
    const clock = () => new Date(now.getTime() + minutes * 60_000)
    await using server = await startServer({ dataDir, clock, env: { TIME_ZONE: timeZone } })
    await server.app.jobs.tick()
    expect(server.log.filter(line => line.includes('"job"'))).toEqual([])
    expect(await inboxes()).toEqual(before)
  }
  const leases = await database.db.selectFrom('job_leases').select('last_run_at').execute()
  expect(leases.length).toBeGreaterThan(5)
})

it('tells the same story for the same moment, and nothing that has not happened yet', () => {
  const story = tellStory(present)
  expect(tellStory(present)).toEqual(story)
  expect(story.every(event => event.at <= now)).toBe(true)
})

it('leaves a database alone that has people, or that a server has open', async () => {
  expect(await seedDemo(dataDir, present)).toBe(false)
  const empty = mkdtempSync(join(tmpdir(), 'pms-demo-'))
  const server = await openAppDatabase({ dataDir: empty, databaseUrl: null }, { clock: () => now })
  await expect(seedDemo(empty, present)).rejects.toThrow('A server has this database open')
  await server.close()
  rmSync(empty, { recursive: true })
})

it('leaves nothing beside the database', () => {
  expect(readdirSync(dataDir).filter(name => name.startsWith('demo-'))).toEqual([])
})

describe('on PostgreSQL', () => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>
  beforeAll(async () => {
    fresh = await freshDatabase(sharedPostgres())
  })
  afterAll(() => fresh.drop())

  const start = () => seedServer({ databaseUrl: fresh.url, dataDir, timeZone })
  const open = () => openAppDatabase({ dataDir, databaseUrl: fresh.url })
  const mark = async () => (await ask(fresh.url, 'select epoch from installation'))[0]?.epoch
  const people = async () => (await ask(fresh.url, 'select id from users')).length

  /** Resolves when PostgreSQL has seen that servers closed their connections. */
  const left = () => {
    const servers = `select pid from pg_stat_activity where datname = current_database() and application_name = '${SERVERS}'`
    return expect.poll(() => ask(fresh.url, servers)).toEqual([])
  }

  it('is refused while a server has the empty database open', async () => {
    const server = await startServer({ env: { DATABASE_URL: fresh.url } })
    await expect(start()).rejects.toThrow('A server has this database open')
    expect(await people()).toBe(0)
    await server.close()
  })

  it('is made once by servers that start together, and again where it was broken off', {
    timeout: A_BUSY_MACHINE_MS,
  }, async () => {
    expect((await Promise.all([start(), start()])).sort()).toEqual([false, true])
    const [epoch, everybody] = [await mark(), await people()]
    expect(epoch).toMatch(/^[0-9a-f-]{36}$/)
    expect(everybody).toBeGreaterThanOrEqual(36)

    await ask(fresh.url, `update installation set epoch = '${unfinished(DEMO)}'`)
    await ask(fresh.url, 'delete from review_answers')
    await expect(open()).rejects.toThrow('Start with DEMO=1')
    await left()
    expect(await start()).toBe(true)
    expect(await people()).toBe(everybody)
    expect(await mark()).not.toBe(epoch)
    const { db, close } = await open()
    expect((await presentDemoAccounts(db)).accounts).toHaveLength(5)
    expect(await wrongCounters(db)).toEqual([])
    await close()
    expect(readdirSync(dataDir).filter(name => name.startsWith('demo-'))).toEqual([])
  })
})
