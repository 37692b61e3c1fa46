/** Letting somebody go: their open work goes to another person, or they stay. */
import type { AuditPage, DelegationPage, GoalDetail, OpenWork, UserProfile } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Person, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { act, assignGoal, createGoal, readGoal } from './goal-calls.ts'
import { delegate, inbox, type Refusal, setStatus } from './people-calls.ts'

let server: TestServer
let cast: Record<'mary' | 'jane' | 'john' | 'ben' | 'lea' | 'hana', Person>
let asHana: Rest

/** Lea reports to John, John to Jane, Jane and Ben to Mary; Hana is HR. */
beforeEach(async () => {
  server = await startServer()
  const { addPerson } = server
  const mary = await addPerson('Mary Okafor')
  const jane = await addPerson('Jane Smith', { supervisor: mary })
  const john = await addPerson('John Doe', { supervisor: jane })
  cast = {
    mary,
    jane,
    john,
    ben: await addPerson('Ben Carter', { supervisor: mary }),
    lea: await addPerson('Lea Lund', { supervisor: john }),
    hana: await addPerson('Hana Sato', { role: 'hr' }),
  }
  asHana = await server.as(cast.hana)
  return () => server.close()
})

const archive = (person: Person, body: object = {}) =>
  asHana.put<UserProfile & Refusal>(`/api/users/${person.id}/archive`, body)
const handOver = async (from: Person, to: Person) => {
  const { status, body } = await archive(from, { handover_to: to.id })
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.status).toBe('archived')
}
const openWork = async (person: Person) =>
  (await asHana.get<OpenWork>(`/api/users/${person.id}/open-work`)).body
const bossOf = async (person: Person) =>
  (await asHana.get<UserProfile>(`/api/users/${person.id}`)).body.supervisor?.name ?? null
const openRequests = async (person: Person) =>
  (await inbox(server, person))
    .filter(item => item.needs_action && item.resolved_at === null)
    .map(item => item.message)

/** An active goal of one's own. */
async function activeGoal(owner: Person, approver: Person): Promise<GoalDetail> {
  const { id } = await createGoal(await server.as(owner))
  return act(await server.as(approver), id, 'approve')
}

test('who has no open work just goes; their sessions and sockets end', async () => {
  const socket = await server.socket(cast.lea)
  const rest = await server.as(cast.lea)
  const { status, body } = await archive(cast.lea)
  expect([status, body.status, body.allowed_actions]).toEqual([
    200,
    'archived',
    ['set_status', 'read_history', 'export_data', 'erase'],
  ])
  expect((await socket.closed).code).toBe(4403)
  expect((await rest.get('/api/goals')).status).toBe(401)
})

describe('open work', () => {
  test('keeps somebody until it is said who takes it over: it is listed by kind', async () => {
    await activeGoal(cast.john, cast.jane)
    await createGoal(await server.as(cast.john))
    expect(await openWork(cast.john)).toEqual({
      items: [
        { kind: 'reports', count: 1 },
        { kind: 'goals', count: 2 },
      ],
      total: 3,
    })
    const { status, body } = await archive(cast.john)
    expect([status, body.code, body.current_status]).toEqual([409, 'open_work', 'active'])
    expect(body.detail).toBe(
      'John Doe has open work (1 reports, 2 goals): say in handover_to who takes it over',
    )
    expect(body.errors?.map(({ message }) => message)).toEqual(['1 reports', '2 goals'])
    expect((await asHana.get<UserProfile>(`/api/users/${cast.john.id}`)).body.status).toBe('active')
    expect(await bossOf(cast.lea)).toBe('John Doe')
  })

  test('is only what is open', async () => {
    const goal = await activeGoal(cast.lea, cast.john)
    await act(await server.as(cast.john), goal.id, 'discard')
    await asHana.put(`/api/users/${cast.lea.id}/archive`, {})
    expect(await openWork(cast.john)).toEqual({ items: [], total: 0 })
  })

  test('is told to who keeps accounts only, and of somebody who is there', async () => {
    const path = `/api/users/${cast.john.id}/open-work`
    expect((await (await server.as(cast.jane)).get(path)).status).toBe(403)
    expect((await asHana.get(`/api/users/${crypto.randomUUID()}/open-work`)).status).toBe(404)
  })

  test.each(['themselves', 'nobody', 'who is away', 'who has left'] as const)('is not for %s', async who => {
    await setStatus(asHana, cast.ben, 'on_leave')
    await archive(cast.lea)
    const to = {
      themselves: cast.john.id,
      nobody: crypto.randomUUID(),
      'who is away': cast.ben.id,
      'who has left': cast.lea.id,
    }[who]
    const { status, body } = await archive(cast.john, { handover_to: to })
    expect([status, body.errors?.map(({ field }) => field)]).toEqual([422, ['handover_to']])
  })

  test('is written down with who took it over', async () => {
    await handOver(cast.john, cast.ben)
    const { body } = await asHana.get<AuditPage>(`/api/users/${cast.john.id}/history`)
    expect(body.items[0]).toMatchObject({
      action: 'user.status_changed',
      actor: { name: 'Hana Sato' },
      detail: {
        from: 'active',
        to: 'archived',
        handover_to: cast.ben.id,
        open_work: [{ kind: 'reports', count: 1 }],
      },
    })
  })
})

