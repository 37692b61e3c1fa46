/** Freezing a quarter: who may, what it keeps from being written, who is told. What it locks: goals-transitions. */
import type { GoalFreeze, GoalFreezePage } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type addOrganisation,
  createTestClock,
  type Rest,
  startServer,
  type TestServer,
  type TestSocket,
} from '../src/testing/index.ts'
import {
  act,
  assignGoal,
  attempt,
  createGoal,
  heard,
  heardTypes,
  NOBODY,
  personal,
  problemFields,
  readGoal,
  withoutTrace,
} from './goal-calls.ts'

type Cast = Awaited<ReturnType<typeof addOrganisation>>

const FREEZES = '/api/goal-freezes'
const Q1 = { year: 2027, quarter: 'Q1' } as const
const Q2 = { year: 2027, quarter: 'Q2' } as const

let server: TestServer
let cast: Cast
let rests: Record<keyof Cast, Rest>

/** In Lagos the first of April has begun. */
beforeEach(async () => {
  server = await startServer({
    clock: createTestClock('2027-03-31T23:30:00.000Z'),
    env: { TIME_ZONE: 'Africa/Lagos' },
  })
  cast = await server.addOrganisation()
  const entries = Object.entries(cast).map(async ([who, person]) => [who, await server.as(person)] as const)
  rests = Object.fromEntries(await Promise.all(entries)) as Record<keyof Cast, Rest>
  return () => server.close()
})

async function freeze(body: object = Q1, rest: Rest = rests.hana): Promise<GoalFreeze> {
  const reply = await rest.post<GoalFreeze>(FREEZES, body)
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return reply.body
}

const frozenNow = async (query = '') => (await rests.john.get<GoalFreezePage>(`${FREEZES}?${query}`)).body

test('HR and who may do everything freeze and unfreeze; all see it', async () => {
  const admin = await server.as(await server.addPerson('Adam Able', { role: 'admin' }))
  const keepers = [rests.hana, rests.ada]
  for (const rest of [...Object.values(rests), admin]) {
    const isKeeper = keepers.includes(rest)
    const { id } = await freeze()
    const [seen] = (await rest.get<GoalFreezePage>(FREEZES)).body.items
    expect(seen).toEqual({
      id,
      ...Q1,
      reason: null,
      frozen_by: { id: cast.hana.id, name: 'Hana Sato' },
      frozen_at: '2027-03-31T23:30:00.000Z',
      allowed_actions: isKeeper ? ['unfreeze'] : [],
    })
    expect((await rest.delete(`${FREEZES}/${id}`)).status).toBe(isKeeper ? 200 : 403)
    expect((await frozenNow()).total).toBe(isKeeper ? 0 : 1)
    await rests.hana.delete(`${FREEZES}/${id}`)

    const { status, body } = await rest.post<GoalFreeze>(FREEZES, Q2)
    expect(status).toBe(isKeeper ? 201 : 403)
    expect((await frozenNow()).total).toBe(isKeeper ? 1 : 0)
    if (isKeeper) await rests.hana.delete(`${FREEZES}/${body.id}`)
  }
})

describe('a quarter that is frozen', () => {
  test('cannot be frozen again: 409 with who did it, when in the time zone of the organisation, and why', async () => {
    await freeze({ ...Q1, reason: 'Audit' })
    const { status, body } = await rests.ada.post<Problem>(FREEZES, Q1)
    expect(status).toBe(409)
    expect(body).toMatchObject({
      code: 'quarter_frozen',
      current_status: 'FROZEN',
      detail: 'Q1 2027 was frozen by Hana Sato on 1 April 2027. Reason: Audit',
    })
    expect((await frozenNow()).total).toBe(1)
  })

  test('of two who freeze it at once one does', async () => {
    const replies = await Promise.all([rests.hana.post(FREEZES, Q1), rests.ada.post(FREEZES, Q1)])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await frozenNow()).total).toBe(1)
  })

  test('leaves every other quarter as it is', async () => {
    const { id } = await createGoal(rests.john, { quarter: 'Q2' })
    const nextYear = await createGoal(rests.john, { year: 2028 })
    await freeze()
    await act(rests.john, id, 'edit')
    await act(rests.john, nextYear.id, 'edit')
    await freeze(Q2)
    await freeze({ year: 2028, quarter: 'Q1' })
    expect((await attempt(rests.john, id, 'edit')).status).toBe(409)
  })

  test('leaves goals of the year as they are', async () => {
    const { id } = await createGoal(rests.hana, { type: 'YEARLY', quarter: null })
    for (const quarter of ['Q1', 'Q2', 'Q3', 'Q4']) await freeze({ year: 2027, quarter })
    expect((await act(rests.hana, id, 'progress')).allowed_actions).toContain('progress')
    await createGoal(rests.hana, { type: 'YEARLY', quarter: null })
  })

  test.each<[string, () => Promise<{ status: number; body: unknown }>]>([
    ['by setting one', () => rests.john.post('/api/goals', personal)],
    [
      'by assigning one',
      () => rests.jane.post('/api/goals/assign', { ...personal, assigned_to_user_id: cast.john.id }),
    ],
    [
      'by setting one of the organisation',
      () => rests.hana.post('/api/goals', { ...personal, type: 'QUARTERLY' }),
    ],
  ])('gets no more goals %s', async (_, add) => {
    await freeze()
    const { status, body } = await withoutTrace(server, add)
    expect([status, body]).toEqual([409, expect.objectContaining({ code: 'quarter_frozen' })])
  })

  test('gets none from another quarter either, by an edit or with one that is sent again', async () => {
    const moved = await createGoal(rests.john, { quarter: 'Q2' })
    const rejected = await createGoal(rests.john, { quarter: 'Q2' })
    await act(rests.jane, rejected.id, 'reject')
    await freeze()
    for (const [id, action] of [
      [moved.id, 'edit'],
      [rejected.id, 'resubmit'],
    ] as const) {
      const before = await readGoal(rests.john, id)
      const { status, body } = await attempt(rests.john, id, action, { quarter: 'Q1' })
      expect(status).toBe(409)
      expect(body).toMatchObject({ code: 'quarter_frozen', current_status: before.status })
      expect(await readGoal(rests.john, id)).toEqual(before)
    }
  })

  test('does not hold up what waits: it is still approved and accepted', async () => {
    const own = await createGoal(rests.john)
    const given = await assignGoal(rests.jane, cast.john)
    await freeze()
    expect(await act(rests.jane, own.id, 'approve')).toMatchObject({
      status: 'ACTIVE',
      allowed_actions: ['achieve', 'discard'],
    })
    expect(await act(rests.john, given.id, 'accept')).toMatchObject({ status: 'ACTIVE', allowed_actions: [] })
  })
})

