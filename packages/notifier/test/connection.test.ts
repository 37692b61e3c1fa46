/** One socket's protocol: greeting, commands and their answers, what each kind of client is told, and limits. */
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { resourceChanged } from '../src/notify.ts'
import { DAN, type Desk, type DeskOptions, NOW, openDesk, quiet } from './desk.ts'

let desk: Desk
const open = async (options?: DeskOptions) => {
  desk = await openDesk(options)
  return desk
}
afterEach(() => desk.close())

const SINCE_0 = { since: 0, epoch: null }

describe('greeting', () => {
  it('says who is connected and where their inbox stands', async () => {
    await open()
    await desk.assign('amy', 't1', 't2')
    const { epoch } = await desk.inboxes.head('amy')
    expect(await desk.connect('amy').hears()).toStrictEqual([
      {
        type: 'connection_established',
        message: 'Connected to notification service',
        user_id: 'amy',
        version: 2,
        unread_count: 2,
        epoch,
      },
    ])
  })

  it('comes first, whatever the client says and whatever happens before it', async () => {
    await open()
    for (const resume of [null, SINCE_0]) {
      const amy = desk.connect('amy', resume)
      amy.say('ping')
      amy.say('\u0000garbage')
      amy.say(`mark_read:${randomUUID()}`)
      desk.bus.publish([{ kind: 'resource_changed', user_id: 'amy', resource: 'ticket', id: 't1' }])
      const [first, ...others] = await amy.hears()
      expect(first).toMatchObject({ type: 'connection_established' })
      const answers = others.filter(message => message === 'pong' || message.type !== 'sync')
      expect(answers).toMatchObject(['pong', { code: 'unknown_command' }, { code: 'not_found' }])
    }
  })

  it('closes with 1011 when the inbox cannot be read, and says no more', async () => {
    const broken = new Error('disk on fire')
    await open({ inboxes: real => ({ ...real, head: () => Promise.reject(broken) }) })
    const amy = desk.connect('amy')
    amy.say('ping')
    expect(await amy.hears()).toEqual([])
    expect(amy.socket.ended?.code).toBe(1011)
    expect(desk.errors).toEqual([broken])
  })
})

describe('a plain client', () => {
  it('hears of a new notification in the ten fields that it knows', async () => {
    await open()
    const [amy, bob] = [desk.connect('amy'), desk.connect('bob')]
    await Promise.all([amy.hears(), bob.hears()])
    await desk.assign('amy', 't1')
    const [id] = await desk.ids('amy')
    expect(await amy.hears()).toStrictEqual([
      {
        type: 'new_notification',
        notification: {
          id,
          type: 'ticket_assigned',
          priority: 'high',
          title: 'New ticket',
          message: "Dan Dee has assigned you 't1'.",
          action_url: '/tickets/t1',
          data: { ticket_id: 't1' },
          triggered_by_name: 'Dan Dee',
          created_at: NOW,
          is_read: false,
        },
        version: 1,
        unread_count: 1,
      },
    ])
    expect(await bob.hears()).toEqual([])
  })

  it('hears of a read on every tab, the one that read it included', async () => {
    await open()
    await desk.assign(['amy', 'bob'], 't1', 't2')
    const [, first = ''] = await desk.ids('amy')
    const [here, there, bob] = [desk.connect('amy'), desk.connect('amy'), desk.connect('bob')]
    for (const tab of [here, there, bob]) await tab.hears()
    here.say(`mark_read:${first}`)
    const read = { type: 'marked_read', notification_id: first, version: 3, unread_count: 1 }
    expect(await here.hears()).toStrictEqual([read])
    expect(await there.hears()).toStrictEqual([read])
    expect(await bob.hears()).toEqual([])
  })

  it('is answered when it reads what is read already; nobody else is, and nothing changed', async () => {
    await open()
    await desk.assign('amy', 't1')
    const [id = ''] = await desk.ids('amy')
    await desk.inboxes.markRead('amy', id)
    const [here, there] = [desk.connect('amy'), desk.connect('amy')]
    for (const tab of [here, there]) await tab.hears()
    here.say(`mark_read:${id}`)
    expect(await here.hears()).toStrictEqual([{ type: 'marked_read', notification_id: id }])
    expect(await there.hears()).toEqual([])
    expect(await desk.inboxes.head('amy')).toMatchObject({ version: 2 })
  })

  it('hears of a mark-all as single reads, of the newest hundred', async () => {
    await open()
    await desk.assign('amy', ...Array.from({ length: 103 }, (_, n) => `t${n}`))
    const newest = (await desk.ids('amy')).slice(0, 100)
    const amy = desk.connect('amy')
    await amy.hears()
    amy.say('mark_all_read')
    expect(await amy.hears()).toStrictEqual(
      newest.map(id => ({ type: 'marked_read', notification_id: id, version: 104, unread_count: 0 })),
    )
  })

  it('hears of a settled request as a read, and of nothing that its protocol has no word for', async () => {
    await open()
    await desk.assign('amy', 't1')
    const [id = ''] = await desk.ids('amy')
    const amy = desk.connect('amy')
    await amy.hears()
    await desk.settle('t1')
    expect(await amy.hears()).toStrictEqual([
      { type: 'marked_read', notification_id: id, version: 2, unread_count: 0 },
    ])
    await desk.inboxes.markUnread('amy', id)
    await desk.inboxes.remove('amy', id)
    await desk.database.transaction(async tx => resourceChanged(tx, 'ticket', 't1', ['amy']))
    expect(await amy.hears()).toEqual([])
  })
})