describe('reports', () => {
  test('report to who takes over', async () => {
    await handOver(cast.jane, cast.ben)
    expect([await bossOf(cast.john), await bossOf(cast.ben)]).toEqual(['Ben Carter', 'Mary Okafor'])
  })

  test('one of them takes over, and the place in the line with it', async () => {
    const pete = await server.addPerson('Pete Peer', { supervisor: cast.jane })
    await handOver(cast.jane, cast.john)
    expect([await bossOf(cast.john), await bossOf(pete), await bossOf(cast.lea)]).toEqual([
      'Mary Okafor',
      'John Doe',
      'John Doe',
    ])
  })

  test('somebody further below takes over: nobody ends up above themselves', async () => {
    await handOver(cast.jane, cast.lea)
    expect([await bossOf(cast.lea), await bossOf(cast.john)]).toEqual(['Mary Okafor', 'Lea Lund'])
  })

  test('the one above takes over', async () => {
    await handOver(cast.jane, cast.mary)
    expect([await bossOf(cast.john), await bossOf(cast.mary)]).toEqual(['Mary Okafor', null])
  })

  test('at the top one below takes over', async () => {
    await handOver(cast.mary, cast.jane)
    expect([await bossOf(cast.jane), await bossOf(cast.ben)]).toEqual([null, 'Jane Smith'])
  })
})

