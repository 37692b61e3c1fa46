/** What every database must show of how inboxes are cleaned. Run once for each of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BusMessage } from '../bus/bus.ts'
import { memoryBus } from '../bus/memory.ts'
import { CLEANED_AT_ONCE } from '../cleaning.ts'
import type { Database, DatabaseOptions } from '../database/database.ts'
import type { NotifierTables } from '../database/tables.ts'
import { ERASED_AT_ONCE } from '../erasing.ts'
import { emptyInbox, findNamed, rewordFound } from '../erasure.ts'
import { flush } from '../flush.ts'
import { createInboxes, type Inboxes } from '../inbox.ts'
import { notify, resolve } from '../notify.ts'
import { createRetention } from '../retention.ts'
import { ticketAssigned, ticketClosed } from './definitions.ts'
import { wrongCounters } from './recount.ts'

const day = (n: number) => new Date(Date.UTC(2027, 0, n)).toISOString()
const running = new AbortController().signal

export function retentionSuite(
  name: string,
  open: (options: Pick<DatabaseOptions, 'bus' | 'clock'>) => Promise<Database<NotifierTables>>,
): void {
  describe(`retention on ${name}`, () => {
    let database: Database<NotifierTables>
    let inboxes: Inboxes
    let today: number
    let told: BusMessage[]
    let retention: ReturnType<typeof createRetention>

    beforeEach(async () => {
      today = 1
      told = []
      const bus = memoryBus()
      for (const user of ['bob', 'cat']) bus.subscribe(user, message => told.push(message))
      database = await open({ bus, clock: () => new Date(day(today)) })
      inboxes = createInboxes(database)
      retention = createRetention(database, { pause: async () => {} })
    })
    afterEach(async () => {
      expect(await wrongCounters(database.db)).toEqual([])
      await database.close()
    })

    /** News about tickets, which ask for nothing. */
    const tell = (to: string | string[], ...ids: string[]) =>
      database.transaction(async tx => {
        for (const id of ids)
          notify(tx, ticketClosed, { to, actor: null, data: { ticket_id: id }, words: {} })
      })
    /** A request about a ticket. */
    const ask = (to: string, id: string) =>
      database.transaction(async tx =>
        notify(tx, ticketAssigned, {
          to,
          actor: null,
          data: { ticket_id: id },
          words: { subject: id },
          object: { type: 'ticket', id },
        }),
      )
    const list = async (user: string) => (await inboxes.list(user, { skip: 0, limit: 1_000 })).notifications
    /** Tickets that an inbox tells of, newest first. */
    const tickets = async (user: string) => (await list(user)).map(item => item.data.ticket_id)
    const idOf = async (user: string, ticket: string) => {
      const item = (await list(user)).find(each => each.data.ticket_id === ticket)
      if (!item) throw new Error(`${user} has nothing about ${ticket}`)
      return item.id
    }
    const names = (count: number) => Array.from({ length: count }, (_, n) => `t${n + 1}`)

    it('takes away what was read so long ago, and nothing that is unread or waits for a decision', async () => {
      await tell('bob', 'early', 'late', 'unread')
      await ask('bob', 'open')
      await ask('bob', 'settled')
      await inboxes.markRead('bob', await idOf('bob', 'early'))
      await inboxes.markRead('bob', await idOf('bob', 'open'))
      await database.transaction(async tx => resolve(tx, { type: 'ticket', id: 'settled' }, null))
      today = 3
      await inboxes.markRead('bob', await idOf('bob', 'late'))

      expect(await retention.cleanInboxes({ readBefore: day(2), atMost: null }, running)).toBe(2)
      expect(await tickets('bob')).toEqual(['open', 'unread', 'late'])
      expect(await inboxes.head('bob')).toMatchObject({ unreadCount: 1, totalCount: 3 })
      expect(await retention.cleanInboxes({ readBefore: day(3), atMost: null }, running)).toBe(1)
      expect(await tickets('bob')).toEqual(['open', 'unread'])
      expect(await retention.cleanInboxes({ readBefore: null, atMost: null }, running)).toBe(0)
    })

    it('goes under one version an inbox and step, of which whoever follows reads a page', async () => {
      const many = names(CLEANED_AT_ONCE + 20)
      await tell('bob', ...many)
      await tell('cat', 't1', 't2')
      for (const user of ['bob', 'cat']) await inboxes.markAllRead(user, null)
      const before = await inboxes.head('bob')
      told.length = 0
      const progress: number[] = []
      const watched = createRetention(database, { pause: async () => {}, onProgress: n => progress.push(n) })
      expect(await watched.cleanInboxes({ readBefore: day(2), atMost: null }, running)).toBe(many.length + 2)

      expect(progress).toEqual([CLEANED_AT_ONCE, many.length + 2])
      expect(told).toEqual([
        { kind: 'moved', user_id: 'bob', version: before.version + 1 },
        { kind: 'moved', user_id: 'bob', version: before.version + 2 },
        { kind: 'moved', user_id: 'cat', version: 4 },
      ])
      const page = await inboxes.changesSince('bob', before.version, CLEANED_AT_ONCE)
      if (typeof page === 'string') throw new Error(page)
      expect(page).toMatchObject({ version: before.version + 1, more: true, changed: [], totalCount: 0 })
      expect(page.deleted).toHaveLength(CLEANED_AT_ONCE)
    })

    it('takes the oldest that were read where there are too many, and never what is not', async () => {
      await ask('bob', 'open')
      await tell('bob', ...names(7))
      for (const ticket of ['open', 't2', 't3', 't5', 't7'])
        await inboxes.markRead('bob', await idOf('bob', ticket))
      await tell('cat', ...names(5))
      await inboxes.markAllRead('cat', null)

      expect(await retention.cleanInboxes({ readBefore: null, atMost: 6 }, running)).toBe(2)
      expect(await tickets('bob')).toEqual(['t7', 't6', 't5', 't4', 't1', 'open'])
      expect(await tickets('cat')).toHaveLength(5)
      expect(await retention.cleanInboxes({ readBefore: null, atMost: 1 }, running)).toBe(6)
      expect(await tickets('bob')).toEqual(['t6', 't4', 't1', 'open'])
      expect(await tickets('cat')).toEqual(['t5'])
    })

    it('lets be what became unread after it was found, and what was never to go', async () => {
      await ask('bob', 'open')
      await tell('bob', 't1', 't2')
      await inboxes.markAllRead('bob', null)
      const ids = (await list('bob')).map(({ id }) => id)
      await inboxes.markUnread('bob', ids[0] ?? '')
      await inboxes.remove('bob', ids[1] ?? '')
      const { version } = await inboxes.head('bob')
      await database.transaction(tx => flush(tx, [{ kind: 'clean', userId: 'bob', ids }]))
      expect(await inboxes.head('bob')).toMatchObject({ version, totalCount: 2, unreadCount: 1 })
    })

    it('stops between two steps, and the next run does the rest', async () => {
      await tell('bob', ...names(CLEANED_AT_ONCE * 2 + 1))
      await inboxes.markAllRead('bob', null)
      const stop = new AbortController()
      const stopped = createRetention(database, { pause: async () => stop.abort() })
      const done = await stopped.cleanInboxes({ readBefore: day(2), atMost: null }, stop.signal)
      expect(done).toBe(CLEANED_AT_ONCE)
      expect(await inboxes.head('bob')).toMatchObject({ totalCount: CLEANED_AT_ONCE + 1 })
      await retention.cleanInboxes({ readBefore: day(2), atMost: null }, running)
      expect(await inboxes.head('bob')).toMatchObject({ totalCount: 0 })
    })

    it('forgets what was deleted so long ago, and tells whoever comes back from before to start over', async () => {
      await tell(['bob', 'cat'], 't1', 't2', 't3', 't4')
      const [t4, t3, t2, t1] = await list('bob')
      await inboxes.remove('bob', t1?.id ?? '')
      await inboxes.remove('bob', t2?.id ?? '')
      await inboxes.restore('bob', t2?.id ?? '')
      today = 3
      await inboxes.remove('bob', t3?.id ?? '')

      expect(await retention.forgetDeleted(day(2), running)).toBe(1)
      expect(await inboxes.restore('bob', t1?.id ?? '')).toBe('not_found')
      expect(await tickets('bob')).toEqual(['t4', 't2'])
      expect(await inboxes.changesSince('bob', 4, 100)).toBe('history_removed')
      expect(await inboxes.changesSince('bob', 5, 100)).toMatchObject({ deleted: [t3?.id] })
      expect(await inboxes.head('cat')).toMatchObject({ syncFloor: 0 })

      expect(await retention.forgetDeleted(day(3), running)).toBe(1)
      expect(await inboxes.head('bob')).toMatchObject({ version: 8, syncFloor: 8 })
      await inboxes.remove('bob', t4?.id ?? '')
      expect(await inboxes.restore('bob', t4?.id ?? '')).toBe('done')
      expect(await retention.forgetDeleted(day(3), running)).toBe(0)
    })

    it('never lowers a floor, also where clocks differed', async () => {
      await tell('bob', 't1', 't2')
      const [t2, t1] = await list('bob')
      today = 3
      await inboxes.remove('bob', t1?.id ?? '')
      today = 1
      await inboxes.remove('bob', t2?.id ?? '')
      for (const n of [2, 3]) {
        expect(await retention.forgetDeleted(day(n), running)).toBe(1)
        expect(await inboxes.head('bob')).toMatchObject({ version: 4, syncFloor: 4 })
      }
    })

    it('empties the inbox of who is forgotten, a step at a time', async () => {
      await tell('bob', ...names(ERASED_AT_ONCE + 3))
      await tell('cat', 't1')
      await inboxes.markRead('bob', await idOf('bob', 't2'))
      await inboxes.remove('bob', await idOf('bob', 't1'))
      const { version } = await inboxes.head('bob')
      const step = () => database.transaction(tx => emptyInbox(tx, 'bob'))
      expect([await step(), await step(), await step()]).toEqual([ERASED_AT_ONCE, 3, 0])
      expect(await inboxes.head('bob')).toMatchObject({
        version: version + 2,
        unreadCount: 0,
        totalCount: 0,
      })
      expect(await inboxes.changesSince('bob', version, 100)).toBe('history_removed')
      expect(await tickets('cat')).toEqual(['t1'])
    })

    it('takes a name out of what others were told, and pages that are open show it', async () => {
      const say = (actor: { id: string; name: string } | null, subject: string) =>
        database.transaction(async tx =>
          notify(tx, ticketAssigned, {
            ...{ to: 'bob', actor, data: { ticket_id: subject }, words: { subject } },
            object: { type: 'ticket', id: subject },
          }),
        )
      await say({ id: 'amy', name: 'Amy (A.) Ash' }, 'one')
      await say({ id: 'dan', name: 'Dan' }, 'for Amy (A.) Ash, not Amy (A.) Ashby')
      await say({ id: 'eva', name: 'Eva' }, 'three')
      await database.transaction(async tx =>
        resolve(tx, { type: 'ticket', id: 'three' }, { id: 'amy', name: 'Amy (A.) Ash' }),
      )
      const { version } = await inboxes.head('bob')
      const forget = async (ownNames: string[]) => {
        const self = { type: 'user', id: 'amy' }
        const person = { id: 'amy', self, names: ['Amy (A.) Ash'], ownNames, instead: 'Somebody' }
        const { through, changes } = await findNamed(database, person, '')
        expect(through).toBeNull()
        if (changes.length > 0) await database.transaction(tx => rewordFound(tx, changes))
        return changes.length
      }
      // Somebody else has the same name: only what she did is told of somebody.
      expect(await forget([])).toBe(1)
      expect((await list('bob')).map(({ message }) => message)).toEqual([
        "Eva has assigned you 'three'.",
        "Dan has assigned you 'for Amy (A.) Ash, not Amy (A.) Ashby'.",
        "Somebody has assigned you 'one'.",
      ])
      expect(await forget(['Amy (A.) Ash'])).toBe(2)
      expect(await forget(['Amy (A.) Ash'])).toBe(0)
      const page = await inboxes.changesSince('bob', version, 100)
      if (typeof page === 'string') throw new Error(page)
      expect(page).toMatchObject({ version: version + 2, deleted: [] })
      expect(await list('bob')).toMatchObject([
        { triggered_by_name: 'Eva', resolved_by_name: 'Somebody' },
        {
          message: "Dan has assigned you 'for Somebody, not Amy (A.) Ashby'.",
          data: { ticket_id: 'for Somebody, not Amy (A.) Ashby' },
        },
        { triggered_by_name: 'Somebody' },
      ])
      expect(told.at(-1)).toEqual({ kind: 'moved', user_id: 'bob', version: version + 2 })
    })
  })
}
