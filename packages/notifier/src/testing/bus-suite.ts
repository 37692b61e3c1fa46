/** What every bus must show. Run once for each of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bus, BusMessage } from '../bus/bus.ts'

export function busSuite(name: string, open: () => Bus): void {
  const signal = (user_id: string, id: string): BusMessage => ({
    kind: 'resource_changed',
    user_id,
    resource: 'ticket',
    id,
  })

  describe(`bus: ${name}`, () => {
    let bus: Bus
    beforeEach(() => {
      bus = open()
    })
    afterEach(() => bus.close())

    it('brings to each person what concerns them, in order, at every subscriber', () => {
      const heard: string[] = []
      bus.subscribe('amy', message => heard.push(`first ${'id' in message ? message.id : ''}`))
      bus.subscribe('amy', message => heard.push(`second ${'id' in message ? message.id : ''}`))
      bus.publish([signal('amy', '1'), signal('bob', '2'), signal('amy', '3')])
      expect(heard).toEqual(['first 1', 'second 1', 'first 3', 'second 3'])
    })

    it('brings what concerns everybody to all who listen for it, until they leave', () => {
      const heard: string[] = []
      const listenAs = (name: string) =>
        bus.onBroadcast(({ id, except }) => heard.push(`${name} ${id} ${except}`))
      const leave = listenAs('first')
      listenAs('second')
      bus.subscribe('amy', () => heard.push('amy'))
      const broadcast = (id: string) =>
        ({ kind: 'broadcast', resource: 'desk', id, except: ['amy'] }) as const
      bus.publish([broadcast('1')])
      leave()
      bus.publish([broadcast('2')])
      expect(heard).toEqual(['first 1 amy', 'second 1 amy', 'second 2 amy'])
    })

    it('is silent to who has left, also when they leave twice or somebody came after them', () => {
      const heard: string[] = []
      const leave = bus.subscribe('amy', () => heard.push('gone'))
      leave()
      bus.subscribe('amy', () => heard.push('here'))
      leave()
      bus.publish([signal('amy', '1')])
      expect(heard).toEqual(['here'])
    })
  })
}
