/** Ordinary things that are to be decided, done or written, each as the call that begins it. */
import type { Person } from '../../../apps/server/src/testing/index.ts'
import { draft } from '../../../apps/server/test/initiative-calls.ts'
import { cycleBody } from '../../../apps/server/test/review-calls.ts'
import { inDays } from './apart.ts'
import type { PersonName } from './town.ts'

/** What to call, by whom, and with what. */
export function workOf(
  { john, jane }: Readonly<Record<PersonName, Person>>,
  worker: string,
): readonly (readonly [PersonName, string, object])[] {
  const goal = { title: 'Learn Go', type: 'INDIVIDUAL', quarter: 'Q4', year: 2027 }
  const initiative = { ...draft, due_date: inDays(30) }
  const days = { period_start: inDays(-90), period_end: inDays(0), deadline: inDays(30) }
  const audience = { scope: 'people', user_ids: [john.id, jane.id] }
  const announcement = { title: 'Picnic', body: 'On Friday', priority: 'low', audience: 'everyone' }
  return [
    ['john', '/api/goals', goal],
    ['jane', '/api/goals/assign', { ...goal, assigned_to_user_id: john.id }],
    ['jane', '/api/goals/assign', { ...goal, assigned_to_user_id: worker }],
    ['john', '/api/initiatives', initiative],
    ['jane', '/api/initiatives/assign', { ...initiative, assignee_ids: [john.id] }],
    ['hana', '/api/review-cycles', { ...cycleBody, ...days, audience }],
    ['hana', '/api/announcements', { ...announcement, requires_acknowledgement: true, publish: true }],
    ['hana', '/api/announcements', { ...announcement, requires_acknowledgement: true, publish: false }],
  ]
}
