/** Assigning one goal to many: each of them on its own, and told what became of each. */
import type { BulkAssignGoalResult, GoalPage } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type addOrganisation, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { breakTable } from './broken-table.ts'
import {
  about,
  heardTypes,
  inboxOf,
  NOBODY,
  personal,
  problemFields,
  readGoal,
  withoutTrace,
} from './goal-calls.ts'

let server: TestServer
let cast: Awaited<ReturnType<typeof addOrganisation>>
let jane: Rest
let mary: Rest

beforeAll(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  jane = await server.as(cast.jane)
  mary = await server.as(cast.mary)
})
afterAll(() => server.close())

const bulk = <T = BulkAssignGoalResult>(rest: Rest, ids: unknown, changes: object = {}) =>
  rest.post<T>('/api/goals/bulk-assign', { ...personal, ...changes, user_ids: ids })

/** What became of each, in short: the code of the problem, or ok. */
const codes = ({ results }: BulkAssignGoalResult) =>
  results.map(({ ok, problem, goal_id }) => (ok && goal_id !== undefined ? 'ok' : problem?.code))

test('everybody gets a goal of their own, and is told live and in the inbox; who assigned it is told nothing', async () => {
  const jim = await server.addPerson('Jim Poe', { supervisor: cast.jane })
  const sockets = [await server.socket(cast.john), await server.socket(jim)]
  const own = await server.socket(cast.jane)
  const other = await server.socket(cast.mary)
  const { status, body } = await bulk(jane, [jim.id, cast.john.id], { end_date: '2027-03-31' })
  expect([status, codes(body)]).toEqual([200, ['ok', 'ok']])
  expect(body.results.map(({ user_id }) => user_id)).toEqual([jim.id, cast.john.id])

  for (const [row, person] of [jim, cast.john].entries()) {
    const goalId = body.results[row]?.goal_id ?? ''
    const goal = await readGoal(await server.as(person), goalId)
    expect(goal).toMatchObject({
      title: 'Learn Go',
      status: 'PENDING_ACCEPTANCE',
      end_date: '2027-03-31',
      owner: { id: person.id },
      assigned_by: { id: cast.jane.id },
    })
    const told = await sockets[row === 0 ? 1 : 0]?.next('new_notification')
    expect(told?.notification).toMatchObject({
      type: 'goal_assigned',
      message: "Jane Smith has assigned you a new goal: 'Learn Go'. Please review and accept or decline.",
      action_url: `/goals/${goalId}/respond`,
    })
    expect(await about(await server.as(person), goalId)).toMatchObject([
      { type: 'goal_assigned', is_read: false },
    ])
  }
  expect((await inboxOf(jane)).total).toBe(0)
  expect(await heardTypes(own)).toEqual([])
  expect(await heardTypes(other)).toEqual([])
})

test('who cannot be assigned one stops nobody else, and the reason stands in the row', async () => {
  const leaver = await server.addPerson('Lea Ver', { supervisor: cast.jane, status: 'on_leave' })
  const peer = await server.addPerson('Pia Peer', { supervisor: cast.mary })
  const kim = await server.addPerson('Kim Poe', { supervisor: cast.john })
  const ids = [cast.jane.id, NOBODY, leaver.id, cast.john.id, peer.id, cast.mary.id, kim.id]
  const { status, body } = await bulk(jane, ids, { title: 'Learn C' })
  expect(status).toBe(200)
  expect(codes(body)).toEqual([
    'forbidden',
    'invalid_input',
    'assignee_not_active',
    'ok',
    'forbidden',
    'forbidden',
    'ok',
  ])
  expect(body.results.map(({ user_id }) => user_id)).toEqual(ids)
  expect(body.results.map(({ problem }) => problem?.status)).toEqual([
    403,
    422,
    422,
    undefined,
    403,
    403,
    undefined,
  ])
  expect(body.results[4]?.problem?.detail).toBe('You can assign goals to people below you; Pia Peer is not')
  expect(await owners('Learn C')).toEqual(['John Doe', 'Kim Poe'])
})

test('what goes wrong in one row without anybody’s fault is kept to it, and logged', async () => {
  const tim = await server.addPerson('Tim Poe', { supervisor: cast.jane })
  const joy = await server.addPerson('Joy Ray', { supervisor: cast.jane })
  const mend = await breakTable(server.app.database.db, {
    table: 'goal_events',
    on: 'insert',
    message: 'disk of glass',
    when: `(select owner_id from goals where id = new.goal_id) = '${tim.id}'`,
  })
  const { body } = await bulk(jane, [cast.john.id, tim.id, joy.id], { title: 'Learn Zig' })
  expect(codes(body)).toEqual(['ok', 'internal_error', 'ok'])
  expect(JSON.stringify(body)).not.toContain('glass')
  expect(server.log.join('')).toContain('disk of glass')
  expect(await owners('Learn Zig')).toEqual(['John Doe', 'Joy Ray'])
  expect((await inboxOf(await server.as(tim))).total).toBe(0)
  await mend()
})

test('into a quarter that is frozen: 409 in each row', async () => {
  await (await server.as(cast.hana)).post('/api/goal-freezes', { year: 2027, quarter: 'Q4' })
  const { body } = await withoutTrace(server, () =>
    bulk(mary, [cast.john.id, cast.jane.id], { quarter: 'Q4' }),
  )
  expect(codes(body)).toEqual(['quarter_frozen', 'quarter_frozen'])
})

describe('what is wrong for all is said once: 422, and nobody gets a goal', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => NOBODY.slice(0, -3) + (100 + at))

  test.each<[string, () => unknown, object, string]>([
    ['nobody', () => [], {}, 'user_ids'],
    ['more than 200', () => many(201), {}, 'user_ids'],
    ['one of them twice', () => [cast.john.id, cast.john.id], {}, 'user_ids'],
    ['a name for an id', () => ['John Doe'], {}, 'user_ids.0'],
    ['no title', () => [cast.john.id], { title: '' }, 'title'],
    ['no quarter', () => [cast.john.id], { quarter: null }, 'quarter'],
    ['a goal of the year', () => [cast.john.id], { type: 'YEARLY' }, 'type'],
    [
      'an end before the start',
      () => [cast.john.id],
      { start_date: '2027-02-01', end_date: '2027-01-01' },
      'end_date',
    ],
    ['a parent that is none', () => [cast.john.id], { parent_goal_id: NOBODY }, 'parent_goal_id'],
  ])('%s', async (_, ids, changes, field) => {
    const reply = await withoutTrace(server, () => bulk<Problem>(jane, ids(), changes))
    expect([reply.status, problemFields(reply.body)]).toEqual([422, [field]])
  })

  test('200 are not too many', async () => {
    const { status, body } = await withoutTrace(server, () => bulk(jane, many(200)))
    expect([status, body.results.length]).toEqual([200, 200])
  })
})

/** Names of all who have a goal of this title. */
async function owners(title: string): Promise<string[]> {
  const { body } = await (await server.as(cast.ada)).get<GoalPage>(`/api/goals?limit=100&search=${title}`)
  return body.items.map(({ owner }) => owner.name).sort()
}
