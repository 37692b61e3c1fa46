/** What a goal may not be, for whom it may not be set, and what a body cannot bring about. */
import type { GoalDetail } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type addOrganisation,
  changePerson,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { act, assignGoal, attempt, createGoal, inboxOf, personal, readGoal } from './goal-calls.ts'

const NOBODY = '01a2068e-b7fc-72c7-afb3-e2809c5cc3e1'

let server: TestServer
let cast: Awaited<ReturnType<typeof addOrganisation>>
let john: Rest
let jane: Rest
let hana: Rest

beforeAll(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  john = await server.as(cast.john)
  jane = await server.as(cast.jane)
  hana = await server.as(cast.hana)
})
afterAll(() => server.close())

/** Neither a goal nor a notification came of it. */
async function withoutTrace<T>(attempt: () => Promise<T>): Promise<T> {
  const rows = async () => {
    const { db } = server.app.database
    const count = (table: 'goals' | 'goal_events' | 'notifications') =>
      db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirst()
    return [await count('goals'), await count('goal_events'), await count('notifications')]
  }
  const before = await rows()
  const outcome = await attempt()
  expect(await rows()).toEqual(before)
  return outcome
}

const fieldsOf = (body: Problem) => body.errors?.map(({ field }) => field)

describe('a body that is no goal', () => {
  const { title: _title, ...untitled } = personal
  const { quarter: _quarter, ...unquartered } = personal

  test.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['title', 'year', 'type']],
    ['an empty object', {}, ['title', 'year', 'type']],
    ['null', 'null', ['title', 'year', 'type']],
    ['a list', [personal], ['body']],
    ['a number', '7', ['body']],
    ['no title', untitled, ['title']],
    ['an empty title', { ...personal, title: '' }, ['title']],
    ['a title of blanks', { ...personal, title: ' \t\n　 ' }, ['title']],
    ['a title of 10,000 characters', { ...personal, title: 'x'.repeat(10_000) }, ['title']],
    ['a title of 201 characters', { ...personal, title: 'x'.repeat(201) }, ['title']],
    ['a title that is a number', { ...personal, title: 7 }, ['title']],
    ['a title that is null', { ...personal, title: null }, ['title']],
    ['a description of 5,001 characters', { ...personal, description: 'x'.repeat(5_001) }, ['description']],
    ['an unknown type', { ...personal, type: 'MONTHLY' }, ['type']],
    ['an individual goal without a quarter', unquartered, ['quarter']],
    ['an individual goal whose quarter is null', { ...personal, quarter: null }, ['quarter']],
    ['an unknown quarter', { ...personal, quarter: 'Q5' }, ['quarter']],
    ['a year in quotes', { ...personal, year: '2027' }, ['year']],
    ['a year long ago', { ...personal, year: 1999 }, ['year']],
    ['half a year', { ...personal, year: 2027.5 }, ['year']],
    ['a day that is none', { ...personal, end_date: '2027-02-30' }, ['end_date']],
    ['a moment for a day', { ...personal, end_date: '2027-02-03T10:00:00Z' }, ['end_date']],
    [
      'an end before the start',
      { ...personal, start_date: '2027-02-02', end_date: '2027-02-01' },
      ['end_date'],
    ],
    ['a parent that is no id', { ...personal, parent_goal_id: 'the big one' }, ['parent_goal_id']],
    ['a parent that is not there', { ...personal, parent_goal_id: NOBODY }, ['parent_goal_id']],
    ['a unit for an individual goal', { ...personal, unit_id: NOBODY }, ['unit_id']],
    [
      'all of it wrong',
      { title: '', type: 'x', quarter: 'x', year: 0 },
      ['title', 'quarter', 'year', 'type'],
    ],
  ])('%s', async (_, body, fields) => {
    const reply = await withoutTrace(() => john.post<Problem>('/api/goals', body))
    expect(reply.status).toBe(422)
    expect(reply.body).toMatchObject({ status: 422, code: 'invalid_input' })
    expect(fieldsOf(reply.body)?.sort()).toEqual(fields.sort())
  })

  test.each(['{"title": "x"', 'title=x', '{title: "x"}', 'undefined'])(
    'text that is no JSON: %s',
    async text => {
      const reply = await withoutTrace(() => john.post<Problem>('/api/goals', text))
      expect(reply.status).toBe(422)
      expect(reply.body).toMatchObject({ code: 'invalid_json' })
    },
  )

  test('one day is enough, and blanks around a title are no part of it', async () => {
    const day = { start_date: '2027-02-01', end_date: '2027-02-01' }
    expect(await createGoal(john, { ...day, title: `  ${'x'.repeat(190)} ` })).toMatchObject({
      ...day,
      title: 'x'.repeat(190),
    })
  })

  test.each([
    ['YEARLY', { quarter: 'Q1' }, 'quarter'],
    ['QUARTERLY', { quarter: null }, 'quarter'],
    ['QUARTERLY', { unit_id: NOBODY }, 'unit_id'],
  ] as const)('a %s goal with %o', async (type, changes, field) => {
    const reply = await withoutTrace(() =>
      hana.post<Problem>('/api/goals', { ...personal, type, ...changes }),
    )
    expect(reply.status).toBe(422)
    expect(fieldsOf(reply.body)).toEqual([field])
  })

  test.each(['YEARLY', 'QUARTERLY'] as const)('a %s goal by somebody who keeps none', async type => {
    const body = { ...personal, type, quarter: type === 'YEARLY' ? null : 'Q1' }
    for (const rest of [
      john,
      jane,
      await server.as(await server.addPerson(`Adam ${type}`, { role: 'admin' })),
    ])
      expect((await withoutTrace(() => rest.post('/api/goals', body))).status).toBe(403)
  })
})

