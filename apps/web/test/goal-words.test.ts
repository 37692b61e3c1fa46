import type { GoalDetail, GoalEvent } from '@pms/contract'
import { describe, expect, it } from 'vitest'
import { isFiltered, parseFilters, toQuery, yearsAround } from '../src/features/goals/filters.ts'
import { decisionOf, deedOf, stateOf, whyNoAnswer } from '../src/features/goals/words.ts'
import { listed } from '../src/ui/words.ts'

const jane = { id: 'jane', name: 'Jane Smith' }
const john = { id: 'john', name: 'John Doe' }
const event = (over: Partial<GoalEvent>): GoalEvent => ({
  id: 'e',
  event: 'created',
  actor: john,
  from_status: null,
  to_status: 'PENDING_APPROVAL',
  note: null,
  percent: null,
  changed_fields: [],
  created_at: '2027-03-10T10:00:00Z',
  ...over,
})

describe('the state of a goal', () => {
  const active = (end_date: string | null): Pick<GoalDetail, 'status' | 'end_date'> => ({
    status: 'ACTIVE',
    end_date,
  })
  it('is overdue from the day after its last', () => {
    expect(stateOf(active('2027-03-09'), '2027-03-10').word).toBe('Overdue')
    expect(stateOf(active('2027-03-10'), '2027-03-10').word).toBe('Active')
    expect(stateOf(active(null), '2027-03-10').word).toBe('Active')
  })
  it('is not overdue once it is done', () => {
    expect(stateOf({ status: 'ACHIEVED', end_date: '2027-03-09' }, '2027-03-10').word).toBe('Done')
  })
})

describe('history', () => {
  it('says what was done', () => {
    expect(deedOf(event({ event: 'assigned', actor: jane }), john, 'john')).toBe('assigned the goal to you')
    expect(deedOf(event({ event: 'progressed', percent: 40 }), john, 'john')).toBe('set progress to 40%')
    expect(deedOf(event({ event: 'edited', changed_fields: ['title', 'end_date'] }), john, 'john')).toBe(
      'edited the title and the due date',
    )
    expect(deedOf(event({ event: 'edited' }), john, 'john')).toBe('edited the goal')
  })

  it('finds who decided last, not who moved the progress since', () => {
    const approved = event({
      event: 'approved',
      actor: jane,
      from_status: 'PENDING_APPROVAL',
      to_status: 'ACTIVE',
    })
    const moved = event({ event: 'progressed', from_status: 'ACTIVE', to_status: 'ACTIVE' })
    expect(decisionOf([event({}), approved, moved], 'ACTIVE')).toBe(approved)
    expect(decisionOf([], 'ACTIVE')).toBeUndefined()
  })

  it('says why an assigned goal can no longer be answered', () => {
    const accepted = event({ event: 'accepted', from_status: 'PENDING_ACCEPTANCE', to_status: 'ACTIVE' })
    expect(whyNoAnswer('ACTIVE', accepted, 'john')).toBe('You accepted this goal. It is active now.')
    expect(whyNoAnswer('DISCARDED', event({ event: 'discarded', actor: jane }), 'john')).toBe(
      'Jane Smith discarded this goal.',
    )
    expect(whyNoAnswer('DECLINED', undefined, 'john')).toBe('This goal was declined.')
  })

  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('lists %j as %j', (words, text) => expect(listed(words)).toBe(text))
})

describe('filters in the address', () => {
  it('are read as they were written', () => {
    const filters = { scope: 'team', status: 'ACTIVE', year: 2027, quarter: 'Q1', search: 'ring' }
    expect(parseFilters(filters)).toEqual(filters)
  })
  it('leave out what makes no sense', () => {
    expect(
      parseFilters({ scope: 'all', status: 'LOST', year: 'x', quarter: 'Q5', search: '  ', other: 1 }),
    ).toEqual({})
    expect(parseFilters({ year: 1999, search: ['a'] })).toEqual({})
  })
  it('need not name the list of one’s own goals', () => {
    expect(parseFilters({ scope: 'mine' })).toEqual({})
    expect(toQuery({})).toEqual({ scope: 'mine' })
  })
  it('take a search of digits as text', () =>
    expect(parseFilters({ search: 2027 })).toEqual({ search: '2027' }))
  it('know whether they narrow anything', () => {
    expect(isFiltered({ scope: 'team' })).toBe(false)
    expect(isFiltered({ quarter: 'Q1' })).toBe(true)
  })
})

it('offers the years around this one, and the one chosen', () => {
  expect(yearsAround(2027)).toEqual([2026, 2027, 2028])
  expect(yearsAround(2027, 2020, undefined)).toEqual([2020, 2026, 2027, 2028])
})
