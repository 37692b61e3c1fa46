/** What the home page tells of announcements. */
import { expect, test } from 'vitest'
import { newsOf } from '../src/features/home/news.ts'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const told = (title: string, published_at: string, isAsked = false) => ({
  title,
  allowed_actions: isAsked ? ['acknowledge' as const] : [],
  published_at,
  created_at: published_at,
})

test('what asks comes first, however old; what asks only others is news for two weeks', () => {
  const all = [
    told('of today', '2026-11-23T08:00:00Z'),
    told('of today, to be acknowledged by the others', '2026-11-23T07:00:00Z'),
    told('of spring, to acknowledge', '2026-04-20T08:00:00Z', true),
    told('of spring, to be acknowledged by the others', '2026-04-20T08:00:00Z'),
  ]
  expect(newsOf(all, NOW).map(({ title }) => title)).toEqual([
    'of spring, to acknowledge',
    'of today',
    'of today, to be acknowledged by the others',
  ])
})
