/** How long notifications stay, as an installation sets it: the jobs, the wire, and what the log says. */
import type { NotificationPage, Sync } from '@pms/protocol'
import { beforeEach, expect, test } from 'vitest'
import { createTestClock, type Person, startServer, type TestServer } from '../src/testing/index.ts'

const DAY = 24 * 60 * 60 * 1_000

let server: TestServer
let clock: ReturnType<typeof createTestClock>
let author: Person
let reader: Person

/** Notifications are read on the first day. */
async function begin(env: Record<string, string>) {
  clock = createTestClock()
  server = await startServer({ clock, env })
  author = await server.addPerson('Ada Author', { role: 'super_admin' })
  reader = await server.addPerson('Rea Reader')
}
beforeEach(() => () => server.close())

async function publish(...titles: string[]): Promise<void> {
  const rest = await server.as(author)
  for (const title of titles) {
    const body = { title, body: title, audience: 'everyone', publish: true }
    expect((await rest.post('/api/announcements', body)).status).toBe(201)
    await server.app.jobs.run('announcement_delivery')
  }
}

const inbox = async () =>
  (await (await server.as(reader)).get<NotificationPage>('/api/notifications?limit=100')).body
const titles = async () => (await inbox()).notifications.map(({ title }) => title)

async function read(...wanted: string[]): Promise<void> {
  const rest = await server.as(reader)
  for (const { id, title } of (await inbox()).notifications)
    if (wanted.includes(title)) await rest.put(`/api/notifications/${id}/read`)
}

test('what was read so many days ago goes, and open pages and those that come back hear of it', async () => {
  await begin({ RETENTION_DAYS: '10' })
  await publish('first', 'second', 'third')
  await read('first', 'second')
  const before = await inbox()
  clock.advance(9 * DAY)
  await server.app.jobs.run('inbox-retention')
  expect(await titles()).toEqual(['third', 'second', 'first'])

  const page = await server.socket(reader, { query: { since: String(before.version) } })
  await page.next('sync')
  clock.advance(DAY)
  await server.app.jobs.run('inbox-retention')
  const gone = before.notifications.slice(1).map(({ id }) => id)
  const told = (await page.next('sync')) as unknown as Sync
  expect(told).toMatchObject({ version: before.version + 1, total_count: 1, unread_count: 1 })
  expect(told.deleted.toSorted()).toEqual(gone.toSorted())
  expect(await titles()).toEqual(['third'])
  expect(server.log.map(line => JSON.parse(line))).toContainEqual(expect.objectContaining({ removed: 2 }))

  const back = { query: { since: String(before.version) } }
  const again = await server.socket(reader, back)
  expect(await again.next('sync')).toMatchObject({ deleted: told.deleted })
  clock.advance(30 * DAY)
  await server.app.jobs.run('inbox-retention')
  const late = await server.socket(reader, back)
  expect(await late.next('sync_reset')).toMatchObject({ reason: 'history_removed' })
})

test('an inbox that is too full loses the oldest that were read, also where age is no reason', async () => {
  await begin({ RETENTION_DAYS: '0', INBOX_LIMIT: '2' })
  await publish('first', 'second', 'third', 'fourth')
  await read('second', 'third', 'fourth')
  clock.advance(5_000 * DAY)
  await server.app.jobs.run('inbox-limit')
  expect(await titles()).toEqual(['fourth', 'first'])
  await server.app.jobs.run('inbox-retention')
  expect(await titles()).toEqual(['fourth', 'first'])
})
