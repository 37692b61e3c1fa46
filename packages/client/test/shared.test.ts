import { expect, test } from 'vitest'
import type { SharedEnvironment } from '../src/shared/index.ts'
import { createFakeInbox, settle } from '../src/testing/index.ts'
import { createTabs, type TestTab } from './tabs.ts'

const unread = (tab: TestTab) => tab.inbox.getSnapshot().unreadCount
const ids = (tab: TestTab) => tab.inbox.getSnapshot().items.map(({ id }) => id)

/** Two tabs, the first of which leads. */
async function two(count = 0) {
  const tabs = createTabs()
  for (let n = 0; n < count; n++) tabs.truth.create()
  const first = tabs.open()
  await tabs.pass()
  const second = tabs.open()
  await tabs.pass()
  return { ...tabs, first, second }
}

test('tabs of one person share one socket and one first page, and each shows the whole inbox', async () => {
  const { server, truth, first, second, sockets } = await two(3)
  expect([first.status(), second.status()]).toEqual(['live', 'live'])
  expect(sockets()).toBe(1)
  expect(server.connections.length).toBe(1)
  expect(server.requests.length).toBe(1)
  expect(second.inbox.getSnapshot()).toEqual(first.inbox.getSnapshot())

  truth.create()
  await settle()
  expect([unread(first), unread(second)]).toEqual([4, 4])
  expect(server.connection.received).toEqual([])
})

test('people, and builds of another wire, are strangers', async () => {
  const tabs = createTabs()
  tabs.open()
  tabs.open({ userId: 'user-2' })
  await tabs.pass()
  expect(tabs.sockets()).toBe(2)
})

test('what is done in one tab is seen in the other, and laid over in the one alone until then', async () => {
  const { first, second, truth } = await two(2)
  const [newest] = ids(second)
  const done = second.inbox.markRead(newest ?? '')
  expect([unread(first), unread(second)]).toEqual([2, 1])
  await done
  await settle()
  expect([unread(first), unread(second), truth.page(1).unread_count]).toEqual([1, 1, 1])
})

test.each(['close', 'crash', 'freeze'] as const)(
  'when the leader goes (%s) the next takes over where the tabs are, without a gap',
  async way => {
    const { server, truth, first, second, pass, sockets } = await two(1)
    first.page[way]()
    truth.create()
    await pass()
    expect(sockets()).toBe(1)
    expect(server.connections.length).toBe(2)
    expect(server.connection.url.search).toBe('?since=1&epoch=epoch-1')
    expect(second.status()).toBe('live')
    expect(unread(second)).toBe(2)
    expect(second.presented.length).toBe(1)
    truth.create()
    await settle()
    expect(unread(second)).toBe(3)
  },
)

test('the new leader begins at the lowest version among the tabs', async () => {
  const tabs = createTabs({ latency: () => 20 })
  tabs.open()
  await tabs.pass()
  const behind = tabs.open()
  const ahead = tabs.open()
  await tabs.pass()
  for (let n = 0; n < 3; n++) tabs.truth.create()
  // What was passed on is on its way while the leader dies; one of the two hangs and has not heard it.
  behind.page.hang()
  await tabs.pass(30)
  expect([behind, ahead].map(({ inbox }) => inbox.getSnapshot().version)).toEqual([0, 3])
  tabs.all[0]?.page.crash()
  await tabs.pass(100)
  behind.page.wake()
  await tabs.pass()
  expect(tabs.sockets()).toBe(1)
  for (const tab of [behind, ahead]) {
    expect(tab.status()).toBe('live')
    expect(tab.inbox.getSnapshot()).toMatchObject({ version: 3, unreadCount: 3 })
  }
})

test('a tab that was frozen comes back as a follower and is brought up to date', async () => {
  const { truth, first, second, pass, sockets, server } = await two(1)
  second.page.freeze()
  truth.create()
  await pass(60_000)
  second.page.wake()
  await pass()
  expect(unread(second)).toBe(2)
  expect(second.status()).toBe('live')
  expect(sockets()).toBe(1)
  expect(server.connections.length).toBe(1)
  expect(first.presented.length + second.presented.length).toBe(1)
  expect(second.events).toContain('reconnected')
})

test('a leader that hangs is deposed by a tab that is looked at, and closes its socket when it wakes', async () => {
  const { server, truth, first, second, pass, sockets } = await two()
  first.page.hang()
  truth.create()
  await pass(5_000)
  expect(unread(second)).toBe(0)
  await pass(4_000)
  expect(unread(second)).toBe(1)
  expect(second.status()).toBe('live')
  expect(server.connections.length).toBe(2)
  first.page.wake()
  await pass()
  expect(sockets()).toBe(1)
  expect(server.connection.open).toBe(true)
  expect([unread(first), unread(second)]).toEqual([1, 1])
  expect(first.status()).toBe('live')
  expect([...first.presented, ...second.presented].length).toBe(1)
})

