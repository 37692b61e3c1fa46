import { expect, test } from 'vitest'
import { forgetSettled, type Intent, overlay, type Pending } from '../src/overlay.ts'
import { type BaseState, fromPage, replay } from '../src/store.ts'
import { createFakeInbox } from '../src/testing/index.ts'

function setting(count = 3) {
  const truth = createFakeInbox()
  const items = Array.from({ length: count }, () => truth.create())
  const base = fromPage(truth.page(10))
  const id = (n: number) => items[n]?.id ?? ''
  const later = (from: BaseState) => replay(from, truth.log)
  return { truth, base, items, id, later }
}

const waiting = (intent: Intent): Pending => ({ intent, settled: false })
const settled = (intent: Intent): Pending => ({ intent, settled: true })

test('nothing pending shows the base itself', () => {
  const { base } = setting()
  expect(overlay(base, [])).toBe(base)
})

test('reading twice takes one from the badge, not two', () => {
  const { base, id } = setting()
  const read = waiting({ kind: 'read', id: id(0) })
  expect(overlay(base, [read, read]).unreadCount).toBe(2)
})

test('the server telling the change back does not count it again', () => {
  const { truth, base, id, later } = setting()
  const pending = [settled({ kind: 'read', id: id(0) })]
  truth.setRead(id(0), true)
  const told = later(base)
  expect(overlay(told, pending).unreadCount).toBe(2)
  expect(forgetSettled(told, pending, false)).toEqual([])
})

test('a settled intent stays until the base shows it, so that nothing flickers', () => {
  const { base, id } = setting()
  const pending = [settled({ kind: 'remove', id: id(1) })]
  expect(forgetSettled(base, pending, false)).toEqual(pending)
  expect(overlay(base, pending)).toMatchObject({ totalCount: 2, unreadCount: 2 })
})

test('removed and restored again: shown all the time, whichever message has come', () => {
  const { truth, base, items, id, later } = setting()
  let pending: readonly Pending[] = [
    settled({ kind: 'remove', id: id(1) }),
    settled({ kind: 'restore', id: id(1), item: items[1] ?? null }),
  ]
  const shows = (state: BaseState) => {
    const shown = overlay(state, pending)
    expect(shown.items.map(item => item.id)).toEqual([id(2), id(1), id(0)])
    expect(shown).toMatchObject({ totalCount: 3, unreadCount: 3 })
  }
  shows(base)
  truth.setDeleted(id(1), true)
  const deleted = later(base)
  pending = forgetSettled(deleted, pending, false)
  shows(deleted)
  truth.setDeleted(id(1), false)
  const restored = later(deleted)
  pending = forgetSettled(restored, pending, false)
  expect(pending).toEqual([])
  shows(restored)
})

test('read and unread again elsewhere while away: what is up to date wins', () => {
  const { truth, base, id } = setting()
  const pending = [settled({ kind: 'read', id: id(0) }), waiting({ kind: 'read', id: id(1) })]
  truth.setRead(id(0), true)
  truth.setRead(id(0), false)
  const fresh = replay(base, [truth.syncPage(base.version)])
  expect(forgetSettled(fresh, pending, true)).toEqual([pending[1]])
})

test('all read: what arrives later counts, also when most of the inbox is not loaded', () => {
  const truth = createFakeInbox()
  for (let n = 0; n < 20; n++) truth.create()
  const base = fromPage(truth.page(5))
  const pending = [waiting({ kind: 'read_all', throughSeq: base.version })]
  expect(overlay(base, pending).unreadCount).toBe(0)
  truth.create()
  const later = replay(base, truth.log)
  expect(overlay(later, pending)).toMatchObject({ unreadCount: 1 })
  expect(overlay(later, pending).items.map(item => item.is_read)).toEqual([
    false,
    true,
    true,
    true,
    true,
    true,
  ])
})
