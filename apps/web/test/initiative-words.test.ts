import type { InitiativeDetail, InitiativeEvent } from '@pms/contract'
import { describe, expect, it } from 'vitest'
import {
  assignmentOf,
  changesTo,
  draftOf,
  emptyDraft,
  problemsOf,
  proposalOf,
} from '../src/features/initiatives/draft.ts'
import { refusalOf } from '../src/features/initiatives/file-kinds.ts'
import { isFiltered, parseFilters, toQuery } from '../src/features/initiatives/filters.ts'
import { deedOf, noteOf, stateOf, whyNoReview, whyNoSubmission } from '../src/features/initiatives/words.ts'

const jane = { id: 'jane', name: 'Jane Smith' }
const john = { id: 'john', name: 'John Doe' }
const ada = { id: 'ada', name: 'Ada Lovelace' }
const today = '2027-03-10'

const event = (over: Partial<InitiativeEvent>): InitiativeEvent => ({
  id: 'e',
  event: 'proposed',
  actor: john,
  from_status: null,
  to_status: 'PENDING_APPROVAL',
  note: null,
  due_date: null,
  changed_fields: [],
  created_at: '2027-03-10T10:00:00Z',
  ...over,
})

const initiative = (over: Partial<InitiativeDetail>): InitiativeDetail => ({
  id: 'i',
  type: 'GROUP',
  title: 'Train the night shift',
  description: null,
  status: 'STARTED',
  urgency: 'MEDIUM',
  due_date: '2027-03-31',
  goal_id: null,
  revision: 1,
  created_by: jane,
  assignees: [ada, john],
  head: john,
  waiting_on: [],
  waiting_since: null,
  reason: null,
  submitted_at: null,
  score: null,
  feedback: null,
  reviewed_by: null,
  reviewed_at: null,
  open_extension: null,
  created_at: '2027-03-01T10:00:00Z',
  updated_at: '2027-03-01T10:00:00Z',
  allowed_actions: [],
  goal: null,
  report: null,
  attachments: [],
  extensions: [],
  history: [],
  ...over,
})

describe('words', () => {
  it('call work that came back returned until it is submitted again', () => {
    expect(stateOf({ status: 'STARTED', feedback: 'More' })).toMatchObject({ tone: 'returned' })
    expect(stateOf({ status: 'STARTED', feedback: null })).toMatchObject({ tone: 'active', word: 'Started' })
    expect(stateOf({ status: 'APPROVED', feedback: 'Good' }).word).toBe('Done')
  })

  it('say what happened, with the day it is about', () => {
    const asked = event({ event: 'extension_requested', due_date: '2027-04-05', note: 'Late' })
    expect(deedOf(asked, today)).toBe('asked for more time, until 5 Apr')
    expect(noteOf(asked)).toBe('Late')
    const given = event({ event: 'reassigned', note: 'Ada Lovelace' })
    expect(deedOf(given, today)).toBe('gave it to Ada Lovelace')
    expect(noteOf(given)).toBeNull()
    expect(deedOf(event({ event: 'edited', changed_fields: ['title', 'due_date'] }), today)).toBe(
      'edited the title and the due date',
    )
  })

  it('say why there is nothing to review', () => {
    const reviewed = event({
      event: 'reviewed',
      actor: jane,
      from_status: 'COMPLETED',
      to_status: 'APPROVED',
    })
    expect(whyNoReview(initiative({ status: 'APPROVED', history: [reviewed] }), 'jane')).toBe(
      'You reviewed this initiative.',
    )
    expect(whyNoReview(initiative({ status: 'COMPLETED' }), 'ada')).toMatch(/^You work on this/)
    expect(whyNoReview(initiative({ status: 'COMPLETED' }), 'mary')).toMatch(/^Somebody else/)
    const returned = event({ event: 'returned', actor: jane, from_status: 'COMPLETED', to_status: 'STARTED' })
    expect(whyNoReview(initiative({ history: [returned] }), 'mary')).toMatch(/^Jane Smith returned/)
  })

  it('say why there is nothing to submit', () => {
    expect(whyNoSubmission(initiative({}), 'ada')).toBe(
      'John Doe answers for this initiative and submits it.',
    )
    expect(whyNoSubmission(initiative({ status: 'ASSIGNED' }), 'john')).toBe('Start this initiative first.')
    expect(whyNoSubmission(initiative({ status: 'COMPLETED' }), 'john')).toMatch(/has been submitted/)
  })
})

