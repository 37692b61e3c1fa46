/** What every database must show of the engine. Run once for each of them. */
import fc from 'fast-check'
import type { Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BusMessage, InboxChange } from '../bus/bus.ts'
import { memoryBus } from '../bus/memory.ts'
import type { Database, DatabaseOptions, EngineTx, NotificationKind } from '../database/database.ts'
import { prepared } from '../database/prepared.ts'
import type { NotifierTables } from '../database/tables.ts'
import { createInboxes, type Inboxes, type InboxFilter } from '../inbox.ts'
import { notify, resolve, resourceChanged } from '../notify.ts'
import { ticketAssigned, ticketClosed } from './definitions.ts'
import { wrongCounters } from './recount.ts'

const amy = { id: 'amy', name: 'Amy Ash' }
const ticket = (id: string) => ({ type: 'ticket', id })

export function engineSuite(
  name: string,
  open: (options: Pick<DatabaseOptions, 'bus' | 'clock' | 'unwantedBy'>) => Promise<Database<NotifierTables>>,
): void {
  describe(`engine on ${name}`, () => {
    let database: Database<NotifierTables>
    let inboxes: Inboxes
    let told: BusMessage[]
    /** Says of each kind of notification who wants none. */
    let unwanted: (userIds: readonly string[], kind: NotificationKind) => readonly string[]

    beforeEach(async () => {
      told = []
      unwanted = () => []
      const bus = memoryBus()
      for (const user of ['amy', 'bob', 'cat']) bus.subscribe(user, message => told.push(message))
      database = await open({
        bus,
        clock: () => new Date('2027-01-04T09:00:00Z'),
        unwantedBy: async (_db, userIds, kind) => unwanted(userIds, kind),
      })
      inboxes = createInboxes(database)
    })
    afterEach(() => database.close())

    /** The row of every ticket: whoever asks about one, or settles it, holds it. */
    const holdTickets = (tx: EngineTx) =>
      tx.capabilities.lockRows(tx.engine.selectFrom('installation').selectAll()).execute()
    const assign = (to: string | string[], id = 't1', options: { dedupeKey?: string } = {}) =>
      database.transaction(async tx => {
        await holdTickets(tx)
        notify(tx, ticketAssigned, {
          to,
          actor: amy,
          data: { ticket_id: id },
          words: { subject: `Ticket ${id}` },
          object: ticket(id),
          ...options,
        })
      })
    const newest = async (user: string) => (await inboxes.list(user, { skip: 0, limit: 100 })).notifications
    const only = async (user: string) => {
      const [item, ...others] = await newest(user)
      if (!item || others.length > 0) throw new Error(`Expected one notification of ${user}`)
      return item
    }
    const changes = (user?: string) =>
      told.filter(
        (message): message is InboxChange =>
          'unread_count' in message && (user === undefined || message.user_id === user),
      )
    /** Every version that somebody was told of, in order; a move tells of all it skips. */
    const versionsTold = (user: string) => {
      const versions: number[] = []
      for (const message of told) {
        if (!('version' in message) || message.user_id !== user) continue
        const from = message.kind === 'moved' ? (versions.at(-1) ?? 0) + 1 : message.version
        for (let version = from; version <= message.version; version += 1) versions.push(version)
      }
      return versions
    }

    it('asks nothing more for a transaction that has ended, also what is put into SQL already', async () => {
      let later: () => Promise<unknown> = async () => {}
      const heads = prepared((db: Kysely<NotifierTables>, id: string) =>
        db.selectFrom('inboxes').selectAll().where('user_id', '=', id),
      )
      await database.transaction(async tx => {
        later = () => heads(tx.engine, 'amy')
        expect(await later()).toEqual([])
      })
      await expect(later()).rejects.toThrow()
      // Others go on.
      await assign('bob')
      expect(await heads(database.db, 'bob')).toMatchObject([{ version: 1 }])
    })

    it('delivers a rendered notification with version, counters and place', async () => {
      await assign(['bob', 'cat'])
      expect(await only('bob')).toMatchObject({
        type: 'ticket_assigned',
        priority: 'high',
        title: 'New ticket',
        message: "Amy Ash has assigned you 'Ticket t1'.",
        action_url: '/tickets/t1',
        data: { ticket_id: 't1' },
        triggered_by_name: 'Amy Ash',
        created_at: '2027-01-04T09:00:00.000Z',
        is_read: false,
        seq: 1,
        needs_action: true,
        object: { type: 'ticket', id: 't1' },
      })
      expect(await inboxes.head('bob')).toMatchObject({ version: 1, unreadCount: 1, totalCount: 1 })
      expect(
        changes().map(change => [change.user_id, change.kind, change.version, change.unread_count]),
      ).toEqual([
        ['bob', 'created', 1, 1],
        ['cat', 'created', 1, 1],
      ])
    })

    it('tells each recipient once and the actor never', async () => {
      await assign(['bob', 'amy', 'bob'])
      expect(await newest('bob')).toHaveLength(1)
      expect(await newest('amy')).toHaveLength(0)
    })

    it('does the same dedupe key once a person, and takes no version for the second', async () => {
      await assign('bob', 't1', { dedupeKey: 'once' })
      await assign(['bob', 'cat'], 't1', { dedupeKey: 'once' })
      expect(await newest('bob')).toHaveLength(1)
      expect(await newest('cat')).toHaveLength(1)
      expect(await inboxes.head('bob')).toMatchObject({ version: 1 })
    })

    it('makes nothing for those who do not want it, and says nothing to them', async () => {
      const asked: unknown[] = []
      unwanted = (userIds, kind) => {
        asked.push([userIds, kind])
        return kind.object?.id === 't1' ? ['bob'] : []
      }
      const close = (id: string, to: string[]) =>
        database.transaction(async tx =>
          notify(tx, ticketClosed, {
            to,
            actor: amy,
            data: { ticket_id: id },
            words: {},
            object: ticket(id),
            dedupeKey: `closed:${id}`,
          }),
        )
      await close('t1', ['bob', 'cat'])
      await close('t1', ['bob'])
      expect(asked).toEqual([
        [['bob', 'cat'], { type: 'ticket_closed', object: ticket('t1') }],
        [['bob'], { type: 'ticket_closed', object: ticket('t1') }],
      ])
      expect(await newest('bob')).toHaveLength(0)
      expect(await newest('cat')).toHaveLength(1)
      expect(versionsTold('bob')).toEqual([])
      await close('t2', ['bob'])
      expect(await inboxes.head('bob')).toMatchObject({ version: 1, unreadCount: 1 })
      expect(await wrongCounters(database.db)).toEqual([])
    })

    it('makes what needs action for all, whoever wants it', async () => {
      unwanted = userIds => userIds
      await assign(['bob', 'cat'])
      expect(await newest('bob')).toHaveLength(1)
      expect(await newest('cat')).toHaveLength(1)
    })

    it('does and says nothing when the transaction fails', async () => {
      const failed = database.transaction(async tx => {
        notify(tx, ticketClosed, { to: 'bob', actor: null, data: { ticket_id: 't1' }, words: {} })
        resourceChanged(tx, 'ticket', 't1', ['bob'])
        throw new Error('no')
      })
      await expect(failed).rejects.toThrow('no')
      expect(await newest('bob')).toHaveLength(0)
      expect(told).toEqual([])
    })

    it('settles a request everywhere, and the badge falls', async () => {
      await assign(['bob', 'cat'])
      const atBob = await only('bob')
      await inboxes.markRead('bob', atBob.id)
      told.length = 0
      await database.transaction(async tx => resolve(tx, ticket('t1'), { id: 'cat', name: 'Cat Cole' }))
      expect(await only('bob')).toMatchObject({
        resolved_by_name: 'Cat Cole',
        is_read: true,
      })
      expect(await only('cat')).toMatchObject({ resolved_at: '2027-01-04T09:00:00.000Z', is_read: true })
      expect(
        changes().map(change => [change.user_id, change.kind, change.version, change.unread_count]),
      ).toEqual([
        ['bob', 'updated', 3, 0],
        ['cat', 'updated', 2, 0],
      ])
    })

    it('does not settle what asks for nothing, what is about another thing, or twice', async () => {
      await database.transaction(async tx =>
        notify(tx, ticketClosed, {
          to: 'bob',
          actor: amy,
          data: { ticket_id: 't1' },
          words: {},
          object: ticket('t1'),
        }),
      )
      await assign('bob', 't2')
      await database.transaction(async tx => resolve(tx, ticket('t1'), null))
      expect((await newest('bob')).map(item => item.resolved_at)).toEqual([null, null])
      await database.transaction(async tx => resolve(tx, ticket('t2'), null))
      await database.transaction(async tx => resolve(tx, ticket('t2'), null))
      expect(await inboxes.head('bob')).toMatchObject({ version: 3 })
    })

    it('settles a request of some, and it stays open for the others', async () => {
      await assign(['bob', 'cat'])
      await assign('bob', 't2')
      told.length = 0
      await database.transaction(async tx => {
        resolve(tx, ticket('t1'), null, ['bob', 'amy'])
        notify(tx, ticketAssigned, {
          to: 'amy',
          actor: { id: 'cat', name: 'Cat Cole' },
          data: { ticket_id: 't1' },
          words: { subject: 'Ticket t1' },
          object: ticket('t1'),
        })
      })
      expect((await newest('bob')).map(item => [item.data.ticket_id, item.resolved_at !== null])).toEqual([
        ['t2', false],
        ['t1', true],
      ])
      expect(await only('cat')).toMatchObject({ resolved_at: null, is_read: false })
      // Asked in the same breath: what was settled was what stood there before.
      expect(await only('amy')).toMatchObject({ resolved_at: null, is_read: false })
      expect(changes().map(change => [change.user_id, change.kind, change.unread_count])).toEqual([
        ['bob', 'updated', 1],
        ['amy', 'created', 1],
      ])

      await database.transaction(async tx => resolve(tx, ticket('t1'), amy, null))
      expect(await only('cat')).toMatchObject({ resolved_by_name: 'Amy Ash' })
      expect(await wrongCounters(database.db)).toEqual([])
    })

    it('shows a deleted request as settled once it is restored', async () => {
      await assign('bob')
      const { id } = await only('bob')
      await inboxes.remove('bob', id)
      await database.transaction(async tx => resolve(tx, ticket('t1'), amy))
      expect(await inboxes.head('bob')).toMatchObject({ version: 2, unreadCount: 0 })
      expect(await inboxes.restore('bob', id)).toBe('done')
      expect(await only('bob')).toMatchObject({ is_read: true, resolved_by_name: 'Amy Ash' })
      expect(await wrongCounters(database.db)).toEqual([])
    })

    it('reads, unreads, deletes and restores, and repeats of it are harmless', async () => {
      await assign('bob')
      const { id } = await only('bob')
      const outcomes = []
      for (const verb of ['markRead', 'markUnread', 'remove', 'restore'] as const) {
        outcomes.push(await inboxes[verb]('bob', id), await inboxes[verb]('bob', id))
      }
      expect(outcomes).toEqual([
        'done',
        'unchanged',
        'done',
        'unchanged',
        'done',
        'not_found',
        'done',
        'unchanged',
      ])
      expect(await inboxes.head('bob')).toMatchObject({ version: 5, unreadCount: 1, totalCount: 1 })
      expect(changes('bob').map(change => change.version)).toEqual([1, 2, 3, 4, 5])
    })

    it("refuses somebody else's notification by every verb", async () => {
      await assign('bob')
      const { id } = await only('bob')
      for (const verb of ['markRead', 'markUnread', 'remove', 'restore'] as const) {
        expect(await inboxes[verb]('cat', id)).toBe('not_found')
      }
      expect(await inboxes.find('cat', id)).toBeUndefined()
      expect(await inboxes.head('bob')).toMatchObject({ version: 1, unreadCount: 1 })
    })

    it('marks all as read up to a place, under one version', async () => {
      for (const id of ['t1', 't2', 't3']) await assign('bob', id)
      expect(await inboxes.markAllRead('bob', 2)).toBe(2)
      expect((await newest('bob')).map(item => item.is_read)).toEqual([false, true, true])
      expect(changes('bob').at(-1)).toMatchObject({
        kind: 'all_read',
        version: 4,
        through_seq: 2,
        count: 2,
        unread_count: 1,
      })
      expect(await inboxes.markAllRead('bob', null)).toBe(1)
      expect(await inboxes.markAllRead('bob', null)).toBe(0)
      expect(await inboxes.head('bob')).toMatchObject({ version: 5, unreadCount: 0 })
    })

    it('takes a mark-all back, but for what was read before or settled since', async () => {
      for (const id of ['t1', 't2', 't3', 't4']) await assign('bob', id)
      const [t4] = await newest('bob')
      await inboxes.markRead('bob', t4?.id ?? '')
      await inboxes.markAllRead('bob', null)
      await database.transaction(async tx => resolve(tx, ticket('t2'), amy))
      expect(await inboxes.undoMarkAllRead('bob', 6)).toBe(2)
      expect((await newest('bob')).map(item => item.is_read)).toEqual([true, false, true, false])
      expect(await inboxes.head('bob')).toMatchObject({ version: 9, unreadCount: 2 })
      expect(told.at(-1)).toEqual({ kind: 'moved', user_id: 'bob', version: 9 })
      expect(await inboxes.undoMarkAllRead('bob', 6)).toBe(0)
      expect(await wrongCounters(database.db)).toEqual([])
      expect(versionsTold('bob')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    })

    it('changes several at once, each with a version and a message, and names what is not there', async () => {
      for (const id of ['t1', 't2', 't3']) await assign('bob', id)
      await assign('cat', 't4')
      const ids = (await newest('bob')).map(item => item.id)
      const foreign = (await only('cat')).id
      await inboxes.markRead('bob', ids[0] ?? '')
      expect(await inboxes.bulk('bob', 'read', [...ids, foreign])).toEqual({
        changed: 2,
        notFound: [foreign],
      })
      expect(changes('bob').map(change => change.version)).toEqual([1, 2, 3, 4, 5, 6])
      expect(await inboxes.bulk('bob', 'delete', ids)).toEqual({ changed: 3, notFound: [] })
      expect(await inboxes.bulk('bob', 'unread', ids)).toEqual({ changed: 0, notFound: ids })
      expect(await inboxes.head('bob')).toMatchObject({ version: 9, unreadCount: 0, totalCount: 0 })
      expect(await inboxes.head('cat')).toMatchObject({ version: 1, unreadCount: 1 })
    })

    it('lists by filter with exact totals, by page and by cursor', async () => {
      for (let n = 1; n <= 7; n += 1) await assign('bob', `t${n}`)
      await database.transaction(async tx =>
        notify(tx, ticketClosed, { to: 'bob', actor: amy, data: { ticket_id: 't9' }, words: {} }),
      )
      const [first] = await newest('bob')
      await inboxes.markRead('bob', first?.id ?? '')

      const page = await inboxes.list('bob', { skip: 4, limit: 2, type: 'ticket_assigned' })
      expect(page).toMatchObject({
        total: 7,
        unread_count: 7,
        page: 3,
        per_page: 2,
        next_cursor: '2',
        version: 9,
      })
      expect(page.notifications.map(item => item.seq)).toEqual([3, 2])
      expect(await inboxes.list('bob', { skip: 0, limit: 5, beforeSeq: 2 })).toMatchObject({
        total: 8,
        next_cursor: null,
      })
      expect(await inboxes.list('bob', { skip: 0, limit: 9, priority: 'low' })).toMatchObject({ total: 1 })
      expect(
        await inboxes.list('bob', { skip: 0, limit: 9, priority: 'low', unreadOnly: true }),
      ).toMatchObject({ total: 0 })
      expect(await inboxes.stats('bob')).toEqual({
        total_count: 8,
        unread_count: 7,
        by_type: { ticket_assigned: 7, ticket_closed: 1 },
        by_priority: { high: 7, low: 1 },
      })
    })

    it('lists what still asks for a decision, and counts it', async () => {
      for (const id of ['t1', 't2', 't3', 't4']) await assign('bob', id)
      await database.transaction(async tx =>
        notify(tx, ticketClosed, { to: 'bob', actor: amy, data: { ticket_id: 't9' }, words: {} }),
      )
      const [, fourth, third] = await newest('bob')
      const awaiting = async (filter: InboxFilter = {}) => {
        const page = await inboxes.list('bob', { skip: 0, limit: 9, needsAction: true, ...filter })
        expect(page.total).toBe(page.notifications.length)
        return page.notifications.map(item => item.seq)
      }
      expect(await awaiting()).toEqual([4, 3, 2, 1])
      await inboxes.remove('bob', fourth?.id ?? '')
      await inboxes.markRead('bob', third?.id ?? '')
      expect(await awaiting()).toEqual([3, 2, 1])
      expect(await awaiting({ unreadOnly: true })).toEqual([2, 1])
      expect(await awaiting({ priority: 'low' })).toEqual([])
      await database.transaction(async tx => resolve(tx, ticket('t2'), amy))
      expect(await awaiting()).toEqual([3, 1])
      expect(await awaiting({ type: 'ticket_closed' })).toEqual([])
    })

    it('tells what changed since a version, cut where a version ends', async () => {
      for (const id of ['t1', 't2', 't3']) await assign('bob', id)
      await inboxes.markAllRead('bob', 2)
      await inboxes.remove('bob', (await newest('bob'))[0]?.id ?? '')
      // Now: t1 and t2 at version 4 together, t3 deleted at 5.
      expect(await inboxes.changesSince('bob', 0, 1)).toBe('too_far_behind')
      const page = await inboxes.changesSince('bob', 0, 2)
      expect(page).toMatchObject({
        from: 0,
        version: 4,
        more: true,
        deleted: [],
        unreadCount: 0,
        totalCount: 2,
      })
      expect(await inboxes.changesSince('bob', 4, 2)).toMatchObject({ version: 5, more: false, changed: [] })
      expect(await inboxes.changesSince('bob', 5, 2)).toMatchObject({ version: 5, changed: [], deleted: [] })
      expect(await inboxes.changesSince('bob', 6, 2)).toBe('version_unknown')
      expect(await inboxes.changesSince('bob', 2, 9, 3)).toMatchObject({ version: 5 })
      expect(await inboxes.changesSince('bob', 1, 9, 3)).toBe('too_far_behind')
    })

    it('keeps every counter equal to a recount, and every version told exactly once', async () => {
      const users = ['amy', 'bob', 'cat']
      const user = fc.constantFrom(...users)
      const thing = fc.constantFrom('t1', 't2', 't3')
      const nth = fc.nat({ max: 9 })
      const operation = fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({
            do: fc.constant('notify' as const),
            to: fc.subarray(users),
            thing,
            key: fc.option(nth),
          }),
        },
        fc.record({ do: fc.constant('resolve' as const), thing }),
        fc.record({ do: fc.constant('read_all' as const), user, through: fc.option(nth) }),
        fc.record({ do: fc.constant('undo' as const), user, nth }),
        fc.record({
          do: fc.constant('bulk' as const),
          user,
          kind: fc.constantFrom('read' as const, 'unread', 'delete', 'restore'),
          nths: fc.uniqueArray(nth),
        }),
        fc.record({ do: fc.constantFrom('markRead' as const, 'markUnread', 'remove', 'restore'), user, nth }),
      )
      const created = () =>
        changes().flatMap(change =>
          change.kind === 'created' ? [{ user: change.user_id, id: change.item.id }] : [],
        )

      async function perform(
        op: typeof operation extends fc.Arbitrary<infer O> ? O : never,
      ): Promise<unknown> {
        switch (op.do) {
          case 'notify':
            return assign(op.to, op.thing, op.key === null ? {} : { dedupeKey: `key ${op.key}` })
          case 'resolve':
            return database.transaction(async tx => {
              await holdTickets(tx)
              resolve(tx, ticket(op.thing), null)
            })
          case 'read_all':
            return inboxes.markAllRead(op.user, op.through)
          case 'undo': {
            const marks = changes(op.user).filter(change => change.kind === 'all_read')
            const mark = marks.at(-1 - (op.nth % Math.max(marks.length, 1)))
            return mark && inboxes.undoMarkAllRead(op.user, mark.version)
          }
          case 'bulk': {
            const known = created()
            const ids = op.nths.flatMap(n => known.slice(n, n + 1)).map(item => item.id)
            return inboxes.bulk(op.user, op.kind, ids)
          }
          default: {
            const known = created()
            const target = known[op.nth % Math.max(known.length, 1)]
            return target && inboxes[op.do](target.user, target.id)
          }
        }
      }

      // Batches run at once, so that transactions of several users meet.
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(operation, { maxLength: 6 }), { maxLength: 8 }), async batches => {
          for (const batch of batches) await Promise.all(batch.map(perform))
          expect(await wrongCounters(database.db)).toEqual([])
          for (const name of users) {
            const head = await inboxes.head(name)
            // Two that commit one right after the other may be told in the other order; a connection puts that right.
            const told = versionsTold(name).toSorted((a, b) => a - b)
            expect(told).toEqual(Array.from({ length: head.version }, (_, index) => index + 1))
            const last = changes(name).at(-1)
            if (last?.version === head.version) expect(last.unread_count).toBe(head.unreadCount)
            const page = await inboxes.changesSince(name, 0, 10_000)
            if (typeof page === 'string') throw new Error(page)
            const listed = await inboxes.list(name, { skip: 0, limit: 10_000 })
            expect(page.changed.toSorted((a, b) => b.seq - a.seq)).toEqual(listed.notifications)
          }
        }),
        { numRuns: 60 },
      )
    })
  })
}