test('a tab that nobody looks at leaves a leader that hangs alone, until it is looked at', async () => {
  const { first, second, pass, server } = await two()
  second.page.hide()
  await pass()
  first.page.hang()
  await pass(60_000)
  expect(server.connections.length).toBe(1)
  second.page.show()
  await pass(3_500)
  expect(server.connections.length).toBe(2)
  expect(second.status()).toBe('live')
})

test('after sleep the leader is asked again before it is deposed', async () => {
  const { server, first, second, pass } = await two()
  // The question is out when the lid closes.
  first.page.hang()
  await pass(5_000)
  server.clock.sleep(3_600_000)
  first.page.wake()
  await pass(30_000)
  expect(first.status()).toBe('live')
  expect(second.status()).toBe('live')
  expect(server.connections.filter(({ open }) => open).length).toBe(1)
  expect(server.connections.length).toBeLessThanOrEqual(2)
})

test('followers show what the leader knows of the connection', async () => {
  const { server, first, second, pass } = await two()
  server.connection.send({ type: 'server_draining', retry_after_ms: 8_000 })
  server.connection.close(1012)
  await settle()
  expect(second.inbox.getSnapshot().connection).toEqual(first.inbox.getSnapshot().connection)
  expect(second.inbox.getSnapshot().connection).toMatchObject({ status: 'reconnecting', closeCode: 1012 })
  expect(second.inbox.getSnapshot().connection.retryAt).toBe(server.clock.now() + 8_000)
  await pass(8_100)
  expect([first.status(), second.status()]).toEqual(['live', 'live'])
  expect(second.events.filter(event => event === 'reconnected').length).toBe(1)
})

test('a final refusal closes all, and any tab can begin again', async () => {
  const { server, first, second, pass } = await two()
  server.connection.close(4403)
  await pass()
  expect([first.status(), second.status()]).toEqual(['closed', 'closed'])
  second.inbox.connect()
  await pass()
  expect([first.status(), second.status()]).toEqual(['live', 'live'])
})

test('a person who cannot wait tries at once from any tab', async () => {
  const { server, second, pass, sockets } = await two()
  server.connection.close(4429)
  await settle()
  expect(second.status()).toBe('reconnecting')
  second.inbox.connect()
  await pass()
  expect(second.status()).toBe('live')
  expect(sockets()).toBe(1)
})

test('a tab that is looked at again makes the leader doubt a socket that has been quiet', async () => {
  const { server, second, pass } = await two()
  second.page.hide()
  await pass(20_000)
  server.connection.drop()
  second.page.show()
  await pass(11_000)
  expect(server.connections.length).toBe(2)
  expect(second.status()).toBe('live')
})

test('timers of a leader in the background that run late are made up for by a tab that is looked at', async () => {
  const tabs = createTabs()
  // As browsers throttle: no timer of this tab runs sooner than in ten minutes.
  const changed = ({ schedule }: SharedEnvironment) => ({
    schedule: (run: () => void, delay: number) => schedule(run, Math.max(delay, 600_000)),
  })
  tabs.open({ visible: false, changed })
  await tabs.pass()
  const looked = tabs.open()
  await tabs.pass()
  tabs.server.connection.close(1006)
  await tabs.pass(6_000)
  expect(looked.status()).toBe('live')
  tabs.server.connection.drop()
  await tabs.pass(50_000)
  expect(looked.status()).toBe('live')
  expect(tabs.server.connections.length).toBe(3)
  expect(tabs.sockets()).toBe(1)
})

test('signing out closes the inbox in every tab, closing a tab does not', async () => {
  const { first, second, pass, sockets, open } = await two()
  const third = open()
  await pass()
  third.inbox.close()
  await pass()
  expect([first.status(), second.status(), third.status()]).toEqual(['live', 'live', 'closed'])
  second.inbox.signOut()
  await pass()
  expect([first.status(), second.status(), third.status()]).toEqual(['closed', 'closed', 'closed'])
  expect(first.events).toContain('signed_out')
  expect(second.events).not.toContain('signed_out')
  expect(sockets()).toBe(0)
})

test('closing leaves nothing behind: no timer, no listener, no lock', async () => {
  const { server, first, second, pass } = await two()
  for (const { inbox } of [first, second]) inbox.close()
  await pass()
  expect(server.clock.timers).toBe(0)
  const { held } = (await first.page.environment.locks?.query()) ?? {}
  expect(held).toEqual([])
})

test('connect and close in turns, as a double mount does, leave one socket', async () => {
  const { pass, first, second, sockets } = await two(1)
  for (const { inbox } of [second, first]) {
    inbox.close()
    inbox.connect()
    inbox.close()
    inbox.connect()
    inbox.connect()
  }
  await pass(1_000)
  expect([first.status(), second.status()]).toEqual(['live', 'live'])
  expect(sockets()).toBe(1)
})