describe('a draft', () => {
  const me = { ...john, job_title: 'Engineer' }

  it('of an own proposal names nobody; of a group all, and the head', () => {
    const own = { ...emptyDraft([me]), title: ' A ', due_date: '2027-03-31' }
    expect(proposalOf(own)).toEqual({
      type: 'INDIVIDUAL',
      title: 'A',
      description: null,
      urgency: 'MEDIUM',
      due_date: '2027-03-31',
      goal_id: null,
    })
    const group = { ...own, type: 'GROUP' as const, people: [me, { ...ada, job_title: '' }] }
    expect(proposalOf(group)).toMatchObject({ assignee_ids: ['john', 'ada'], head_id: 'john' })
    expect(assignmentOf({ ...group, type: 'INDIVIDUAL' })).toMatchObject({ assignee_ids: ['john'] })
  })

  it('says what is missing', () => {
    const empty = emptyDraft()
    expect(Object.keys(problemsOf(empty, { today, assigns: true }))).toEqual([
      'assignee_ids',
      'title',
      'due_date',
    ])
    expect(problemsOf({ ...empty, due_date: '2027-03-09' }, { today, assigns: false }).due_date).toBe(
      'This day is over.',
    )
    expect(problemsOf({ ...empty, due_date: today }, { today, assigns: false }).due_date).toBeUndefined()
    expect(
      problemsOf({ ...emptyDraft([me]), type: 'GROUP' }, { today, assigns: false }).assignee_ids,
    ).toMatch(/two people/)
  })

  it('sends only what differs', () => {
    const before = initiative({})
    expect(changesTo(before, draftOf(before))).toBeNull()
    expect(changesTo(before, { ...draftOf(before), title: 'B' })).toEqual({ title: 'B' })
    const people = draftOf(before).people.toReversed()
    expect(changesTo(before, { ...draftOf(before), people })).toBeNull()
    expect(changesTo(before, { ...draftOf(before), headId: 'ada' })).toEqual({
      assignee_ids: ['ada', 'john'],
      head_id: 'ada',
    })
  })
})

describe('filters', () => {
  it('leave out of an address what makes no sense', () => {
    const raw = { scope: 'everything', view: 'board', status: 'GONE', urgency: 'HIGH', month: '2027-13' }
    expect(parseFilters(raw)).toEqual({ view: 'board', urgency: 'HIGH' })
    expect(parseFilters({ scope: 'mine', view: 'list' })).toEqual({})
    expect(parseFilters({ view: 'calendar', month: '2027-03' })).toEqual({
      view: 'calendar',
      month: '2027-03',
    })
  })

  it('ask the server for which, not for how they are shown', () => {
    expect(toQuery({ view: 'calendar', month: '2027-03' })).toEqual({ scope: 'mine' })
    expect(toQuery({ scope: 'all', search: ' a ' })).toEqual({ search: 'a' })
    expect(isFiltered({ scope: 'team', view: 'board' })).toBe(false)
  })
})

it('a file is refused before it is sent', () => {
  expect(refusalOf({ name: 'a.PDF', size: 10 }, 100)).toBeNull()
  expect(refusalOf({ name: 'a.exe', size: 10 }, 100)).toMatch(/kind/)
  expect(refusalOf({ name: 'a.pdf', size: 0 }, 100)).toMatch(/empty/)
  expect(refusalOf({ name: 'a.pdf', size: 2_097_153 }, 2_097_152)).toBe('Larger than 2 MB.')
})