describe('goals that serve goals', () => {
  test('somebody else’s that one cannot see cannot be served', async () => {
    const peer = await server.as(await server.addPerson('Pete Peer', { supervisor: cast.jane }))
    const { id } = await createGoal(peer)
    const reply = await john.post<Problem>('/api/goals', { ...personal, parent_goal_id: id })
    expect([reply.status, fieldsOf(reply.body)]).toEqual([422, ['parent_goal_id']])
  })

  test('not themselves, and none in a ring, however long', async () => {
    const first = await createGoal(john)
    const second = await createGoal(john, { parent_goal_id: first.id })
    const third = await createGoal(john, { parent_goal_id: second.id })
    expect(third.parent_goal).toEqual({ id: second.id, title: second.title })
    for (const parent of [first, second, third]) {
      const { status, body } = await attempt(john, first.id, 'edit', { parent_goal_id: parent.id })
      expect([status, fieldsOf(body as Problem)]).toEqual([422, ['parent_goal_id']])
    }
    expect(await act(john, third.id, 'edit', { parent_goal_id: first.id })).toMatchObject({ revision: 2 })
  })
})

describe('assigning', () => {
  const body = (to: string) => ({ ...personal, assigned_to_user_id: to })

  async function added(
    name: string,
    status: 'active' | 'suspended' | 'archived' | 'on_leave',
  ): Promise<Person> {
    const person = await server.addPerson(name, { supervisor: cast.jane })
    await changePerson(server.app, person, { status })
    return person
  }

  test.each<[string, () => Rest, () => Person]>([
    ['to oneself', () => jane, () => cast.jane],
    ['upwards', () => jane, () => cast.mary],
    ['to oneself, by HR', () => hana, () => cast.hana],
    ['to somebody of another line, by HR', () => hana, () => cast.john],
    ['by somebody who supervises nobody', () => john, () => cast.hana],
  ])('%s: 403', async (_, rest, to) => {
    const reply = await withoutTrace(() => rest().post<Problem>('/api/goals/assign', body(to().id)))
    expect(reply.status).toBe(403)
    expect(reply.body).toMatchObject({ code: 'forbidden' })
  })

  test('to a peer: 403', async () => {
    const peer = await added('Pia Peer', 'active')
    expect((await withoutTrace(() => john.post('/api/goals/assign', body(peer.id)))).status).toBe(403)
  })

  test('two levels down is allowed', async () => {
    const goal = await assignGoal(await server.as(cast.mary), cast.john)
    expect(goal).toMatchObject({ status: 'PENDING_ACCEPTANCE', owner: { id: cast.john.id } })
  })

  test('to somebody unknown: 422', async () => {
    const reply = await withoutTrace(() => jane.post<Problem>('/api/goals/assign', body(NOBODY)))
    expect([reply.status, fieldsOf(reply.body)]).toEqual([422, ['assigned_to_user_id']])
  })

  test.each(['suspended', 'archived', 'on_leave'] as const)('to somebody who is %s: 422', async status => {
    const person = await added(`Gone ${status}`, status)
    const reply = await withoutTrace(() => jane.post<Problem>('/api/goals/assign', body(person.id)))
    expect([reply.status, fieldsOf(reply.body)]).toEqual([422, ['assigned_to_user_id']])
    expect(reply.body.code).toBe('assignee_not_active')
  })

  test.each([
    ['no assignee', personal, 'assigned_to_user_id'],
    ['a name for an id', { ...personal, assigned_to_user_id: 'John Doe' }, 'assigned_to_user_id'],
    ['a goal of the organisation', () => ({ ...body(cast.john.id), type: 'YEARLY', quarter: null }), 'type'],
    ['no quarter', () => ({ ...body(cast.john.id), quarter: null }), 'quarter'],
  ])('with %s: 422', async (_, made, field) => {
    const sent = typeof made === 'function' ? made() : made
    const reply = await withoutTrace(() => jane.post<Problem>('/api/goals/assign', sent))
    expect(reply.status).toBe(422)
    expect(fieldsOf(reply.body)).toEqual([field])
  })
})

