/** The tree of the organisation's goals, level by level: who sees what of it, what filters leave, and how it is paged. */
import type { GoalBranchPage } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { act, assignGoal, createGoal, NOBODY } from './goal-calls.ts'

let server: TestServer
let john: Rest
let jane: Rest
let hana: Rest
let stranger: Rest
/** By what they are called in the drawing. */
const ids = new Map<string, string>()
const idOf = (title: string) => ids.get(title) ?? NOBODY

/*
 * Grow 2027 ── Serve Q1 ── Answer calls (John's, active) ── Learn Go (John's)
 *      │           └────── Visit customers (Jane's)
 *      └────── Serve Q2
 * Hidden aim (Jane's) ── Odd one 2027 (a year's goal that is part of a person's)
 * Save 2026
 */
beforeAll(async () => {
  server = await startServer()
  const cast = await server.addOrganisation()
  john = await server.as(cast.john)
  jane = await server.as(cast.jane)
  hana = await server.as(cast.hana)
  stranger = await server.as(await server.addPerson('Sam Stranger'))
  const add = async (rest: Rest, title: string, parent: string | null, changes: object) => {
    const goal = await createGoal(rest, { title, parent_goal_id: parent && idOf(parent), ...changes })
    ids.set(title, goal.id)
  }
  const yearly = { type: 'YEARLY', quarter: null }
  const quarterly = (quarter: string) => ({ type: 'QUARTERLY', quarter })
  await add(hana, 'Save', null, { ...yearly, year: 2026 })
  await add(hana, 'Grow', null, yearly)
  await add(hana, 'Serve Q2', 'Grow', quarterly('Q2'))
  await add(hana, 'Serve Q1', 'Grow', quarterly('Q1'))
  const { id } = await assignGoal(jane, cast.john, {
    title: 'Answer calls',
    parent_goal_id: idOf('Serve Q1'),
  })
  ids.set('Answer calls', id)
  await act(john, id, 'accept')
  await add(john, 'Learn Go', 'Answer calls', {})
  await add(jane, 'Visit customers', 'Serve Q1', {})
  await add(jane, 'Hidden aim', null, {})
  await add(await server.as(cast.ada), 'Odd one', null, yearly)
  // What a keeper sees may be served by a goal of everybody's.
  await server.app.database.transaction(tx =>
    tx.db
      .updateTable('goals')
      .set({ parent_goal_id: idOf('Hidden aim') })
      .where('id', '=', idOf('Odd one'))
      .execute(),
  )
})
afterAll(() => server.close())

const read = (rest: Rest, query = '') => rest.get<GoalBranchPage>(`/api/goals/tree?${query}`)
const beneath = (title: string) => `parent_goal_id=${idOf(title)}`

/** The goals of a level, each with how many are beneath. */
async function level(rest: Rest, query = ''): Promise<string[]> {
  const { status, body } = await read(rest, query)
  expect([status, body.total]).toEqual([200, body.items.length])
  return body.items.map(({ title, children }) => `${title} ${children}`)
}

describe('the top', () => {
  test('yearly and quarterly goals that are part of none of them, the latest year first', async () => {
    expect(await level(stranger)).toEqual(['Grow 2', 'Odd one 0', 'Save 0'])
  })

  test('is the same for who may see everything, and for the owner of what is above', async () => {
    for (const rest of [hana, jane]) expect(await level(rest)).toEqual(['Grow 2', 'Odd one 0', 'Save 0'])
  })
})

describe('what is part of a goal', () => {
  test('the quarters in their order; personal goals are counted for those who see them', async () => {
    const counts = await Promise.all([stranger, john, jane, hana].map(rest => level(rest, beneath('Grow'))))
    expect(counts.map(([first]) => first)).toEqual(['Serve Q1 0', 'Serve Q1 1', 'Serve Q1 2', 'Serve Q1 2'])
    expect(counts[0]?.slice(1)).toEqual(['Serve Q2 0'])
  })

  test('personal goals show to their owner, to those above and to HR, and to nobody else', async () => {
    expect(await level(stranger, beneath('Serve Q1'))).toEqual([])
    expect(await level(john, beneath('Serve Q1'))).toEqual(['Answer calls 1'])
    expect(await level(jane, beneath('Serve Q1'))).toEqual(['Answer calls 1', 'Visit customers 0'])
    expect(await level(hana, beneath('Serve Q1'))).toEqual(['Answer calls 1', 'Visit customers 0'])
    expect(await level(jane, beneath('Answer calls'))).toEqual(['Learn Go 0'])
  })

  test.each(['Answer calls', 'Hidden aim', 'what nobody has set'])(
    'of %s a stranger gets 404',
    async title => {
      const { status, body } = await stranger.get<Problem>(`/api/goals/tree?${beneath(title)}`)
      expect([status, body.code]).toEqual([404, 'not_found'])
    },
  )

  test('without a session: 401; of what is no id: 422', async () => {
    expect((await server.rest().get('/api/goals/tree')).status).toBe(401)
    expect((await john.get('/api/goals/tree?parent_goal_id=Grow')).status).toBe(422)
  })

  test('each says what its reader can do with it, as everywhere', async () => {
    const { body } = await read(jane, beneath('Serve Q1'))
    expect(body.items[0]).toMatchObject({ status: 'ACTIVE', allowed_actions: ['achieve', 'discard'] })
  })
})

describe('filters', () => {
  test('hold on every level, and what is beneath something left out stands at the top', async () => {
    expect(await level(jane, 'quarter=Q1')).toEqual(['Serve Q1 2'])
    expect(await level(jane, `quarter=Q2&${beneath('Grow')}`)).toEqual(['Serve Q2 0'])
    expect(await level(jane, 'search=SERVE')).toEqual(['Serve Q1 0', 'Serve Q2 0'])
    expect(await level(jane, 'status=ACTIVE&year=2027&search=r')).toEqual(['Grow 2'])
    expect(await level(jane, `status=ACTIVE&${beneath('Serve Q1')}`)).toEqual(['Answer calls 0'])
    expect(await level(jane, 'year=2026')).toEqual(['Save 0'])
    expect(await level(jane, 'status=DISCARDED')).toEqual([])
  })
})

test('a level comes in pages', async () => {
  const pages = await Promise.all([0, 1, 2].map(skip => read(stranger, `limit=1&skip=${skip}`)))
  expect(pages.map(({ body }) => [body.items[0]?.title, body.total, body.next_cursor])).toEqual([
    ['Grow', 3, '1'],
    ['Odd one', 3, '2'],
    ['Save', 3, null],
  ])
})
