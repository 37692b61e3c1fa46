/** For whom a goal may not be set, what no body can bring about, and deciding on what one has not read. */
import type { GoalAction, GoalDetail } from '@pms/contract'
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
import {
  act,
  assignGoal,
  attempt,
  createGoal,
  inboxOf,
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
    const reply = await withoutTrace(server, () => rest().post<Problem>('/api/goals/assign', body(to().id)))
    expect(reply.status).toBe(403)
    expect(reply.body).toMatchObject({ code: 'forbidden' })
  })

  test('to a peer: 403', async () => {
    const peer = await added('Pia Peer', 'active')
    expect((await withoutTrace(server, () => john.post('/api/goals/assign', body(peer.id)))).status).toBe(403)
  })

  test('two levels down is allowed', async () => {
    const goal = await assignGoal(await server.as(cast.mary), cast.john)
    expect(goal).toMatchObject({ status: 'PENDING_ACCEPTANCE', owner: { id: cast.john.id } })
  })

  test('to somebody unknown: 422', async () => {
    const reply = await withoutTrace(server, () => jane.post<Problem>('/api/goals/assign', body(NOBODY)))
    expect([reply.status, problemFields(reply.body)]).toEqual([422, ['assigned_to_user_id']])
  })

  test.each(['suspended', 'archived', 'on_leave'] as const)('to somebody who is %s: 422', async status => {
    const person = await added(`Gone ${status}`, status)
    const reply = await withoutTrace(server, () => jane.post<Problem>('/api/goals/assign', body(person.id)))
    expect([reply.status, problemFields(reply.body)]).toEqual([422, ['assigned_to_user_id']])
    expect(reply.body.code).toBe('assignee_not_active')
  })

  test.each([
    ['no assignee', personal, 'assigned_to_user_id'],
    ['a name for an id', { ...personal, assigned_to_user_id: 'John Doe' }, 'assigned_to_user_id'],
    ['a goal of the organisation', () => ({ ...body(cast.john.id), type: 'YEARLY', quarter: null }), 'type'],
    ['no quarter', () => ({ ...body(cast.john.id), quarter: null }), 'quarter'],
  ])('with %s: 422', async (_, made, field) => {
    const sent = typeof made === 'function' ? made() : made
    const reply = await withoutTrace(server, () => jane.post<Problem>('/api/goals/assign', sent))
    expect(reply.status).toBe(422)
    expect(problemFields(reply.body)).toEqual([field])
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

  test.each<[GoalAction, () => Promise<GoalDetail>, () => Rest, () => Rest, object]>([
    ['reject', () => createGoal(john), () => john, () => jane, { reason: 'Too vague' }],
    ['accept', () => assignGoal(jane, cast.john), () => jane, () => john, {}],
    ['decline', () => assignGoal(jane, cast.john), () => jane, () => john, { reason: 'No time' }],
  ])('to %s is refused like that, too', async (action, make, writer, decider, body) => {
    const { id, status: before } = await make()
    await act(writer(), id, 'edit', { title: 'Learn Rust' })
    const refused = await attempt(decider(), id, action, { ...body, revision: 1 })
    expect(refused).toMatchObject({ status: 409, body: { current_status: before } })
    expect((await readGoal(john, id)).status).toBe(before)
    await act(decider(), id, action, { ...body, revision: 2 })
  })

  test.each([0, 1.5, '1', null])('a revision of %s is none', async revision => {
    const { id } = await createGoal(john)
    const reply = await jane.put<Problem>(`/api/goals/${id}/approve`, { revision })
    expect([reply.status, problemFields(reply.body)]).toEqual([422, ['revision']])
  })
})