describe('lifting it', () => {
  test('opens the quarter; a second time it is 409 with who did it, and it can be frozen anew', async () => {
    const { id: goalId } = await createGoal(rests.john)
    const { id } = await freeze()
    expect((await attempt(rests.john, goalId, 'edit')).status).toBe(409)
    expect((await rests.ada.delete(`${FREEZES}/${id}`)).body).toEqual({ message: 'Quarter unfrozen' })
    expect((await act(rests.john, goalId, 'edit')).allowed_actions).toEqual(['edit'])

    const again = await rests.hana.delete<Problem>(`${FREEZES}/${id}`)
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({
      code: 'wrong_state',
      current_status: 'UNFROZEN',
      detail: 'Q1 2027 was unfrozen by Ada Admin on 1 April 2027',
    })
    expect((await freeze()).id).not.toBe(id)
    expect((await attempt(rests.john, goalId, 'edit')).status).toBe(409)
  })

  test('of what is none: 404', async () => {
    expect((await rests.hana.delete(`${FREEZES}/${NOBODY}`)).status).toBe(404)
    expect((await rests.john.delete(`${FREEZES}/${NOBODY}`)).status).toBe(404)
  })
})

test('the list shows those in force, the newest first, a page at a time', async () => {
  const [first, second] = [await freeze(), await freeze(Q2)]
  const third = await freeze({ year: 2028, quarter: 'Q1' })
  await rests.hana.delete(`${FREEZES}/${second.id}`)
  const ids = (page: GoalFreezePage) => page.items.map(({ id }) => id)
  expect(ids(await frozenNow())).toEqual([third.id, first.id])
  expect(ids(await frozenNow('year=2027'))).toEqual([first.id])
  expect(ids(await frozenNow('year=2028&quarter=Q1'))).toEqual([third.id])
  expect(ids(await frozenNow('year=2028&quarter=Q2'))).toEqual([])
  expect(await frozenNow('limit=1')).toMatchObject({ items: [{ id: third.id }], total: 2, next_cursor: '1' })
  expect(await frozenNow('limit=1&skip=1')).toMatchObject({ items: [{ id: first.id }], next_cursor: null })
})

test.each([
  [{ quarter: 'Q1' }, 'year'],
  [{ year: 2027 }, 'quarter'],
  [{ year: 2027, quarter: 'Q5' }, 'quarter'],
  [{ year: 1999, quarter: 'Q1' }, 'year'],
])('freezing %j: 422', async (body, field) => {
  const reply = await rests.hana.post<Problem>(FREEZES, body)
  expect([reply.status, problemFields(reply.body)]).toEqual([422, [field]])
})

test('everybody’s open pages hear of it, the doer’s own too; of what was refused nobody', async () => {
  const sockets = await Promise.all(
    Object.values(cast).map(async person => {
      const socket = await server.socket(person, { query: { since: '0' } })
      await socket.next('sync')
      return socket
    }),
  )
  const plain = await server.socket(cast.john)
  const isFreeze = ({ resource }: Record<string, unknown>) => resource === 'goal_freeze'
  // What all may see is told in turns.
  const told = async (socket: TestSocket) => {
    await socket.until(isFreeze)
    return (await heard(socket)).filter(isFreeze)
  }
  const { id } = await freeze()
  expect((await rests.hana.post(FREEZES, Q1)).status).toBe(409)
  expect((await rests.john.delete(`${FREEZES}/${id}`)).status).toBe(403)
  for (const socket of sockets) {
    expect(await told(socket)).toEqual([{ type: 'resource_changed', resource: 'goal_freeze', id }])
  }
  await rests.ada.delete(`${FREEZES}/${id}`)
  for (const socket of sockets) {
    expect(await told(socket)).toHaveLength(2)
  }
  expect(await heardTypes(plain)).toEqual([])
})

test('freezing and lifting leave their rows in the audit trail', async () => {
  const { id } = await freeze({ ...Q1, reason: 'Audit' })
  await rests.ada.delete(`${FREEZES}/${id}`)
  const rows = await server.app.database.db
    .selectFrom('audit')
    .where('object_type', '=', 'goal_freeze')
    .where('object_id', '=', id)
    .orderBy('id')
    .select(['action', 'actor_name', 'detail'])
    .execute()
  expect(rows.map(row => ({ ...row, detail: JSON.parse(row.detail) }))).toEqual([
    { action: 'goal_freeze.frozen', actor_name: 'Hana Sato', detail: { ...Q1, reason: 'Audit' } },
    { action: 'goal_freeze.unfrozen', actor_name: 'Ada Admin', detail: Q1 },
  ])
})
