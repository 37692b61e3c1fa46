import { expect, test } from 'vitest'
import { settle } from '../src/testing/index.ts'
import { liveHarness } from './harness.ts'

const calls = (server: { requests: readonly { method: string; url: string }[] }) =>
  server.requests.slice(1).map(({ method, url }) => `${method} ${url}`)

test('all marked read is undone by the version that the socket told, and nothing else with it', async () => {
  const { inbox, truth, server } = await liveHarness(3)
  truth.setRead(truth.page(1).notifications[0]?.id ?? '', true)
  const done = await inbox.markAllRead()
  expect(inbox.getSnapshot().unreadCount).toBe(0)
  const undone = done.ok && (await done.undo())
  expect(undone).toEqual({ ok: true })
  expect(server.requests.at(-1)).toMatchObject({
    method: 'POST',
    url: '/api/notifications/mark-all-read/undo',
    body: { version: 5 },
  })
  expect(inbox.getSnapshot()).toMatchObject({ unreadCount: 2, items: [{ is_read: true }, {}, {}] })
})

test('an undo waits for what it undoes, and gives up in the end', async () => {
  const { inbox, truth, server, events } = await liveHarness(2)
  const { connection } = server
  const forward = connection.send
  const late: unknown[] = []
  Object.assign(connection, { send: (message: unknown) => late.push(message) })
  const done = await inbox.markAllRead()
  if (!done.ok) throw new Error('refused')
  const undo = done.undo()
  await settle()
  expect(calls(server)).toEqual(['PUT /api/notifications/mark-all-read'])
  Object.assign(connection, { send: forward })
  for (const message of late) forward(message as string)
  expect(await undo).toEqual({ ok: true })
  expect(truth.page(1).unread_count).toBe(2)

  Object.assign(connection, { send: () => {} })
  const lost = await inbox.markAllRead()
  if (!lost.ok) throw new Error('refused')
  const never = lost.undo()
  await server.clock.advance(10_000)
  expect(await never).toMatchObject({ ok: false, failure: { code: 'not_told' } })
  expect(events.at(-1)).toMatchObject(['error', { code: 'not_told' }])
})

test('where nothing was unread there is nothing to undo', async () => {
  const { inbox, server } = await liveHarness(0)
  const done = await inbox.markAllRead()
  expect(done.ok && (await done.undo())).toEqual({ ok: true })
  expect(calls(server)).toEqual(['PUT /api/notifications/mark-all-read'])
})

test('many at once: shown at once, sent by the hundred, counted together', async () => {
  const { inbox, truth, server } = await liveHarness(250, { pageSize: 100 })
  await inbox.loadMore()
  await inbox.loadMore()
  const ids = inbox.getSnapshot().items.map(({ id }) => id)
  const done = inbox.bulk([...ids, ...ids], 'read')
  expect(inbox.getSnapshot().unreadCount).toBe(0)
  expect(await done).toEqual({ ok: true, changed: 250, notFound: [] })
  expect(server.requests.slice(3).map(({ body }) => (body as { ids: string[] }).ids.length)).toEqual([
    100, 100, 50,
  ])
  expect(truth.page(1).unread_count).toBe(0)
  expect(inbox.getSnapshot()).toMatchObject({ unreadCount: 0, version: 500 })
})

test('each action of many, and its way back', async () => {
  const { inbox, server } = await liveHarness(4)
  const ids = inbox
    .getSnapshot()
    .items.slice(1, 3)
    .map(({ id }) => id)
  const shown = () => inbox.getSnapshot()
  server.connection.drop()
  await inbox.bulk(ids, 'read')
  expect(shown()).toMatchObject({ unreadCount: 2, totalCount: 4 })
  await inbox.bulk(ids, 'unread')
  expect(shown()).toMatchObject({ unreadCount: 4, totalCount: 4 })
  await inbox.bulk(ids, 'delete')
  expect(shown()).toMatchObject({ unreadCount: 2, totalCount: 2 })
  await inbox.bulk(ids, 'restore')
  expect(shown()).toMatchObject({
    unreadCount: 4,
    totalCount: 4,
    items: [{}, { id: ids[0] }, { id: ids[1] }, {}],
  })
  await server.clock.advance(40_000)
  expect(shown()).toMatchObject({
    unreadCount: 4,
    totalCount: 4,
    version: 12,
    connection: { status: 'live' },
  })
})

