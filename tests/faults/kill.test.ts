/**
 * The server process is killed with no time to say goodbye, three times within a thousand goals. What it answered
 * must be there afterwards, with its notification; what it did not answer is there as a whole or not at all.
 */
import type { GoalPage } from '@pms/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAppDatabase } from '../../apps/server/src/database.ts'
import { startServer } from '../../apps/server/src/testing/index.ts'
import { createRest, type Rest } from '../../apps/server/src/testing/rest.ts'
import { openSocket } from '../../apps/server/src/testing/socket.ts'
import { createWorkplace } from '../../apps/server/test/programs.ts'
import { engineTables } from '../../packages/notifier/src/database/database.ts'
import { wrongCounters } from '../../packages/notifier/src/testing/recount.ts'
import type { InboxItem, NotificationPage } from '../../packages/protocol/src/index.ts'

const GOALS = 1_000
/** After how many answers, of all that were ever given, the process is killed; after the last it lives on. */
const KILLED_AFTER = [83, 412, 777]
const AT_ONCE = 16
/** So many people that none of them calls more often than one person may. */
const STAFF = 20

const place = createWorkplace()
afterAll(() => place.close())

let tokens: { jane: string; staff: string[] }

beforeAll(async () => {
  const server = await startServer({ dataDir: place.dataDir })
  const jane = await server.addPerson('Jane Smith')
  const staff: string[] = []
  for (let n = 1; n <= STAFF; n++) {
    const person = await server.addPerson(`John Doe ${n}`, { supervisor: jane })
    staff.push(await server.tokenOf(person))
  }
  tokens = { jane: await server.tokenOf(jane), staff }
  await server.close()
})

async function startProcess() {
  const server = place.start('main.ts', [], { PORT: '0', DEMO: '0' })
  const [, url = ''] = await server.printed(/PMS is ready: (http:\/\/\S+)/)
  return { ...server, url }
}

/** Titles of goals that were answered with 201. */
const answered = new Set<string>()
/** How many calls the kills cut off. */
let cut = 0
let nextTitle = 1

/** Creates goals, many at once, until so many were answered in all; then kills, or stops when all are there. */
async function createUntil(count: number, url: string, onCount: () => void): Promise<void> {
  const people = tokens.staff.map(token => createRest(url, { token }))
  async function oneAfterAnother(): Promise<void> {
    while (answered.size < count) {
      const number = nextTitle++
      const title = `Goal ${number}`
      const body = { title, type: 'INDIVIDUAL', quarter: 'Q1', year: 2027 }
      const reply = await (people[number % STAFF] as Rest).post('/api/goals', body).catch(() => null)
      if (!reply) {
        // The process is gone, and nobody knows whether it was done.
        cut += 1
        return
      }
      expect(reply.status, JSON.stringify(reply.body)).toBe(201)
      answered.add(title)
      if (answered.size === count) onCount()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, oneAfterAnother))
}

/** All pages of a list. */
async function whole<Page, Item>(
  rest: Rest,
  path: (skip: number) => string,
  itemsOf: (page: Page) => Item[],
) {
  const all: Item[] = []
  for (;;) {
    const { status, body } = await rest.get<Page>(path(all.length))
    expect(status).toBe(200)
    const items = itemsOf(body)
    if (items.length === 0) return all
    all.push(...items)
  }
}

/** What must hold after any kill, as Jane sees it by the API. */
async function expectWhole(url: string): Promise<void> {
  const jane = createRest(url, { token: tokens.jane })
  const goals = await whole(
    jane,
    skip => `/api/goals?scope=team&limit=100&skip=${skip}`,
    (page: GoalPage) => page.items,
  )
  const inbox = await whole(
    jane,
    skip => `/api/notifications?limit=100&skip=${skip}`,
    (page: NotificationPage) => page.notifications,
  )
  const titles = new Set(goals.map(goal => goal.title))
  expect([...answered].filter(title => !titles.has(title))).toEqual([])
  expect(titles.size, 'no goal is there twice').toBe(goals.length)

  const goalOf = (item: InboxItem) => item.data.goal_id as string
  expect(inbox.map(goalOf).sort()).toEqual(goals.map(goal => goal.id).sort())
  expect(inbox.map(item => item.seq)).toEqual(inbox.map((_, index) => inbox.length - index))
  const { body } = await jane.get('/api/notifications')
  expect(body).toMatchObject({ total: goals.length, unread_count: goals.length, version: goals.length })
}

/** What must hold in the file that the process left behind. */
async function expectSound(): Promise<void> {
  const database = await openAppDatabase({ dataDir: place.dataDir, databaseUrl: null })
  try {
    const { db } = database
    expect(await wrongCounters(engineTables(db))).toEqual([])
    const goals = await db.selectFrom('goals').select('id').execute()
    const ids = goals.map(({ id }) => id).sort()
    const events = await db.selectFrom('goal_events').select('goal_id').execute()
    expect(events.map(({ goal_id }) => goal_id).sort()).toEqual(ids)
    const audit = await db
      .selectFrom('audit')
      .where('action', '=', 'goal.created')
      .select('object_id')
      .execute()
    expect(audit.map(({ object_id }) => object_id).sort()).toEqual(ids)
    const notifications = await db.selectFrom('notifications').select(['object_id', 'version']).execute()
    expect(notifications.map(({ object_id }) => object_id).sort()).toEqual(ids)
    expect(notifications.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
      ids.map((_, index) => index + 1),
    )
  } finally {
    await database.close()
  }
}

test.each(KILLED_AFTER)('killed after %i answers, it has lost none of them', async count => {
  const server = await startProcess()
  await createUntil(count, server.url, () => server.signal('SIGKILL'))
  expect((await server.ended).code).toBeNull()
  expect(answered.size).toBeGreaterThanOrEqual(count)
  await expectSound()

  const again = await startProcess()
  await expectWhole(again.url)
  again.signal('SIGTERM')
  expect((await again.ended).code).toBe(0)
})

test(`and goes on to ${GOALS}, which a clean stop leaves as they are`, async () => {
  expect(cut, 'calls that were under way when a process was killed').toBeGreaterThan(0)
  const server = await startProcess()
  const address = `${server.url.replace('http', 'ws')}/api/notifications/ws?token=${tokens.jane}`
  const socket = await openSocket(new URL(address))
  const { version: from } = (await socket.next('connection_established')) as { version: number }
  await createUntil(GOALS, server.url, () => undefined)
  expect(answered.size).toBeGreaterThanOrEqual(GOALS)
  await expectWhole(server.url)

  const { body } = await createRest(server.url, { token: tokens.jane }).get<NotificationPage>(
    '/api/notifications',
  )
  await socket.until(message => message.version === body.version, `version ${body.version}`)
  const versions = socket.messages.map(message => (message as { version: number }).version)
  expect(versions).toEqual(versions.map((_, index) => from + index))
  server.signal('SIGTERM')
  expect((await server.ended).code).toBe(0)
  expect((await socket.closed).code).toBe(1012)
  await expectSound()
})
