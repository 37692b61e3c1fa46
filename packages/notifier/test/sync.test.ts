/** Catching up by pages, and starting over where pages cannot tell. */
import { afterEach, describe, expect, it } from 'vitest'
import { fakeSocket } from '../src/testing/fake-socket.ts'
import { type Desk, type DeskOptions, gate, greeting, openDesk, since } from './desk.ts'

let desk: Desk
const open = async (options?: DeskOptions) => {
  desk = await openDesk(options)
  return desk
}
afterEach(() => desk.close())

describe('pages', () => {
  it('come at least once, also when there is nothing to tell; then it is live', async () => {
    await open()
    await desk.assign('amy', 't1')
    const amy = desk.connect('amy', since(1))
    expect(await amy.hears()).toStrictEqual([
      expect.objectContaining(greeting),
      {
        type: 'sync',
        from: 1,
        version: 1,
        unread_count: 1,
        total_count: 1,
        notifications: [],
        deleted: [],
        more: false,
      },
    ])
    await desk.assign('amy', 't2')
    expect(await amy.hears()).toMatchObject([{ type: 'new_notification', version: 2 }])
  })

  it('tell the present state of what changed, each row once, the deleted by id', async () => {
    await open()
    await desk.assign('amy', 't1', 't2', 't3')
    const [third = '', second = '', first = ''] = await desk.ids('amy')
    await desk.inboxes.markRead('amy', first)
    await desk.inboxes.markUnread('amy', first)
    await desk.inboxes.markRead('amy', second)
    await desk.inboxes.remove('amy', third)
    const amy = desk.connect('amy', since(1, (await desk.inboxes.head('amy')).epoch))
    expect(await amy.hears()).toStrictEqual([
      expect.objectContaining(greeting),
      {
        type: 'sync',
        from: 1,
        version: 7,
        unread_count: 1,
        total_count: 2,
        notifications: [await desk.inboxes.find('amy', first), await desk.inboxes.find('amy', second)],
        deleted: [third],
        more: false,
      },
    ])
  })

  it('are cut where they are full, the next one read when the one before is out', async () => {
    await open({ limits: { pageSize: 2 } })
    await desk.assign('amy', 't1', 't2', 't3', 't4', 't5')
    let written = gate()
    const amy = desk.connect(
      'amy',
      since(0),
      fakeSocket(() => written.passed),
    )
    const release = () => {
      const { open: letGo } = written
      written = gate()
      letGo()
    }
    expect(await amy.hears()).toMatchObject([greeting, { from: 0, version: 2, more: true }])
    expect(await amy.hears()).toEqual([])
    release()
    expect(await amy.hears()).toMatchObject([{ from: 2, version: 4, more: true }])
    release()
    expect(await amy.hears()).toMatchObject([{ from: 4, version: 5, more: false }])
    release()
    await desk.assign('amy', 't6')
    expect(await amy.hears()).toMatchObject([{ type: 'new_notification', version: 6 }])
  })

  it('start when a plain client asks, who is told everything as it is from then on', async () => {
    await open()
    await desk.assign('amy', 't1')
    const amy = desk.connect('amy')
    await amy.hears()
    amy.say('sync:0')
    expect(await amy.hears()).toMatchObject([{ type: 'sync', from: 0, version: 1, more: false }])
    amy.say('mark_all_read')
    expect(await amy.hears()).toMatchObject([{ type: 'all_marked_read', version: 2 }])
  })

  it('are served again as often as they are asked for', async () => {
    await open()
    await desk.assign('amy', 't1', 't2')
    const amy = desk.connect('amy', since(2))
    await amy.hears()
    for (const version of [0, 2, 1]) {
      amy.say(`sync:${version}`)
      expect(await amy.hears()).toMatchObject([{ from: version, version: 2, more: false }])
    }
    await desk.assign('amy', 't3')
    expect(await amy.hears()).toMatchObject([{ type: 'new_notification', version: 3 }])
  })
})

describe('starting over', () => {
  it('when the database is another one: live goes on above the version told', async () => {
    await open()
    await desk.assign('amy', 't1', 't2')
    const amy = desk.connect('amy', since(1, 'another'))
    expect(await amy.hears()).toMatchObject([
      greeting,
      { type: 'sync_reset', version: 2, reason: 'epoch_changed' },
    ])
    await desk.assign('amy', 't3')
    expect(await amy.hears()).toMatchObject([{ type: 'new_notification', version: 3 }])
  })

  it('when the client claims a version that never was, on connecting and later', async () => {
    await open()
    await desk.assign('amy', 't1')
    const amy = desk.connect('amy', since(2))
    const reset = { type: 'sync_reset', version: 1, reason: 'version_unknown' }
    expect(await amy.hears()).toMatchObject([greeting, reset])
    amy.say('sync:999999999999999')
    expect(await amy.hears()).toMatchObject([reset])
    await desk.assign('amy', 't2')
    expect(await amy.hears()).toMatchObject([{ type: 'new_notification', version: 2 }])
  })

  it('when what was deleted since is no longer known', async () => {
    await open()
    await desk.assign('amy', 't1', 't2', 't3')
    await desk.database.db.updateTable('inboxes').set({ sync_floor: 2 }).execute()
    expect(await desk.connect('amy', since(1)).hears()).toMatchObject([
      greeting,
      { type: 'sync_reset', version: 3, reason: 'history_removed' },
    ])
    expect(await desk.connect('amy', since(2)).hears()).toMatchObject([greeting, { type: 'sync' }])
  })

  it('when one change is larger than a page, after the pages before it', async () => {
    await open({ limits: { pageSize: 2 } })
    await desk.assign('amy', 't0')
    const [id = ''] = await desk.ids('amy')
    await desk.inboxes.remove('amy', id)
    await desk.assign('amy', 't1', 't2', 't3')
    await desk.inboxes.markAllRead('amy', null)
    expect(await desk.connect('amy', since(0)).hears()).toMatchObject([
      greeting,
      { type: 'sync', from: 0, version: 2, deleted: [id], more: true },
      { type: 'sync_reset', version: 6, reason: 'too_far_behind' },
    ])
  })

  it('when more happened than is worth telling', async () => {
    await open({ limits: { replayLimit: 2 } })
    await desk.assign('amy', 't1', 't2', 't3')
    expect(await desk.connect('amy', since(0)).hears()).toMatchObject([
      greeting,
      { type: 'sync_reset', version: 3, reason: 'too_far_behind' },
    ])
    expect(await desk.connect('amy', since(1)).hears()).toMatchObject([
      greeting,
      { type: 'sync', version: 3 },
    ])
  })

  it('also tells what happens while it finds out where the inbox stands', async () => {
    const standing = gate()
    let asked = 0
    await open({
      inboxes: real => ({
        ...real,
        head: async userId => {
          const head = await real.head(userId)
          asked += 1
          if (asked > 1) await standing.passed
          return head
        },
      }),
    })
    const amy = desk.connect('amy', since(7))
    await amy.hears()
    await desk.assign('amy', 't1')
    standing.open()
    expect(await amy.hears()).toMatchObject([
      { type: 'sync_reset', version: 0 },
      { type: 'sync', from: 0, version: 1, notifications: [{ seq: 1 }] },
    ])
  })
})