describe('a client that syncs', () => {
  it('hears of each change as it is, one message a version', async () => {
    await open()
    const amy = desk.connect('amy', SINCE_0)
    await amy.hears()
    await desk.assign('amy', 't1')
    const [id = ''] = await desk.ids('amy')
    const created = await desk.inboxes.find('amy', id)
    await desk.assign('amy', 't2')
    amy.say('mark_all_read:1')
    await quiet()
    amy.say(`mark_unread:${id}`)
    await quiet()
    await desk.settle('t1')
    const settled = await desk.inboxes.find('amy', id)
    amy.say(`delete:${id}`)
    await quiet()
    await desk.inboxes.restore('amy', id)
    await desk.database.transaction(async tx => resourceChanged(tx, 'ticket', 't1', ['amy', 'bob']))

    expect(await amy.hears()).toStrictEqual([
      { type: 'new_notification', notification: created, version: 1, unread_count: 1 },
      { type: 'new_notification', notification: expect.anything(), version: 2, unread_count: 2 },
      { type: 'all_marked_read', through_seq: 1, count: 1, version: 3, unread_count: 1 },
      { type: 'notification_updated', notification: created, version: 4, unread_count: 2 },
      { type: 'notification_updated', notification: settled, version: 5, unread_count: 1 },
      { type: 'notification_deleted', notification_id: id, version: 6, unread_count: 1 },
      { type: 'notification_updated', notification: settled, version: 7, unread_count: 1 },
      { type: 'resource_changed', resource: 'ticket', id: 't1' },
    ])
    expect(settled).toMatchObject({ resolved_at: NOW, resolved_by_name: DAN.name, is_read: true, seq: 1 })
  })
})

it('tells each client in its own words, also when both hear of the same change', async () => {
  await open()
  const [plain, sync] = [desk.connect('amy'), desk.connect('amy', SINCE_0)]
  for (const tab of [plain, sync]) await tab.hears()
  await desk.assign('amy', 't1', 't2')
  await desk.inboxes.markAllRead('amy', null)
  const told = [await plain.hears(), await sync.hears()].map(messages =>
    messages.map(message => [
      message !== 'pong' && message.type,
      typeof message === 'object' && 'notification' in message && 'seq' in message.notification,
    ]),
  )
  expect(told).toEqual([
    [
      ['new_notification', false],
      ['new_notification', false],
      ['marked_read', false],
      ['marked_read', false],
    ],
    [
      ['new_notification', true],
      ['new_notification', true],
      ['all_marked_read', false],
    ],
  ])
})

