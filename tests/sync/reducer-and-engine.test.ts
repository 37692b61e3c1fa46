// The client's reducer and the real engine, nothing between them: a snapshot plus its changes equals a fresh snapshot,
// for random histories, from any point, on any number of rows loaded, with the last frames told again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply, type BaseState, fromPage } from '../../packages/client/src/store.ts'
import { createRetention } from '../../packages/notifier/src/retention.ts'
import { NOW, openDesk, type Tab } from '../../packages/notifier/test/desk.ts'
import type { ServerMessage } from '../../packages/protocol/src/index.ts'

type Desk = Awaited<ReturnType<typeof openDesk>>

const nth = fc.nat(11)
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('assign' as const), nth }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('markRead' as const, 'markUnread', 'remove', 'restore'),
      nth,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('settle' as const, 'read_all', 'undo_read_all'), nth }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('clean' as const, 'forget'), nth }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const never = new AbortController().signal
const retentionOf = (desk: Desk) => createRetention(desk.database, { pause: async () => {} })

async function take(desk: Desk, { do: what, nth: n }: Step): Promise<void> {
  const { version } = await desk.inboxes.head('amy')
  switch (what) {
    case 'assign':
      return desk.assign('amy', `t${n % 4}`)
    case 'settle':
      return desk.settle(`t${n % 4}`)
    case 'read_all':
      await desk.inboxes.markAllRead('amy', n % 2 === 0 ? null : Math.max(0, version - n))
      return
    case 'clean':
      await retentionOf(desk).cleanInboxes({ readBefore: NOW, atMost: null }, never)
      return
    case 'forget':
      await retentionOf(desk).forgetDeleted(NOW, never)
      return
    case 'undo_read_all':
      await desk.inboxes.undoMarkAllRead('amy', Math.max(1, version - (n % 3)))
      return
    default: {
      const rows = await desk.database.db
        .selectFrom('notifications')
        .select('id')
        .where('user_id', '=', 'amy')
        .orderBy('seq', 'desc')
        .execute()
      const row = rows[n % Math.max(1, rows.length)]
      if (row) await desk.inboxes[what]('amy', row.id)
    }
  }
}

/** What a tab has heard since it was last asked, up to where the inbox is. */
async function frames(desk: Desk, tab: Tab, from: number) {
  const { version } = await desk.inboxes.head('amy')
  const heard: ServerMessage[] = []
  let reached = from
  while (reached < version) {
    for (const message of await tab.hears()) {
      if (message === 'pong' || message.type === 'connection_established') continue
      heard.push(message)
      if ('version' in message) reached = Math.max(reached, message.version ?? 0)
    }
  }
  return heard
}

const fetchPage = async (desk: Desk, limit = 5) =>
  fromPage(await desk.inboxes.list('amy', { skip: 0, limit }))

/** Takes messages in; where they do not say enough, asks the engine for what is missing, as a client does. */
async function follow(desk: Desk, from: BaseState, messages: readonly ServerMessage[]) {
  let state = from
  for (const message of messages) {
    const applied = apply(state, message)
    state = applied.state
    if (applied.outcome === 'reset') state = await fetchPage(desk)
    if (applied.outcome === 'gap') state = await catchUp(desk, state)
  }
  return state
}

async function catchUp(desk: Desk, from: BaseState): Promise<BaseState> {
  const tab = desk.connect('amy', { since: from.version, epoch: null })
  const pages = await frames(desk, tab, from.version)
  tab.leave()
  let state = from
  for (const page of pages) {
    const applied = apply(state, page)
    // A mark-all of more rows than a page holds cannot be cut into pages.
    if (applied.outcome === 'reset') return fetchPage(desk)
    expect(applied.outcome).toBe('applied')
    state = applied.state
  }
  return state
}

test('a snapshot plus its changes equals a fresh snapshot, from any point, with the last frames told twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
      fc.nat(40),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(8),
      async (steps, cutAt, loaded, again) => {
        const desk = await openDesk({ limits: { pageSize: 3, commandsPerSecond: 10_000 } })
        const live = desk.connect('amy', { since: 0, epoch: null })
        const cut = cutAt % (steps.length + 1)
        for (const one of steps.slice(0, cut)) await take(desk, one)
        const before = await frames(desk, live, 0)
        const { version } = await desk.inboxes.head('amy')
        const snapshot = await fetchPage(desk, loaded)
        for (const one of steps.slice(cut)) await take(desk, one)
        const after = await frames(desk, live, version)

        const doubled = after.flatMap((message, n) => [message, ...after.slice(Math.max(0, n - again), n)])
        const told = [...before.slice(-again - 1), ...doubled]
        const fresh = await desk.inboxes.list('amy', { skip: 0, limit: 1_000 })
        for (const state of [await follow(desk, snapshot, told), await catchUp(desk, snapshot)]) {
          expect({ ...state, floor: 0 }).toEqual({
            version: fresh.version,
            unreadCount: fresh.unread_count,
            totalCount: fresh.total,
            items: fresh.notifications.filter(({ seq }) => seq >= state.floor),
            floor: 0,
          })
        }
        live.leave()
        expect(desk.errors).toEqual([])
        await desk.close()
      },
    ),
    { numRuns: 150 },
  )
}, 60_000)
