import type { ServerMessage } from '@pms/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendPage, apply, type BaseState, fromPage, replay } from '../src/store.ts'
import { createFakeInbox, type FakeInbox } from '../src/testing/index.ts'

type Step =
  | { kind: 'create'; read: boolean }
  | { kind: 'read' | 'unread' | 'delete' | 'restore'; pick: number }
  | { kind: 'read_all'; part: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create' as const), read: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('read' as const, 'unread' as const, 'delete' as const, 'restore' as const),
      pick: fc.nat(40),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('read_all' as const), part: fc.nat(40) }) },
)
const history = fc.array(step, { maxLength: 60 })

function play(inbox: FakeInbox, steps: readonly Step[]): void {
  for (const step of steps) {
    const created = inbox.log.flatMap(message =>
      message.type === 'new_notification' ? [message.notification.id] : [],
    )
    const id = (pick: number) => created[pick % Math.max(1, created.length)] ?? 'none'
    if (step.kind === 'create') inbox.create({ is_read: step.read })
    else if (step.kind === 'read' || step.kind === 'unread')
      inbox.setRead(id(step.pick), step.kind === 'read')
    else if (step.kind === 'read_all') inbox.readAll(Math.min(step.part, inbox.version))
    else inbox.setDeleted(id(step.pick), step.kind === 'delete')
  }
}

const visible = ({ version, unreadCount, totalCount, items }: BaseState) => ({
  version,
  unreadCount,
  totalCount,
  items,
})

describe('a snapshot and its changes', () => {
  test('equal a fresh snapshot, wherever the cut is and whatever comes twice', () => {
    fc.assert(
      fc.property(history, history, fc.infiniteStream(fc.nat(3)), (before, after, repeats) => {
        const inbox = createFakeInbox({ now: () => 0 })
        play(inbox, before)
        let state = fromPage(inbox.page(1000))
        const cut = inbox.version
        play(inbox, after)
        const sent: ServerMessage[] = []
        for (const message of inbox.log.slice(cut)) {
          sent.push(message)
          // The last frames come once more, as after a connection that broke in between.
          sent.push(...sent.slice(-(repeats.next().value ?? 0)))
        }
        state = replay(state, sent)
        expect(visible(state)).toEqual(visible(fromPage(inbox.page(1000))))
      }),
    )
  })

  test('equal a fresh snapshot by pages of sync, cut anywhere and each applied twice', () => {
    fc.assert(
      fc.property(history, history, fc.nat(100), (before, after, percent) => {
        const inbox = createFakeInbox({ now: () => 0 })
        play(inbox, before)
        let state = fromPage(inbox.page(1000))
        const from = inbox.version
        play(inbox, after)
        const middle = from + Math.floor(((inbox.version - from) * percent) / 100)
        for (const page of [inbox.syncPage(from, middle), inbox.syncPage(middle)])
          for (let time = 0; time < 2; time++) {
            const { state: next, outcome } = apply(state, page)
            expect(outcome).toBe('applied')
            if (time === 1) expect(next).toEqual(state)
            state = next
          }
        expect(visible(state)).toEqual(visible(fromPage(inbox.page(1000))))
      }),
    )
  })

  test('stay exact when only the newest rows are loaded, gaps being filled as they are found', () => {
    fc.assert(
      fc.property(history, history, fc.integer({ min: 1, max: 8 }), (before, after, limit) => {
        const inbox = createFakeInbox({ now: () => 0 })
        play(inbox, before)
        let state = fromPage(inbox.page(limit))
        const cut = inbox.version
        play(inbox, after)
        inbox.log.slice(cut).forEach((message, index) => {
          const reached = apply(state, message)
          if (reached.outcome === 'gap') expect(reached.state).toBe(state)
          state = reached.state
          if (reached.outcome === 'gap')
            state = apply(state, inbox.syncPage(state.version, cut + index + 1)).state
        })
        const fresh = fromPage(inbox.page(1000))
        // A page of the middle carries the counts of the end, as a server's does.
        expect(state.version).toBe(fresh.version)
        expect(state.items).toEqual(fresh.items.filter(item => item.seq >= state.floor))
        const page = apply(state, inbox.syncPage(state.version)).state
        expect(page.unreadCount).toBe(fresh.unreadCount)
        expect(page.totalCount).toBe(fresh.totalCount)
      }),
    )
  })
})