describe('a command that cannot be done', () => {
  it.each([
    ['an unknown id', () => `mark_read:${randomUUID()}`, 'not_found'],
    ["somebody else's id", () => theirs('mark_read'), 'not_found'],
    ["unreading somebody else's", () => theirs('mark_unread'), 'not_found'],
    ["deleting somebody else's", () => theirs('delete'), 'not_found'],
    ['no command', () => 'dance', 'unknown_command'],
    ['nothing at all', () => '', 'unknown_command'],
    ['JSON', () => '{"type":"ping"}', 'unknown_command'],
    ['a name every object has', () => 'constructor:1', 'unknown_command'],
    ['ping with an argument', () => 'ping:1', 'bad_argument'],
    ['no id', () => 'mark_read', 'bad_argument'],
    ['a malformed id', () => 'mark_read:1; drop table notifications', 'bad_argument'],
    ['a negative version', () => 'sync:-1', 'bad_argument'],
  ])('%s: an error, the socket stays open, nobody else hears of it', async (_, request, code) => {
    await open()
    await desk.assign(['amy', 'bob'], 't1')
    const [amy, other, bob] = [desk.connect('amy'), desk.connect('amy'), desk.connect('bob')]
    for (const tab of [amy, other, bob]) await tab.hears()
    const text = await request()
    amy.say(text)
    expect(await amy.hears()).toStrictEqual([
      { type: 'error', code, message: expect.stringMatching(/\w/), request: text },
    ])
    expect(await other.hears()).toEqual([])
    expect(await bob.hears()).toEqual([])
    amy.say('ping')
    expect(await amy.hears()).toEqual(['pong'])
    for (const user of ['amy', 'bob']) {
      expect(await desk.inboxes.head(user)).toMatchObject({ version: 1, unreadCount: 1 })
    }
  })

  const theirs = async (verb: string) => `${verb}:${(await desk.ids('bob'))[0]}`

  it('is repeated in its error only so far', async () => {
    await open()
    const amy = desk.connect('amy')
    await amy.hears()
    amy.say('x'.repeat(8_000))
    expect(await amy.hears()).toMatchObject([{ type: 'error', request: 'x'.repeat(100) }])
  })

  it('also when the database fails: the next one is served', async () => {
    const broken = new Error('disk on fire')
    await open({ inboxes: real => ({ ...real, markRead: () => Promise.reject(broken) }) })
    const amy = desk.connect('amy')
    await amy.hears()
    const request = `mark_read:${randomUUID()}`
    amy.say(request)
    amy.say(`delete:${randomUUID()}`)
    expect(await amy.hears()).toMatchObject([
      { type: 'error', code: 'failed', request },
      { type: 'error', code: 'not_found' },
    ])
    expect(desk.errors).toEqual([broken])
    expect(amy.socket.ended).toBeNull()
  })
})

describe('limits', () => {
  it('ends a socket that commands too fast with 4429, and says nothing after', async () => {
    await open({ limits: { commandsPerSecond: 1 } })
    const amy = desk.connect('amy')
    await amy.hears()
    for (let n = 0; n < 4; n += 1) amy.say('ping')
    await desk.assign('amy', 't1')
    expect(await amy.hears()).toEqual(['pong', 'pong'])
    expect(amy.socket.ended?.code).toBe(4429)
  })

  it('counts input that is no command too', async () => {
    await open({ limits: { commandsPerSecond: 1 } })
    const amy = desk.connect('amy')
    await amy.hears()
    for (let n = 0; n < 4; n += 1) amy.garble()
    expect(await amy.hears()).toMatchObject([{ code: 'garbled' }, { code: 'garbled' }])
    expect(amy.socket.ended?.code).toBe(4429)
  })

  it('ends a socket whose reader is too slow with 4413, and says nothing after', async () => {
    await open({ limits: { maxBufferedBytes: 1_000 } })
    const [slow, fast] = [desk.connect('amy', SINCE_0), desk.connect('amy')]
    for (const tab of [slow, fast]) await tab.hears()
    slow.socket.buffered = 1_000
    await desk.assign('amy', 't1')
    expect(slow.socket.ended).toBeNull()
    slow.socket.buffered = 1_001
    await desk.assign('amy', 't2', 't3')
    slow.say('ping')
    expect(await slow.hears()).toMatchObject([{ version: 1 }, { version: 2 }])
    expect(slow.socket.ended?.code).toBe(4413)
    expect(await fast.hears()).toHaveLength(3)
  })

  it('refuses a socket more than a person may have, and takes it when one has gone', async () => {
    await open({ limits: { socketsPerUser: 2 } })
    const [first, second] = [desk.connect('amy'), desk.connect('amy')]
    for (const tab of [first, second]) await tab.hears()
    expect(() => desk.connect('amy')).toThrow('amy was refused')
    desk.connect('bob')
    expect(desk.hub.stats()).toEqual({ activeUsers: 2, totalConnections: 3 })
    first.leave()
    expect((await desk.connect('amy').hears()).length).toBe(1)
  })
})
