/** Catching up by pages, going live, and starting over: nothing lost and nothing doubled where one meets the next. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Bus, BusMessage } from '../src/bus/bus.ts'
import { fakeSocket } from '../src/testing/fake-socket.ts'
import { type Desk, type DeskOptions, openDesk, quiet } from './desk.ts'

let desk: Desk
const open = async (options?: DeskOptions) => {
  desk = await openDesk(options)
  return desk
}
afterEach(() => desk.close())

const since = (version: number, epoch: string | null = null) => ({ since: version, epoch })
const greeting = { type: 'connection_established' }

/** Something that waits here until it is let go on. */
const gate = () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: resolve }
}

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

describe('what happens meanwhile', () => {
  it('while a page is read: told once, after the page', async () => {
    const reading = gate()
    await open({
      inboxes: real => ({
        ...real,
        changesSince: async (...query) => {
          const page = await real.changesSince(...query)
          await reading.passed
          return page
        },
      }),
    })
    await desk.assign('amy', 't1')
    const amy = desk.connect('amy', since(0))
    expect(await amy.hears()).toMatchObject([greeting])
    await desk.assign('amy', 't2')
    reading.open()
    expect(await amy.hears()).toMatchObject([
      { type: 'sync', from: 0, version: 1 },
      { type: 'sync', from: 1, version: 2, notifications: [{ seq: 2 }], more: false },
    ])
    await desk.assign('amy', 't3')
    expect(await amy.hears()).toMatchObject([{ type: 'new_notification', version: 3 }])
  })

  it('while a page is written: told once, after it is out', async () => {
    await open()
    await desk.assign('amy', 't1')
    const written = gate()
    const amy = desk.connect(
      'amy',
      since(0),
      fakeSocket(() => written.passed),
    )
    expect(await amy.hears()).toMatchObject([greeting, { from: 0, version: 1 }])
    await desk.assign('amy', 't2')
    await desk.assign('amy', 't3')
    expect(await amy.hears()).toEqual([])
    written.open()
    expect(await amy.hears()).toMatchObject([{ from: 1, version: 3, more: false }])
    await desk.assign('amy', 't4')
    expect(await amy.hears()).toMatchObject([{ type: 'new_notification', version: 4 }])
  })

  it('before a page is read: it is in the page, and not told again', async () => {
    const reading = gate()
    await open({
      inboxes: real => ({
        ...real,
        changesSince: async (...query) => {
          await reading.passed
          return real.changesSince(...query)
        },
      }),
    })
    const amy = desk.connect('amy', since(0))
    expect(await amy.hears()).toMatchObject([greeting])
    await desk.assign('amy', 't1')
    reading.open()
    expect(await amy.hears()).toMatchObject([{ from: 0, version: 1, notifications: [{ seq: 1 }] }])
  })

  it('while a plain client is greeted: told once, after the greeting', async () => {
    const greeted = gate()
    await open({
      inboxes: real => ({
        ...real,
        head: async userId => {
          const head = await real.head(userId)
          await greeted.passed
          return head
        },
      }),
    })
    const amy = desk.connect('amy')
    await quiet()
    await desk.assign('amy', 't1')
    expect(await amy.hears()).toEqual([])
    greeted.open()
    expect(await amy.hears()).toMatchObject([
      { ...greeting, version: 0 },
      { type: 'new_notification', notification: { action_url: '/tickets/t1' }, version: 1, unread_count: 1 },
    ])
    await desk.assign('amy', 't2')
    expect(await amy.hears()).toMatchObject([{ type: 'new_notification', version: 2 }])
  })

  it('commands are answered after the pages that were asked for before; a ping at once', async () => {
    await open()
    await desk.assign('amy', 't1')
    const [id = ''] = await desk.ids('amy')
    const written = gate()
    const amy = desk.connect(
      'amy',
      since(0),
      fakeSocket(() => written.passed),
    )
    await amy.hears()
    amy.say(`mark_read:${id}`)
    amy.say('ping')
    expect(await amy.hears()).toEqual(['pong'])
    expect(await desk.inboxes.head('amy')).toMatchObject({ version: 1 })
    written.open()
    expect(await amy.hears()).toMatchObject([{ type: 'marked_read', version: 2 }])
  })

  it('whoever leaves while a page is read or written is sent nothing more', async () => {
    const reading = gate()
    const written = gate()
    await open({
      limits: { pageSize: 1 },
      inboxes: real => ({
        ...real,
        changesSince: async (...query) => {
          if (query[0] === 'amy') await reading.passed
          return real.changesSince(...query)
        },
      }),
    })
    await desk.assign(['amy', 'bob'], 't1', 't2')
    const amy = desk.connect('amy', since(0))
    const bob = desk.connect(
      'bob',
      since(0),
      fakeSocket(() => written.passed),
    )
    await amy.hears()
    expect(await bob.hears()).toMatchObject([greeting, { more: true }])
    amy.leave()
    bob.leave()
    reading.open()
    written.open()
    await desk.assign(['amy', 'bob'], 't3')
    expect(await amy.hears()).toEqual([])
    expect(await bob.hears()).toEqual([])
    expect(desk.errors).toEqual([])
  })

  it('closes with 1011 when a page cannot be read, and the next connection is served', async () => {
    let broken = true
    await open({
      inboxes: real => ({
        ...real,
        changesSince: (...query) => (broken ? Promise.reject(new Error('no')) : real.changesSince(...query)),
      }),
    })
    const amy = desk.connect('amy', since(0))
    expect(await amy.hears()).toMatchObject([greeting])
    expect(amy.socket.ended?.code).toBe(1011)
    expect(desk.errors).toHaveLength(1)
    amy.leave()
    broken = false
    expect(await desk.connect('amy', since(0)).hears()).toHaveLength(2)
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

describe('a bus that is only a hint', () => {
  /** A bus that does with the next messages what it is told to. */
  const fickle = () => {
    const fates: ('lose' | 'double' | 'keep')[] = []
    const kept: BusMessage[] = []
    return {
      fates,
      wrap: (real: Bus): Bus => ({
        ...real,
        publish(messages) {
          for (const message of messages) {
            const fate = fates.shift()
            if (fate === 'keep') kept.push(message)
            else if (fate === 'double') real.publish([message, message])
            else if (fate === undefined) real.publish([message, ...kept.splice(0)])
          }
        },
      }),
    }
  }

  it('loses a change: a page tells it together with the next', async () => {
    const { fates, wrap } = fickle()
    await open({ bus: wrap })
    const [amy, plain] = [desk.connect('amy', since(0)), desk.connect('amy')]
    for (const tab of [amy, plain]) await tab.hears()
    fates.push('lose')
    await desk.assign('amy', 't1')
    for (const tab of [amy, plain]) expect(await tab.hears()).toEqual([])
    await desk.assign('amy', 't2')
    expect(await amy.hears()).toMatchObject([
      { type: 'sync', from: 0, version: 2, notifications: [{ seq: 1 }, { seq: 2 }], more: false },
    ])
    const healed = { type: 'new_notification', version: 2, unread_count: 2 }
    expect(await plain.hears()).toMatchObject([
      { ...healed, notification: { action_url: '/tickets/t1' } },
      { ...healed, notification: { action_url: '/tickets/t2' } },
    ])
    await desk.assign('amy', 't3')
    for (const tab of [amy, plain]) {
      expect(await tab.hears()).toMatchObject([{ type: 'new_notification', version: 3 }])
    }
  })

  it('loses a read: a plain client is told of it in its own words', async () => {
    const { fates, wrap } = fickle()
    await open({ bus: wrap })
    await desk.assign('amy', 't1', 't2')
    const [second = '', first = ''] = await desk.ids('amy')
    const plain = desk.connect('amy')
    await plain.hears()
    fates.push('lose', 'lose')
    await desk.inboxes.remove('amy', second)
    await desk.inboxes.markRead('amy', first)
    await desk.assign('amy', 't3')
    expect(await plain.hears()).toStrictEqual([
      { type: 'marked_read', notification_id: first, version: 5, unread_count: 1 },
      expect.objectContaining({ type: 'new_notification', version: 5, unread_count: 1 }),
    ])
  })

  it('says a change twice: it is told once', async () => {
    const { fates, wrap } = fickle()
    await open({ bus: wrap })
    const amy = desk.connect('amy', since(0))
    await amy.hears()
    fates.push('double')
    await desk.assign('amy', 't1')
    expect(await amy.hears()).toMatchObject([{ type: 'new_notification', version: 1 }])
  })

  it('says changes in the wrong order: a page tells both', async () => {
    const { fates, wrap } = fickle()
    await open({ bus: wrap })
    const amy = desk.connect('amy', since(0))
    await amy.hears()
    fates.push('keep')
    await desk.assign('amy', 't1', 't2')
    expect(await amy.hears()).toMatchObject([{ type: 'sync', from: 0, version: 2, more: false }])
  })
})
