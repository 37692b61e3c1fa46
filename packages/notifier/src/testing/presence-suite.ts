/** What every presence must show. Run once for each of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Presence } from '../presence/presence.ts'

/** @param open resolves when it counts */
export function presenceSuite(name: string, open: () => Promise<Presence>): void {
  describe(`presence: ${name}`, () => {
    let presence: Presence
    beforeEach(async () => {
      presence = await open()
    })
    afterEach(() => presence.close())

    it('counts people and their sockets, and forgets who left', async () => {
      for (const person of ['amy', 'bob', 'amy']) await presence.enter(person, 9)
      expect(await presence.totals()).toEqual({ activeUsers: 2, totalConnections: 3 })
      presence.leave('amy')
      presence.leave('bob')
      expect(await presence.totals()).toEqual({ activeUsers: 1, totalConnections: 1 })
      expect([await presence.isPresent('amy'), await presence.isPresent('bob')]).toEqual([true, false])
      presence.leave('amy')
      expect(await presence.totals()).toEqual({ activeUsers: 0, totalConnections: 0 })
    })

    it('lets in as many as there is room for, and counts no others', async () => {
      const came = await Promise.all(Array.from({ length: 4 }, () => presence.enter('amy', 2)))
      expect(came).toEqual([true, true, false, false])
      expect(await presence.enter('amy', 2)).toBe(false)
      expect(await presence.totals()).toEqual({ activeUsers: 1, totalConnections: 2 })
      expect(await presence.enter('bob', 2)).toBe(true)
      presence.leave('amy')
      expect(await presence.enter('amy', 2)).toBe(true)
      expect(await presence.totals()).toEqual({ activeUsers: 2, totalConnections: 3 })
    })
  })
}