describe('a change', () => {
  test('that is known already is ignored and leaves the very same state', () => {
    const inbox = createFakeInbox()
    inbox.create()
    const state = fromPage(inbox.page(10))
    for (const message of inbox.log) expect(apply(state, message)).toEqual({ state, outcome: 'ignored' })
    expect(apply(state, inbox.log[0] as ServerMessage).state).toBe(state)
  })

  test('that skips a version never advances the state', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 20 }), (steps, skipped) => {
        const inbox = createFakeInbox()
        play(inbox, steps)
        const state = fromPage(inbox.page(1000))
        for (let n = 0; n < skipped; n++) inbox.create()
        inbox.create()
        const last = inbox.log.at(-1) as ServerMessage
        expect(apply(state, last)).toEqual({ state, outcome: 'gap' })
        const tooLate = inbox.syncPage(state.version + 1)
        expect(apply(state, tooLate)).toEqual({ state, outcome: 'gap' })
      }),
    )
  })

  test('with the ten fields of a plain client is a gap: its place is unknown', () => {
    const inbox = createFakeInbox()
    const state = fromPage(inbox.page(10))
    const { seq: _, ...plain } = inbox.create()
    const message: ServerMessage = {
      type: 'new_notification',
      notification: plain,
      version: 1,
      unread_count: 1,
    }
    expect(apply(state, message).outcome).toBe('gap')
  })

  test('of a row below what is loaded is a gap where the total could not be told', () => {
    const inbox = createFakeInbox()
    const old = inbox.create()
    inbox.create()
    const state = fromPage(inbox.page(1))
    inbox.setDeleted(old.id, true)
    const removed = apply(state, inbox.log.at(-1) as ServerMessage)
    expect(removed).toMatchObject({ outcome: 'applied', state: { totalCount: 1 } })
    inbox.setDeleted(old.id, false)
    const restored = apply(removed.state, inbox.log.at(-1) as ServerMessage)
    expect(restored).toEqual({ state: removed.state, outcome: 'gap' })
    expect(apply(removed.state, inbox.syncPage(removed.state.version)).state).toMatchObject({
      totalCount: 2,
      version: 4,
    })
  })

  test('without a version, the answer to a read of what was read, changes nothing', () => {
    const inbox = createFakeInbox()
    const { id } = inbox.create()
    const state = fromPage(inbox.page(10))
    expect(apply(state, { type: 'marked_read', notification_id: id })).toEqual({ state, outcome: 'ignored' })
  })
})

test('an older page joins exactly, whatever changed while it was on its way', () => {
  fc.assert(
    fc.property(history, history, history, (before, during, after) => {
      const inbox = createFakeInbox({ now: () => 0 })
      play(inbox, before)
      const first = inbox.page(3)
      let state = fromPage(first)
      if (first.next_cursor === null) return
      const asked = inbox.version
      play(inbox, during)
      const older = inbox.page(1000, first.next_cursor)
      const read = inbox.version
      play(inbox, after)
      // What a socket brings in full: the changes, each gap filled by a page up to there.
      const received: ServerMessage[] = []
      for (const [index, message] of inbox.log.slice(asked).entries()) {
        received.push(message)
        const reached = apply(state, message)
        state = reached.state
        if (reached.outcome !== 'gap') continue
        const page = inbox.syncPage(state.version, asked + index + 1)
        received.push(page)
        state = apply(state, page).state
      }
      expect(state.version).toBeGreaterThanOrEqual(read)
      state = appendPage(state, older, received)
      expect(state.items).toEqual(inbox.page(1000).notifications)
    }),
  )
})
