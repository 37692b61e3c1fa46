/** Where catching up and going live meet: nothing is lost and nothing doubled, whatever happens in between. */
import { afterEach, describe, expect, it } from 'vitest'
import { fakeSocket } from '../src/testing/fake-socket.ts'
import { type Desk, type DeskOptions, gate, greeting, openDesk, quiet, since } from './desk.ts'

let desk: Desk
const open = async (options?: DeskOptions) => {
  desk = await openDesk(options)
  return desk
}
afterEach(() => desk.close())

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
