/** What a goal, and what goes with each action, must not be: each field that is wrong is named, and nothing is stored. */
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type addOrganisation, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import {
  act,
  assignGoal,
  attempt,
  createGoal,
  NOBODY,
  personal,
  problemFields,
  readGoal,
  withoutTrace,
} from './goal-calls.ts'

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
    const reply = await withoutTrace(server, () => john.post<Problem>('/api/goals', body))
    expect(reply.status).toBe(422)
    expect(reply.body).toMatchObject({ status: 422, code: 'invalid_input' })
    expect(problemFields(reply.body)?.sort()).toEqual(fields.sort())
  })

  test.each(['{"title": "x"', 'title=x', '{title: "x"}', 'undefined'])(
    'text that is no JSON: %s',
    async text => {
      const reply = await withoutTrace(server, () => john.post<Problem>('/api/goals', text))
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
    const reply = await withoutTrace(server, () =>
      hana.post<Problem>('/api/goals', { ...personal, type, ...changes }),
    )
    expect(reply.status).toBe(422)
    expect(problemFields(reply.body)).toEqual([field])
  })

  test.each(['YEARLY', 'QUARTERLY'] as const)('a %s goal by somebody who keeps none', async type => {
    const body = { ...personal, type, quarter: type === 'YEARLY' ? null : 'Q1' }
    for (const rest of [
      john,
      jane,
      await server.as(await server.addPerson(`Adam ${type}`, { role: 'admin' })),
    ])
      expect((await withoutTrace(server, () => rest.post('/api/goals', body))).status).toBe(403)
  })
})

describe('goals that serve goals', () => {
  test('somebody else’s that one cannot see cannot be served', async () => {
    const peer = await server.as(await server.addPerson('Pete Peer', { supervisor: cast.jane }))
    const { id } = await createGoal(peer)
    const reply = await john.post<Problem>('/api/goals', { ...personal, parent_goal_id: id })
    expect([reply.status, problemFields(reply.body)]).toEqual([422, ['parent_goal_id']])
  })

  test('not themselves, and none in a ring, however long', async () => {
    const first = await createGoal(john)
    const second = await createGoal(john, { parent_goal_id: first.id })
    const third = await createGoal(john, { parent_goal_id: second.id })
    expect(third.parent_goal).toEqual({ id: second.id, title: second.title })
    for (const parent of [first, second, third]) {
      const { status, body } = await attempt(john, first.id, 'edit', { parent_goal_id: parent.id })
      expect([status, problemFields(body as Problem)]).toEqual([422, ['parent_goal_id']])
    }
    expect(await act(john, third.id, 'edit', { parent_goal_id: first.id })).toMatchObject({ revision: 2 })
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
      expect([reply.status, problemFields(reply.body)]).toEqual([422, ['reason']])
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
    expect([reply.status, problemFields(reply.body)]).toEqual([422, [field]])
    expect((await readGoal(john, id)).progress).toBe(0)
  })

  test('an edit that changes nothing anybody may change', async () => {
    const { id } = await createGoal(john)
    const reply = await john.patch<Problem>(`/api/goals/${id}`, {})
    expect([reply.status, problemFields(reply.body)]).toEqual([422, ['body']])
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
