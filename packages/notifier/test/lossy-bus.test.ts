/** The bus is only a hint: whatever it loses, doubles or makes up, clients end with what is in the database. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Bus, BusMessage } from '../src/bus/bus.ts'
import { type Desk, type DeskOptions, openDesk, since } from './desk.ts'

let desk: Desk
const open = async (options?: DeskOptions) => {
  desk = await openDesk(options)
  return desk
}
afterEach(() => desk.close())

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

  it('tells of a version that the database does not have: a page shows that it has none, and live goes on', async () => {
    await open()
    const amy = desk.connect('amy', since(0))
    await amy.hears()
    desk.bus.publish([{ kind: 'deleted', user_id: 'amy', version: 9, unread_count: 0, id: 'none' }])
    expect(await amy.hears()).toMatchObject([{ type: 'sync', from: 0, version: 0, deleted: [] }])
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