test.each([{ locks: null }, { channel: null }])(
  'without %o each tab has a socket of its own, and presents',
  async missing => {
    const tabs = createTabs()
    const both = [tabs.open({ changed: () => missing }), tabs.open({ changed: () => missing })]
    await tabs.pass()
    tabs.truth.create()
    await tabs.pass()
    expect(tabs.sockets()).toBe(2)
    expect(both.map(({ told }) => told.map(({ presentation }) => presentation))).toEqual([['full'], ['full']])
    both[0]?.inbox.signOut()
    expect(both.map(tab => tab.status())).toEqual(['closed', 'live'])
  },
)

test('where locks are refused the tab is alone', async () => {
  const tabs = createTabs()
  const refuse = () => Promise.reject(new DOMException('No', 'SecurityError'))
  const one = tabs.open()
  const refused = tabs.open({ changed: () => ({ locks: { request: refuse, query: refuse } }) })
  await tabs.pass(20_000)
  tabs.truth.create()
  await tabs.pass()
  expect([one.status(), refused.status()]).toEqual(['live', 'live'])
  expect(tabs.sockets()).toBe(2)
  expect([one.presented.length, refused.presented.length]).toEqual([1, 1])
})

test('a first page is there soon though the leader hangs', async () => {
  const { first, open, pass, server } = await two(2)
  first.page.hang()
  const third = open()
  await pass(600)
  expect(third.inbox.getSnapshot()).toMatchObject({ loaded: true, unreadCount: 2 })
  expect(server.connections.length).toBe(1)
  await pass(4_000)
  expect(third.status()).toBe('live')
})

test('a tab that was opened while there was no connection begins with REST, and goes live with the others', async () => {
  const { server, truth, first, open, pass, sockets } = await two(1)
  const { connected } = server.script
  server.script.connected = connection => connection.close(1006)
  server.connection.close(1006)
  await pass(3_000)
  truth.create()
  const late = open()
  await pass(600)
  expect(late.inbox.getSnapshot()).toMatchObject({
    loaded: true,
    version: 2,
    connection: { status: 'reconnecting' },
  })
  server.script.connected = connected
  await pass(30_000)
  for (const tab of [first, late]) {
    expect(tab.status()).toBe('live')
    expect(tab.inbox.getSnapshot()).toMatchObject({ version: 2, unreadCount: 2 })
  }
  expect(sockets()).toBe(1)
})

test('another database: every tab begins afresh, also one that slept through the change', async () => {
  const { server, first, second, pass } = await two(3)
  second.page.freeze()
  const restored = createFakeInbox({ epoch: 'epoch-2' })
  for (let n = 0; n < 8; n++) restored.create()
  Object.assign(server.script, restored.script)
  server.connection.close(1012)
  await pass(2_000)
  expect(first.inbox.getSnapshot()).toMatchObject({ epoch: 'epoch-2', version: 8, totalCount: 8 })
  second.page.wake()
  await pass(2_000)
  expect(second.inbox.getSnapshot()).toMatchObject({ epoch: 'epoch-2', version: 8, totalCount: 8 })
  expect(second.status()).toBe('live')
  expect([...first.presented, ...second.presented]).toEqual([])
  restored.create()
  await pass()
  expect([unread(first), unread(second)]).toEqual([9, 9])
  expect([...first.presented, ...second.presented].length).toBe(1)
})

test('a tab that cannot fetch what it needs is given it by the leader', async () => {
  const { server, truth, first, open, pass } = await two(2)
  const changed = () => ({ fetch: async () => ({ ok: false, status: 503, json: async () => ({}) }) })
  const unlucky = open({ changed })
  await pass()
  expect(unlucky.status()).toBe('live')
  server.connection.send({ type: 'sync_reset', version: 2, reason: 'too_far_behind' })
  await pass()
  expect([first.status(), unlucky.status()]).toEqual(['live', 'reconnecting'])
  await pass(6_000)
  expect(unlucky.status()).toBe('live')
  truth.create()
  await pass()
  expect(unread(unlucky)).toBe(3)
  expect(server.connections.length).toBe(1)
})

test('who slept through more than a server tells again is handed the whole, and the others keep what they have', async () => {
  const { server, truth, first, second, pass } = await two(2)
  second.page.freeze()
  for (let n = 0; n < 700; n++) truth.create({ is_read: true })
  await pass()
  const before = first.inbox.getSnapshot()
  const requests = server.requests.length
  second.page.wake()
  await pass()
  expect(second.status()).toBe('live')
  expect(second.inbox.getSnapshot()).toMatchObject({ version: 702, totalCount: 702 })
  expect(first.inbox.getSnapshot()).toBe(before)
  expect(server.requests.length).toBe(requests)
  expect(server.connection.received.filter(text => text.startsWith('sync'))).toEqual([])
})