describe('goals', () => {
  test('that are active go on as somebody else’s; both see it in the history', async () => {
    const goal = await activeGoal(cast.lea, cast.john)
    await handOver(cast.lea, cast.ben)
    const after = await readGoal(await server.as(cast.ben), goal.id)
    expect(after).toMatchObject({ owner: { name: 'Ben Carter' }, status: 'ACTIVE' })
    expect(after.allowed_actions).toContain('progress')
    expect(after.history.at(-1)).toMatchObject({ event: 'handed_over', actor: { name: 'Hana Sato' } })
  })

  test('that wait for approval go to who decides about the new owner’s work; nobody else is asked', async () => {
    const { id } = await createGoal(await server.as(cast.lea))
    const asked = "Lea Lund has created a new goal 'Learn Go' that requires your approval."
    expect(await openRequests(cast.john)).toEqual([asked])
    await handOver(cast.lea, cast.ben)
    expect(await openRequests(cast.john)).toEqual([])
    expect(await openRequests(cast.mary)).toEqual([asked.replace('Lea Lund', 'Ben Carter')])
    const after = await act(await server.as(cast.mary), id, 'approve')
    expect(after).toMatchObject({ owner: { name: 'Ben Carter' }, status: 'ACTIVE' })
  })

  test('that wait for the same approver as before are asked about once', async () => {
    const { id } = await createGoal(await server.as(cast.jane))
    await handOver(cast.jane, cast.ben)
    expect(await openRequests(cast.mary)).toEqual([
      "Jane Smith has created a new goal 'Learn Go' that requires your approval.",
    ])
    await act(await server.as(cast.mary), id, 'approve')
  })

  test('that the new owner would have approved go one further up', async () => {
    const { id } = await createGoal(await server.as(cast.lea))
    await handOver(cast.lea, cast.john)
    expect(await openRequests(cast.john)).toEqual([])
    expect(await openRequests(cast.jane)).toHaveLength(1)
    expect((await (await server.as(cast.john)).put(`/api/goals/${id}/approve`)).status).toBe(403)
  })

  test('that were assigned and not yet accepted are to be accepted by the new owner', async () => {
    const { id } = await assignGoal(await server.as(cast.jane), cast.lea)
    await handOver(cast.lea, cast.ben)
    expect(await openRequests(cast.lea)).toEqual([])
    expect(await openRequests(cast.ben)).toEqual([
      "Jane Smith has assigned you a new goal: 'Learn Go'. Please review and accept or decline.",
    ])
    expect(await act(await server.as(cast.ben), id, 'accept')).toMatchObject({ status: 'ACTIVE' })
  })

  test('that go to who assigned them need somebody’s approval: nobody accepts from themselves', async () => {
    const { id } = await assignGoal(await server.as(cast.jane), cast.lea)
    await handOver(cast.lea, cast.jane)
    expect(await openRequests(cast.jane)).toEqual([])
    expect(await openRequests(cast.mary)).toEqual([
      "Jane Smith has created a new goal 'Learn Go' that requires your approval.",
    ])
    const asJane = await server.as(cast.jane)
    expect(await readGoal(asJane, id)).toMatchObject({ status: 'PENDING_APPROVAL', assigned_by: null })
    expect((await asJane.put(`/api/goals/${id}/approve`)).status).toBe(403)
    const accept = await asJane.put<Problem>(`/api/goals/${id}/accept`)
    expect([accept.status, accept.body.detail]).toEqual([
      409,
      'This goal was handed over by Hana Sato and is PENDING_APPROVAL now',
    ])
    await act(await server.as(cast.mary), id, 'approve')
  })
})

describe('what awaited them, and who stood in', () => {
  test('goes on: requests to them go along, and those days are theirs no more', async () => {
    const { id } = await createGoal(await server.as(cast.lea))
    await delegate(asHana, { user_id: cast.john.id, from: '2999-01-01', to: '2999-01-02', to_whom: cast.ben })
    await delegate(asHana, { user_id: cast.ben.id, from: '2999-01-01', to: '2999-01-02', to_whom: cast.john })
    await handOver(cast.john, cast.ben)
    expect(await openRequests(cast.ben)).toHaveLength(1)
    expect((await asHana.get<DelegationPage>('/api/delegations')).body.total).toBe(0)
    await act(await server.as(cast.ben), id, 'reject')
  })

  test('somebody who is back starts anew', async () => {
    await handOver(cast.john, cast.ben)
    await setStatus(asHana, cast.john, 'active')
    expect(await openWork(cast.john)).toEqual({ items: [], total: 0 })
    expect(await bossOf(cast.john)).toBe('Jane Smith')
    expect(await bossOf(cast.lea)).toBe('Ben Carter')
  })
})

test('it is all or nothing: what cannot be handed over keeps everything where it is', async () => {
  await assignGoal(await server.as(cast.mary), cast.jane)
  await setStatus(
    await server.as(await server.addPerson('Ada Admin', { role: 'super_admin' })),
    cast.hana,
    'suspended',
  )
  const adam = await server.addPerson('Adam Able', { role: 'admin' })
  const ada = await server.app.database.db
    .selectFrom('users')
    .select('id')
    .where('name', '=', 'Ada Admin')
    .executeTakeFirst()
  await server.app.database.transaction(tx =>
    tx.db
      .updateTable('users')
      .set({ status: 'on_leave' })
      .where('id', '=', ada?.id ?? '')
      .execute(),
  )
  // Nobody could approve what Mary, at the top, takes back.
  const asAdam = await server.as(adam)
  const reply = await asAdam.put<Problem>(`/api/users/${cast.jane.id}/archive`, { handover_to: cast.mary.id })
  expect([reply.status, reply.body.code]).toEqual([422, 'no_approver'])
  const profile = await asAdam.get<UserProfile>(`/api/users/${cast.john.id}`)
  expect(profile.body.supervisor?.name).toBe('Jane Smith')
  expect((await inbox(server, cast.jane)).map(item => item.resolved_at)).toEqual([null])
})
