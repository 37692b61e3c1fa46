/** docs/notifications.md says what the definitions say, and there is one for each type that the guide names. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allNotifications } from '../../apps/server/src/app.ts'
import { notificationsPage } from '../../scripts/docs/notifications.ts'

/** In the guide's order. */
const TYPES = [
  'goal_created',
  'goal_assigned',
  'goal_approved',
  'goal_rejected',
  'goal_accepted',
  'goal_declined',
  'initiative_created',
  'initiative_assigned',
  'initiative_submitted',
  'initiative_reviewed',
  'initiative_overdue',
  'initiative_extension_requested',
  'initiative_extension_approved',
  'initiative_extension_denied',
  'review_assigned',
  'review_due_soon',
  'review_overdue',
  'review_submitted',
  'user_created',
  'user_status_changed',
  'user_role_changed',
  'system_announcement',
]

const page = readFileSync(new URL('../../docs/notifications.md', import.meta.url), 'utf8')

test('the page is what the definitions make of it; if it is not: npm run docs', () => {
  expect(page).toBe(notificationsPage(allNotifications))
})

test('each type that the guide names is defined, and no other', () => {
  expect([...new Set(allNotifications.map(({ type }) => type))]).toEqual(TYPES)
})

test('the page has rows of each of them', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \|.*$/gm)]
  expect(new Set(rows.map(([, type]) => type))).toEqual(new Set(allNotifications.map(({ type }) => type)))
})

test('what does not say what raises it, and whom it tells, makes no page', () => {
  const [first] = allNotifications
  if (!first) throw new Error('there are no definitions')
  expect(() => notificationsPage([{ ...first, about: undefined }])).toThrow('goal_created')
})

test('what differs in its priority alone is one row, which names them all', () => {
  const [first] = allNotifications
  if (!first) throw new Error('there are no definitions')
  const rows = notificationsPage([first, { ...first, priority: 'urgent', needsAction: false }]).match(
    /^\| `.*$/gm,
  )
  expect(rows).toEqual([expect.stringContaining('| high ● / urgent |')])
})