test('what is not there is taken back alone', async () => {
  const { inbox, server } = await liveHarness(3)
  const [first, second] = inbox.getSnapshot().items
  server.script.request = () => ({ status: 200, body: { changed: 1, not_found: [first?.id] } })
  const done = await inbox.bulk([first?.id ?? '', second?.id ?? ''], 'delete')
  expect(done).toEqual({ ok: true, changed: 1, notFound: [first?.id] })
  expect(inbox.getSnapshot()).toMatchObject({ totalCount: 2, unreadCount: 2, items: [{ id: first?.id }, {}] })
})

test('a refused hundred is taken back whole, and told once', async () => {
  const { inbox, server, events } = await liveHarness(3)
  server.script.request = () => ({ status: 503, body: { code: 'busy', detail: 'Later' } })
  const ids = inbox.getSnapshot().items.map(({ id }) => id)
  const done = inbox.bulk(ids, 'read')
  expect(inbox.getSnapshot().unreadCount).toBe(0)
  expect(await done).toMatchObject({ ok: false, failure: { code: 'busy' } })
  expect(inbox.getSnapshot().unreadCount).toBe(3)
  expect(events).toEqual([['error', { code: 'busy', message: 'Later', request: 'bulk:read' }]])
})

test('nothing is done to nobody', async () => {
  const { inbox, server } = await liveHarness(1)
  expect(await inbox.bulk([], 'delete')).toEqual({ ok: true, changed: 0, notFound: [] })
  expect(calls(server)).toEqual([])
})

test('a filtered page is fetched as it is now, and its version says when it is out of date', async () => {
  const { inbox, truth, server } = await liveHarness(0)
  for (let n = 0; n < 40; n++)
    truth.create({ is_read: n % 2 === 0, priority: n % 4 === 1 ? 'urgent' : 'low', type: 'a&b' })
  const filters = { unreadOnly: true, type: 'a&b', priority: 'urgent' } as const
  const first = await inbox.fetchPage(filters)
  expect(server.requests.at(-1)?.url).toBe(
    '/api/notifications?limit=30&unread_only=true&notification_type=a%26b&priority=urgent',
  )
  expect(first).toMatchObject({ ok: true, page: { total: 10, version: 40, next_cursor: null } })
  expect(inbox.getSnapshot().version).toBe(40)
  truth.create()
  expect(inbox.getSnapshot().version).toBe(41)

  const all = await inbox.fetchPage()
  const cursor = all.ok ? all.page.next_cursor : null
  const next = await inbox.fetchPage({}, cursor)
  expect(next).toMatchObject({ ok: true, page: { notifications: { length: 11 } } })

  server.script.request = () => ({ status: 422, body: { code: 'invalid', detail: 'No such type' } })
  expect(await inbox.fetchPage({ type: 'none' })).toEqual({
    ok: false,
    failure: { status: 422, code: 'invalid', message: 'No such type' },
  })
})

test('what is taken back elsewhere before its answer comes is not shown for ever', async () => {
  const { inbox, truth, server } = await liveHarness(1)
  const [item] = truth.page(1).notifications
  const { id = '' } = item ?? {}
  const late = Promise.withResolvers<void>()
  server.script.request = async request => {
    const answer = await truth.script.request(request)
    truth.setDeleted(id, false)
    await late.promise
    return answer
  }
  const removed = inbox.remove(id)
  await settle()
  expect(inbox.getSnapshot()).toMatchObject({ version: 3, items: [], unreadCount: 0 })
  late.resolve()
  expect(await removed).toEqual({ ok: true })
  await server.clock.advance(1_000)
  expect(inbox.getSnapshot()).toMatchObject({ version: 3, items: [{ id }], unreadCount: 1, totalCount: 1 })
})
