import { expect, test } from 'vitest'
import { createFakeInbox, settle } from '../src/testing/index.ts'
import { liveHarness } from './harness.ts'

test('the snapshot is the same object until something changes, and each change is told', async () => {
  const { inbox, truth } = await liveHarness(1)
  const before = inbox.getSnapshot()
  expect(inbox.getSnapshot()).toBe(before)
  let told = 0
  const unsubscribe = inbox.subscribe(() => told++)
  truth.create()
  expect(told).toBe(1)
  expect(inbox.getSnapshot()).not.toBe(before)
  unsubscribe()
  truth.create()
  expect(told).toBe(1)
})

test('what is new and unread is announced once', async () => {
  const { truth, inbox, events } = await liveHarness(2)
  expect(events).toEqual([])
  const item = truth.create()
  truth.create({ is_read: true })
  truth.setRead(item.id, true)
  truth.setRead(item.id, false)
  expect(events).toEqual([['notification', { notification: item, presentation: 'full' }]])
  expect(inbox.getSnapshot()).toMatchObject({ unreadCount: 3, totalCount: 4, version: 6 })
})

test('frames that come twice announce nothing twice', async () => {
  const { truth, server, events, inbox } = await liveHarness()
  truth.create()
  for (const message of truth.log) server.connection.send(message)
  expect(events.length).toBe(1)
  expect(inbox.getSnapshot().items.length).toBe(1)
})

test('what came while away is told as one, and that all else may be stale', async () => {
  const { truth, server, events } = await liveHarness(1)
  server.connection.drop()
  const items = [truth.create(), truth.create(), truth.create({ is_read: true }), truth.create()]
  await server.clock.advance(40_000)
  expect(events).toEqual([
    ['reconnected', undefined],
    ['caught_up', { notifications: [items[3], items[1], items[0]], more: false, presentation: 'full' }],
  ])
})

test('a server that has missed something, it does not know what, counts as a reconnect', async () => {
  const { server, events, status } = await liveHarness()
  server.connection.send({ type: 'resource_changed', resource: 'goal', id: '7' })
  server.connection.send({ type: 'resource_changed', resource: '*', id: '*' })
  expect(events).toEqual([
    ['resource_changed', { resource: 'goal', id: '7' }],
    ['reconnected', undefined],
  ])
  expect(status()).toBe('live')
})

test('pages that continue are taken as one catching up', async () => {
  const { truth, server, events, inbox, status } = await liveHarness()
  server.script.connected = connection => {
    connection.send({
      type: 'connection_established',
      message: 'Connected to notification service',
      user_id: 'user-1',
      epoch: 'epoch-1',
      version: truth.version,
      unread_count: 0,
    })
    connection.send(truth.syncPage(0, 3))
    expect(status()).toBe('reconnecting')
    connection.send(truth.syncPage(3))
  }
  server.connection.drop()
  const first = truth.create()
  for (let n = 0; n < 4; n++) truth.create()
  truth.setRead(first.id, true)
  await server.clock.advance(40_000)
  expect(status()).toBe('live')
  expect(events.map(([event]) => event)).toEqual(['reconnected', 'caught_up'])
  expect(events[1]?.[1]).toMatchObject({ notifications: { length: 4 } })
  expect(inbox.getSnapshot()).toMatchObject({ version: 6, unreadCount: 4, totalCount: 5 })
})

test('a gap is never stepped over: the missing part is asked for, once', async () => {
  const { truth, server, inbox } = await liveHarness()
  const { connection } = server
  server.script.said = () => {}
  connection.drop()
  const lost = truth.create()
  await server.clock.advance(40_000)
  const healed = server.connection
  const forward = healed.send
  // A message goes missing on a live socket.
  Object.assign(healed, { send: () => {} })
  truth.create()
  Object.assign(healed, { send: forward })
  truth.create()
  truth.create()
  expect(inbox.getSnapshot()).toMatchObject({ version: 1, items: [{ id: lost.id }] })
  expect(healed.received.filter(text => text.startsWith('sync'))).toEqual(['sync:1'])
  healed.send(truth.syncPage(1))
  expect(inbox.getSnapshot()).toMatchObject({ version: 4, unreadCount: 4 })
})

