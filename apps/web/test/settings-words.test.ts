import { describe, expect, test } from 'vitest'
import { toWhom } from '../src/features/announcements/words.ts'
import { deedOf, detailsOf, pageOf } from '../src/features/audit/words.ts'
import { inSentence } from '../src/features/settings/words.ts'
import { deviceOf } from '../src/shared/devices.ts'
import { labelOf } from '../src/shared/notification-types.ts'

describe('where somebody is signed in', () => {
  const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
  test.each([
    [`${WINDOWS} Chrome/130.0.0.0 Safari/537.36`, 'Chrome on Windows', 'computer'],
    [`${WINDOWS} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0`, 'Edge on Windows', 'computer'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
      'phone',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0',
      'Firefox on macOS',
      'computer',
    ],
    ['curl/8.5.0', 'curl', 'program'],
    [null, 'Unknown device', 'program'],
  ])('%s', (userAgent, name, kind) => {
    expect(deviceOf(userAgent)).toEqual({ name, kind })
  })
})

test('types that only another system knows are named from what they are called', () => {
  expect(labelOf('payslip_ready', [])).toBe('Payslip ready')
  expect(labelOf('goal_approved', [{ value: 'goal_approved', label: 'Goal approved' }])).toBe('Goal approved')
})

test.each([
  ['Its owner', 'its owner'],
  ['HR adds a user', 'HR adds a user'],
  ['A goal is approved', 'a goal is approved'],
])('%s inside a sentence', (words, inside) => {
  expect(inSentence(words)).toBe(inside)
})

test('whom an announcement is for, inside a sentence', () => {
  expect(toWhom({ audience: 'everyone', unit: null, role: null })).toBe('everyone')
  expect(toWhom({ audience: 'role', unit: null, role: 'hr' })).toBe('HR')
  expect(toWhom({ audience: 'role', unit: null, role: 'staff' })).toBe('all staff')
  expect(toWhom({ audience: 'unit', unit: { id: '1', name: 'All Sales' }, role: null })).toBe(
    'All Sales and below',
  )
})

test('entries of the log in words', () => {
  expect(deedOf('api_key.revoked')).toBe('API key revoked')
  expect(detailsOf({ from: 'active', reason: null, changed: ['title', 'body'] })).toEqual([
    { name: 'from', value: 'active' },
    { name: 'changed', value: 'title, body' },
  ])
  expect(detailsOf({ to: 'PENDING_APPROVAL', reason: 'ASAP' })).toEqual([
    { name: 'to', value: 'pending approval' },
    { name: 'reason', value: 'ASAP' },
  ])
  expect(detailsOf({ from: 'STARTED', to: 'OVERDUE', due_date: '2026-11-22' })).toEqual([
    { name: 'from', value: 'started to overdue' },
    { name: 'due date', value: '22 Nov 2026' },
  ])
  expect(detailsOf({ from: 'STARTED', to: 'STARTED' })).toEqual([])
  expect(detailsOf({ from: '2026-11-22', to: '2026-12-03' })).toEqual([
    { name: 'from', value: '22 Nov 2026 to 3 Dec 2026' },
  ])
  expect(pageOf({ type: 'user', id: 'x y' })).toBe('/people/x%20y')
  expect(pageOf({ type: 'session', id: 'x' })).toBeNull()
})