describe('a body for an action', () => {
  const BAD_REASONS = [
    undefined,
    {},
    { reason: '' },
    { reason: ' \n ' },
    { reason: 'x'.repeat(1_001) },
    { reason: 7 },
  ]

  test.each(['reject', 'decline', 'discard'] as const)('%s needs a reason', async action => {
    const pending = await createGoal(john)
    const assigned = await assignGoal(jane, cast.john)
    const { id } = action === 'decline' ? assigned : pending
    const rest = action === 'decline' ? john : jane
    if (action === 'discard') await act(jane, id, 'approve')
    const before = await readGoal(john, id)
    for (const body of BAD_REASONS) {
      const reply = await rest.put<Problem>(`/api/goals/${id}/${action}`, body)
      expect([reply.status, fieldsOf(reply.body)]).toEqual([422, ['reason']])
    }
    expect(await readGoal(john, id)).toEqual(before)
  })

  test.each([
    [{}, 'percent'],
    [{ percent: -1 }, 'percent'],
    [{ percent: 101 }, 'percent'],
    [{ percent: 1.5 }, 'percent'],
    [{ percent: '50' }, 'percent'],
    [{ percent: 50, note: 'x'.repeat(1_001) }, 'note'],
  ])('progress of %o', async (body, field) => {
    const { id } = await createGoal(john)
    await act(jane, id, 'approve')
    const reply = await john.put<Problem>(`/api/goals/${id}/progress`, body)
    expect([reply.status, fieldsOf(reply.body)]).toEqual([422, [field]])
    expect((await readGoal(john, id)).progress).toBe(0)
  })

  test('an edit that changes nothing anybody may change', async () => {
    const { id } = await createGoal(john)
    const reply = await john.patch<Problem>(`/api/goals/${id}`, {})
    expect([reply.status, fieldsOf(reply.body)]).toEqual([422, ['body']])
  })

  test('an edit that says what is already so is no edit', async () => {
    const goal = await createGoal(john)
    expect(await act(john, goal.id, 'edit', { title: goal.title })).toEqual(goal)
  })

  test.each(['approve', 'reject', 'progress'])('%s of what is no id, or not there', async action => {
    const body = { reason: 'x', percent: 5 }
    expect((await john.put<Problem>(`/api/goals/abc/${action}`, body)).status).toBe(422)
    expect((await john.put<Problem>(`/api/goals/${NOBODY}/${action}`, body)).status).toBe(404)
  })
})