test('after a reset what is held is fetched afresh, and what came meanwhile is kept', async () => {
  const { truth, server, inbox, events, status } = await liveHarness(2)
  let answer = () => {}
  server.script.request = request =>
    new Promise(resolve => {
      const page = truth.script.request(request)
      answer = () => resolve(page)
    })
  server.connection.send({ type: 'sync_reset', version: 2, reason: 'too_far_behind' })
  await settle()
  expect(inbox.getSnapshot().loading).toBe(true)
  const late = truth.create()
  expect(inbox.getSnapshot().version).toBe(2)
  answer()
  await settle()
  expect(inbox.getSnapshot()).toMatchObject({ version: 3, unreadCount: 3, totalCount: 3, loading: false })
  expect(events.filter(([event]) => event === 'caught_up')).toEqual([
    ['caught_up', { notifications: [late], more: false, presentation: 'full' }],
  ])
  expect(status()).toBe('live')
})

test('another epoch: the old version is forgotten, and old news is not announced as new', async () => {
  const { server, inbox, events } = await liveHarness(5)
  const restored = createFakeInbox({ epoch: 'epoch-2' })
  for (let n = 0; n < 8; n++) restored.create()
  Object.assign(server.script, restored.script)
  server.connection.close(1012)
  await server.clock.advance(1_000)
  expect(inbox.getSnapshot()).toMatchObject({ epoch: 'epoch-2', version: 8, totalCount: 8 })
  expect(events.map(([event]) => event)).toEqual(['reconnected'])
  server.connection.close(1012)
  await server.clock.advance(1_000)
  expect(server.connection.url.search).toBe('?since=8&epoch=epoch-2')
})

test('a reset whose fetch fails is tried again on a new socket', async () => {
  const { truth, server, inbox, status } = await liveHarness(1)
  server.script.request = () => ({ status: 503, body: {} })
  server.connection.send({ type: 'sync_reset', version: 1, reason: 'history_removed' })
  await settle()
  expect(inbox.getSnapshot()).toMatchObject({ loading: false, error: { status: 503 } })
  expect(status()).toBe('reconnecting')
  server.script.request = truth.script.request
  await server.clock.advance(1_000)
  expect(status()).toBe('live')
})

test('an action shows at once and is confirmed by the socket', async () => {
  const { inbox, truth } = await liveHarness(2)
  const [newest] = inbox.getSnapshot().items
  const done = inbox.markRead(newest?.id ?? '')
  expect(inbox.getSnapshot()).toMatchObject({ unreadCount: 1, version: 2, items: [{ is_read: true }, {}] })
  expect(await done).toEqual({ ok: true })
  expect(inbox.getSnapshot()).toMatchObject({ unreadCount: 1, version: 3 })
  expect(truth.page(1).unread_count).toBe(1)
})

test('a refused action is taken back and told', async () => {
  const { inbox, server, events } = await liveHarness(1)
  const id = inbox.getSnapshot().items[0]?.id ?? ''
  server.script.request = () => ({ status: 404, body: { code: 'not_found', detail: 'No such notification' } })
  const result = await inbox.remove(id)
  expect(result).toEqual({
    ok: false,
    failure: { status: 404, code: 'not_found', message: 'No such notification' },
  })
  expect(inbox.getSnapshot()).toMatchObject({ unreadCount: 1, totalCount: 1, items: [{ id }] })
  expect(events).toEqual([
    ['error', { code: 'not_found', message: 'No such notification', request: `delete:${id}` }],
  ])
})

test('without a network an action is taken back', async () => {
  const { inbox, server } = await liveHarness(1)
  server.script.request = () => Promise.reject(new TypeError('Failed to fetch'))
  const result = await inbox.markAllRead()
  expect(result).toMatchObject({ ok: false, failure: { status: null, code: 'network' } })
  expect(inbox.getSnapshot().unreadCount).toBe(1)
})

test('an answer that never comes is given up in the end', async () => {
  const { inbox, server } = await liveHarness(1)
  server.script.request = () => new Promise(() => {})
  const result = inbox.markAllRead()
  expect(inbox.getSnapshot().unreadCount).toBe(0)
  await server.clock.advance(16_000)
  expect(await result).toMatchObject({ ok: false, failure: { code: 'network' } })
  expect(inbox.getSnapshot().unreadCount).toBe(1)
})

test('what arrives after the click stays unread when all is marked read', async () => {
  const { inbox, truth, server } = await liveHarness(3)
  const done = inbox.markAllRead()
  truth.create()
  expect(inbox.getSnapshot().unreadCount).toBe(1)
  await done
  expect(server.requests.at(-1)?.body).toEqual({ through_seq: 3 })
  expect(inbox.getSnapshot()).toMatchObject({ unreadCount: 1, version: 5 })
})

