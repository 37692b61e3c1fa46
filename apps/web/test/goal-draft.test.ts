import type { GoalDetail } from '@pms/contract'
import { describe, expect, it } from 'vitest'
import { bodyOf, changesTo, detailsOf, draftOf, emptyDraft, problemsOf } from '../src/features/goals/draft.ts'

const goal = {
  title: 'Renew the certificate',
  description: null,
  type: 'INDIVIDUAL',
  quarter: 'Q2',
  year: 2027,
  start_date: null,
  end_date: '2027-06-30',
  parent_goal: { id: 'p', title: 'Parent' },
} as GoalDetail

it('starts in the quarter of today', () => {
  expect(emptyDraft('2027-03-31')).toMatchObject({ quarter: 'Q1', year: 2027 })
  expect(emptyDraft('2027-04-01')).toMatchObject({ quarter: 'Q2', year: 2027 })
  expect(emptyDraft('2027-12-31')).toMatchObject({ quarter: 'Q4', year: 2027 })
})

describe('what is sent', () => {
  it('has no empty texts, only nothing', () => {
    expect(detailsOf({ ...emptyDraft('2027-01-01'), title: ' A ', description: '  ' })).toEqual({
      title: 'A',
      description: null,
      quarter: 'Q1',
      year: 2027,
      start_date: null,
      end_date: null,
      parent_goal_id: null,
    })
  })
  it('has no quarter for a whole year', () => {
    expect(detailsOf({ ...emptyDraft('2027-01-01'), type: 'YEARLY' }).quarter).toBeNull()
  })
  it('names a unit only for a goal that is not one person’s', () => {
    const draft = { ...emptyDraft('2027-01-01'), unit_id: 'care' }
    expect(bodyOf(draft)).not.toHaveProperty('unit_id')
    expect(bodyOf({ ...draft, type: 'QUARTERLY' })).toMatchObject({ type: 'QUARTERLY', unit_id: 'care' })
    expect(bodyOf({ ...draft, type: 'YEARLY', unit_id: '' })).toMatchObject({ quarter: null, unit_id: null })
  })
  it('is nothing where nothing was changed', () => expect(changesTo(goal, draftOf(goal))).toBeNull())
  it('is only what was changed', () => {
    const draft = { ...draftOf(goal), title: 'Renew both certificates', parent: null, end_date: '' }
    expect(changesTo(goal, draft)).toEqual({
      title: 'Renew both certificates',
      parent_goal_id: null,
      end_date: null,
    })
  })
})

describe('problems', () => {
  const draft = { ...emptyDraft('2027-01-01'), title: 'A' }
  it('are none in a goal with a title', () => expect(problemsOf(draft, false)).toEqual({}))
  it('name the field', () => {
    expect(Object.keys(problemsOf({ ...draft, title: ' ' }, true))).toEqual(['assigned_to_user_id', 'title'])
    expect(problemsOf({ ...draft, start_date: '2027-02-02', end_date: '2027-02-01' }, false)).toHaveProperty(
      'end_date',
    )
  })
})