describe('what a body cannot bring about', () => {
  const smuggled = () => ({
    id: NOBODY,
    status: 'ACTIVE',
    progress: 90,
    revision: 7,
    owner_id: cast.hana.id,
    owner: { id: cast.hana.id },
    assigned_by_id: cast.hana.id,
    waiting_since: '2020-01-01T00:00:00.000Z',
    reason: 'because',
    created_at: '2020-01-01T00:00:00.000Z',
    allowed_actions: ['approve'],
    assigned_to_user_id: cast.hana.id,
  })
  const untouched = (goal: GoalDetail) => {
    expect(goal.id).not.toBe(NOBODY)
    expect(goal).toMatchObject({ progress: 0, owner: { id: cast.john.id }, reason: null })
    expect(goal.created_at > '2020-02').toBe(true)
  }

  test('in a new goal', async () => {
    const goal = await createGoal(john, smuggled() as object)
    untouched(goal)
    expect(goal).toMatchObject({ status: 'PENDING_APPROVAL', revision: 1, assigned_by: null })
  })

  test('in an assigned goal', async () => {
    const goal = await assignGoal(jane, cast.john, smuggled() as object)
    untouched(goal)
    expect(goal).toMatchObject({
      status: 'PENDING_ACCEPTANCE',
      revision: 1,
      assigned_by: { id: cast.jane.id },
    })
  })

  test('in an edit, alone or beside what may be edited, nor when it is sent again', async () => {
    const { id } = await createGoal(john)
    expect((await john.patch(`/api/goals/${id}`, smuggled())).status).toBe(422)
    const edited = await act(john, id, 'edit', { ...smuggled(), type: 'YEARLY', title: 'Learn Rust' })
    untouched(edited)
    expect(edited).toMatchObject({ status: 'PENDING_APPROVAL', type: 'INDIVIDUAL', revision: 2 })
    await act(jane, id, 'reject')
    const sent = await act(john, id, 'resubmit', smuggled())
    untouched(sent)
    expect(sent).toMatchObject({ status: 'PENDING_APPROVAL', revision: 2 })
  })
})

describe('a decision on what one has not read', () => {
  test('of another revision: 409 with the state, and nothing happens', async () => {
    const { id } = await createGoal(john)
    await act(john, id, 'edit', { title: 'Learn Rust' })
    const before = await readGoal(jane, id)
    const inbox = await inboxOf(john)
    for (const revision of [1, 3]) {
      const { status, body } = await attempt(jane, id, 'approve', { revision })
      expect([status, body]).toEqual([409, expect.objectContaining({ current_status: 'PENDING_APPROVAL' })])
    }
    expect(await readGoal(jane, id)).toEqual(before)
    expect(await inboxOf(john)).toEqual(inbox)
    expect(await act(jane, id, 'approve', { revision: 2 })).toMatchObject({ status: 'ACTIVE' })
  })

  test.each([0, 1.5, '1', null])('a revision of %s is none', async revision => {
    const { id } = await createGoal(john)
    const reply = await jane.put<Problem>(`/api/goals/${id}/approve`, { revision })
    expect([reply.status, fieldsOf(reply.body)]).toEqual([422, ['revision']])
  })
})