test('remove and undo, with the socket cut in between, show the row again', async () => {
  const { inbox, server } = await liveHarness(3)
  const id = inbox.getSnapshot().items[1]?.id ?? ''
  server.connection.drop()
  await inbox.remove(id)
  expect(inbox.getSnapshot()).toMatchObject({ totalCount: 2, unreadCount: 2, items: { length: 2 } })
  await inbox.restore(id)
  expect(inbox.getSnapshot()).toMatchObject({ totalCount: 3, unreadCount: 3, items: [{}, { id }, {}] })
  await server.clock.advance(40_000)
  expect(inbox.getSnapshot()).toMatchObject({
    totalCount: 3,
    unreadCount: 3,
    version: 5,
    items: [{}, { id }, {}],
  })
})

test('clicks are sent in their order', async () => {
  const { inbox, server } = await liveHarness(1)
  const id = inbox.getSnapshot().items[0]?.id ?? ''
  const answers: Array<() => void> = []
  server.script.request = () =>
    new Promise(resolve => {
      answers.push(() => resolve({ status: 200, body: {} }))
    })
  void inbox.markRead(id)
  void inbox.markUnread(id)
  await settle()
  expect(server.requests.slice(1).map(({ url }) => url.split('/').at(-1))).toEqual(['read'])
  expect(inbox.getSnapshot().unreadCount).toBe(1)
  answers[0]?.()
  await settle()
  expect(server.requests.slice(1).map(({ url }) => url.split('/').at(-1))).toEqual(['read', 'unread'])
})

test('older pages join below, until there are none', async () => {
  const { inbox, server } = await liveHarness(25, { pageSize: 10 })
  expect(inbox.getSnapshot()).toMatchObject({ items: { length: 10 }, hasMore: true, totalCount: 25 })
  const more = inbox.loadMore()
  expect(inbox.getSnapshot().loading).toBe(true)
  void inbox.loadMore()
  await more
  await inbox.loadMore()
  await inbox.loadMore()
  expect(inbox.getSnapshot()).toMatchObject({ items: { length: 25 }, hasMore: false, loading: false })
  expect(inbox.getSnapshot().items.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 25 }, (_, n) => 25 - n),
  )
  expect(server.requests.length).toBe(3)
})

test('an older page that knows more than the socket has brought makes it ask', async () => {
  const { inbox, server, truth } = await liveHarness(5, { pageSize: 2 })
  const { connection } = server
  const forward = connection.send
  Object.assign(connection, { send: () => {} })
  truth.create()
  Object.assign(connection, { send: forward })
  await inbox.loadMore()
  expect(connection.received).toEqual(['sync:5'])
  expect(inbox.getSnapshot()).toMatchObject({ version: 6, totalCount: 6, items: { length: 5 } })
})

test('a page that fails says so and can be asked for again', async () => {
  const { inbox, server, truth } = await liveHarness(5, { pageSize: 2 })
  server.script.request = () => ({ status: 500, body: null })
  await inbox.loadMore()
  expect(inbox.getSnapshot()).toMatchObject({ loading: false, hasMore: true, error: { code: 'http_500' } })
  server.script.request = truth.script.request
  await inbox.loadMore()
  expect(inbox.getSnapshot()).toMatchObject({ items: { length: 4 }, error: null })
})

test('resource changes and refused commands reach those who listen', async () => {
  const { server, events } = await liveHarness()
  server.connection.send({ type: 'resource_changed', resource: 'thing', id: '1' })
  server.connection.send({ type: 'error', code: 'not_found', message: 'No such', request: 'mark_read:x' })
  expect(events).toEqual([
    ['resource_changed', { resource: 'thing', id: '1' }],
    ['error', { code: 'not_found', message: 'No such', request: 'mark_read:x' }],
  ])
})

test('frames that are no messages, and messages of a later server, are passed over', async () => {
  const { server, inbox, status } = await liveHarness(1)
  const before = inbox.getSnapshot()
  for (const text of ['pong', 'null', '17', '{', '[]', '{"type":"something_new","version":99}'])
    server.connection.send(text)
  expect(inbox.getSnapshot()).toBe(before)
  expect(status()).toBe('live')
})

test('a row that changes while its page is on the way joins as it is by then', async () => {
  const { inbox, server, truth } = await liveHarness(6, { pageSize: 3 })
  const [oldest] = truth.page(10).notifications.slice(-1)
  let answer = () => {}
  server.script.request = request => {
    const page = truth.script.request(request)
    return new Promise(resolve => {
      answer = () => resolve(page)
    })
  }
  const more = inbox.loadMore()
  await settle()
  truth.setRead(oldest?.id ?? '', true)
  answer()
  await more
  expect(inbox.getSnapshot().items.map(item => item.is_read)).toEqual([
    false,
    false,
    false,
    false,
    false,
    true,
  ])
  expect(inbox.getSnapshot().unreadCount).toBe(5)
})
