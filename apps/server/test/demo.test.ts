/** The demo: whole or not at all, and alive on the first screen. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInboxes, memoryBus } from '@pms/notifier'
import { wrongCounters } from '@pms/notifier/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AppDatabase, openAppDatabase } from '../src/database.ts'
import { presentDemoAccounts } from '../src/demo/accounts.ts'
import { seedDemo } from '../src/demo/seed.ts'
import { tellStory } from '../src/demo/story.ts'

const now = new Date('2027-02-10T10:00:00Z')
const dataDir = mkdtempSync(join(tmpdir(), 'pms-demo-'))
let database: AppDatabase

beforeAll(async () => {
  // What a start left that was ended by force: no process has this number.
  mkdirSync(join(dataDir, 'demo-999999999-left'))
  expect(await seedDemo(dataDir, now)).toBe(true)
  database = await openAppDatabase(dataDir, memoryBus(), () => now)
})
afterAll(async () => {
  await database.close()
  rmSync(dataDir, { recursive: true })
})

const idOf = async (email: string) =>
  (await database.db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id

it('has about forty people in four levels of units', async () => {
  const people = await database.db.selectFrom('users').selectAll().execute()
  expect(people.length).toBeGreaterThanOrEqual(36)
  const kinds = await database.db.selectFrom('org_units').select('kind').distinct().execute()
  expect(kinds.map(row => row.kind).sort()).toEqual(['department', 'directorate', 'global', 'unit'])
  expect((await presentDemoAccounts(database.db)).accounts).toHaveLength(5)
})

it('has goals in every state there is, over a year, with right counters', async () => {
  const goals = await database.db.selectFrom('goals').select(['status', 'created_at']).execute()
  expect([...new Set(goals.map(goal => goal.status))].sort()).toEqual([
    'ACHIEVED',
    'ACTIVE',
    'DECLINED',
    'DISCARDED',
    'PENDING_ACCEPTANCE',
    'PENDING_APPROVAL',
    'REJECTED',
  ])
  const oldest = goals.map(goal => goal.created_at).sort()[0] ?? ''
  expect(now.getTime() - Date.parse(oldest)).toBeGreaterThan(270 * 24 * 60 * 60 * 1000)
  expect(await wrongCounters(database.db)).toEqual([])
})

it.each(['john.doe', 'jane.smith', 'mary.okafor'])('has something new for %s', async account => {
  const head = await createInboxes(database).head(await idOf(`${account}@pms.test`))
  expect(head.unreadCount).toBeGreaterThan(0)
  expect(head.unreadCount).toBeLessThan(20)
})

it('tells the same story for the same day, and nothing that has not happened yet', () => {
  const story = tellStory(now)
  expect(tellStory(now)).toEqual(story)
  expect(story.every(event => event.at < now)).toBe(true)
})

it('leaves a database alone that has people, or that a server has open', async () => {
  expect(await seedDemo(dataDir, now)).toBe(false)
  const empty = mkdtempSync(join(tmpdir(), 'pms-demo-'))
  const server = await openAppDatabase(empty, memoryBus(), () => now)
  await expect(seedDemo(empty, now)).rejects.toThrow('A server has this database open')
  await server.close()
  rmSync(empty, { recursive: true })
})

it('leaves nothing beside the database', () => {
  expect(readdirSync(dataDir).filter(name => name.startsWith('demo-'))).toEqual([])
})
