import type { ApprovalItem } from '@pms/contract'
import { expect, it } from 'vitest'
import { type Outcome, withDecided } from '../src/features/approvals/outcomes.ts'
import { parseApprovals } from '../src/features/approvals/search.ts'
import { askOf, noOf, verbsOf, yesOf } from '../src/features/approvals/words.ts'

const john = { id: 'john', name: 'John Doe' }
const item = (id: string, since: string, over: Partial<ApprovalItem> = {}): ApprovalItem => ({
  kind: 'goal_approval',
  id,
  object_id: id,
  title: id,
  detail: '',
  requested_by: john,
  subject: john,
  waiting_since: since,
  waiting_on: [],
  due_on: null,
  action_url: `/goals/${id}`,
  decisions: ['approve', 'reject'],
  revision: 1,
  ...over,
})
const [first, second, third] = [item('a', '2027-03-01'), item('b', '2027-03-02'), item('c', '2027-03-03')]

it('what was decided stays where it was, also when the server knows it no more', () => {
  const done: Outcome = { item: second, decision: 'approve', state: 'done' }
  const shown = withDecided([first, third], new Map([['goal_approval:b', done]]))
  expect(shown.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

it('what still waits is shown as it is now', () => {
  const refused: Outcome = { item: second, decision: 'approve', state: 'refused', why: 'It was edited' }
  const edited = { ...second, title: 'edited', revision: 2 }
  expect(withDecided([edited], new Map([['goal_approval:b', refused]]))).toEqual([edited])
})

it('each thing has its own words for yes and no', () => {
  expect(yesOf(first)).toBe('approve')
  expect(noOf({ decisions: ['approve', 'deny'] })).toBe('deny')
  expect(yesOf({ decisions: [] })).toBeUndefined()
  expect(verbsOf(['approve', 'accept', 'approve'])).toBe('Approve or accept')
})

it('says who asks for what', () => {
  expect(askOf(first, 'jane')).toBe('John Doe set this goal')
  expect(askOf(first, 'john')).toBe('You set this goal')
  expect(askOf({ ...first, kind: 'review' }, 'john')).toBeNull()
})

it('leaves out of an address what makes no sense', () => {
  expect(parseApprovals({ tab: 'mine', kind: 'anything' })).toEqual({})
  expect(parseApprovals({ tab: 'sent', kind: 'review' })).toEqual({ tab: 'sent', kind: 'review' })
})
