/** Who is asked to approve, when the supervisor cannot; and that nobody ever approves their own. */
import { beforeEach, describe, expect, test } from 'vitest'
import { changePerson, type Person, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { about, act, attempt, createGoal, inboxOf, personal, readGoal } from './goal-calls.ts'

let server: TestServer
let john: Person
let jane: Person
let mary: Person

/** John reports to Jane, Jane to Mary. Whoever may approve for all is added where it matters. */
beforeEach(async () => {
  server = await startServer()
  mary = await server.addPerson('Mary Okafor')
  jane = await server.addPerson('Jane Smith', { supervisor: mary })
  john = await server.addPerson('John Doe', { supervisor: jane })
  return () => server.close()
})

const addHr = (name: string) => server.addPerson(name, { role: 'hr' })

/** Names of those who are asked, as the goal tells and as the inboxes show. */
async function asked(owner: Person, ...others: Person[]): Promise<{ shown: string[]; notified: string[] }> {
  const goal = await createGoal(await server.as(owner))
  const notified: string[] = []
  for (const person of [owner, ...others]) {
    const requests = await about(await server.as(person), goal.id)
    notified.push(...requests.map(() => person.name))
  }
  return { shown: goal.waiting_on.map(({ name }) => name), notified }
}

const only = (...names: string[]) => ({ shown: names, notified: names })

describe('who is asked', () => {
  test('the supervisor, and nobody else', async () => {
    const hana = await addHr('Hana Sato')
    expect(await asked(john, jane, mary, hana)).toEqual(only('Jane Smith'))
  })

  test('one step up while the supervisor is on leave', async () => {
    await changePerson(server.app, jane, { status: 'on_leave' })
    expect(await asked(john, jane, mary)).toEqual(only('Mary Okafor'))
  })

  test.each(['suspended', 'archived'] as const)('one step up when the supervisor is %s', async status => {
    await changePerson(server.app, jane, { status })
    expect(await asked(john, mary)).toEqual(only('Mary Okafor'))
    const row = await server.app.database.db
      .selectFrom('notifications')
      .where('user_id', '=', jane.id)
      .selectAll()
      .executeTakeFirst()
    expect(row).toBeUndefined()
  })

  test('each of those who may approve for all, once, when nobody above is active', async () => {
    const [ada, gone] = [
      await server.addPerson('Ada Admin', { role: 'super_admin' }),
      await addHr('Gone Away'),
    ]
    const hana = await addHr('Hana Sato')
    const adam = await server.addPerson('Adam Able', { role: 'admin' })
    await changePerson(server.app, gone, { status: 'on_leave' })
    for (const boss of [jane, mary]) await changePerson(server.app, boss, { status: 'on_leave' })
    expect(await asked(john, jane, mary, ada, gone, hana, adam)).toEqual(only('Ada Admin', 'Hana Sato'))
  })

  test('never the person: HR without a supervisor asks the others of HR', async () => {
    const [hana, hugo] = [await addHr('Hana Sato'), await addHr('Hugo Rey')]
    expect(await asked(hana, hugo)).toEqual(only('Hugo Rey'))
  })

  test('the other one, where two supervise each other', async () => {
    await changePerson(server.app, mary, { supervisor_id: john.id })
    expect(await asked(mary, john, jane)).toEqual(only('John Doe'))
    expect(await asked(john, mary, jane)).toEqual(only('Jane Smith'))
  })

  test('HR, where the loop holds nobody else who is active, or a person supervises themselves', async () => {
    const hana = await addHr('Hana Sato')
    await changePerson(server.app, jane, { status: 'on_leave', supervisor_id: john.id })
    expect(await asked(john, jane, hana)).toEqual(only('Hana Sato'))
    await changePerson(server.app, mary, { supervisor_id: mary.id })
    expect(await asked(mary, hana)).toEqual(only('Hana Sato'))
  })
})

describe('nobody', () => {
  async function goalRows() {
    const { db } = server.app.database
    return {
      goals: await db.selectFrom('goals').selectAll().execute(),
      events: await db.selectFrom('goal_events').selectAll().execute(),
      audit: await db.selectFrom('audit').where('object_type', '=', 'goal').selectAll().execute(),
      notifications: await db.selectFrom('notifications').selectAll().execute(),
    }
  }

  test('no goal without somebody who could approve it; nothing of it is stored', async () => {
    const { status, body } = await (await server.as(mary)).post('/api/goals', personal)
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'no_approver', detail: expect.stringContaining('nobody') })
    expect(await goalRows()).toEqual({ goals: [], events: [], audit: [], notifications: [] })
  })

  test('a rejected goal cannot be sent again either, and stays as it was, edits and all', async () => {
    const rest = await server.as(john)
    const { id } = await createGoal(rest)
    await act(await server.as(jane), id, 'reject')
    const before = await readGoal(rest, id)
    for (const boss of [jane, mary]) await changePerson(server.app, boss, { status: 'on_leave' })
    const { status, body } = await attempt(rest, id, 'resubmit', { title: 'Learn Rust' })
    expect([status, body]).toEqual([422, expect.objectContaining({ code: 'no_approver' })])
    expect(await readGoal(rest, id)).toEqual(before)
  })
})

describe('who decides is found again when somebody acts', () => {
  test('while the supervisor who was asked is on leave, the next one up decides, and the request is settled', async () => {
    const socket = await server.socket(jane)
    const { id } = await createGoal(await server.as(john))
    await changePerson(server.app, jane, { status: 'on_leave' })

    const [asJane, asMary] = [await server.as(jane), await server.as(mary)]
    expect((await readGoal(asMary, id)).waiting_on.map(({ name }) => name)).toEqual(['Mary Okafor'])
    const waiting = async (rest: Rest) =>
      (await rest.get<{ total: number }>('/api/goals?scope=waiting')).body.total
    expect([await waiting(asJane), await waiting(asMary)]).toEqual([0, 1])
    expect((await attempt(asJane, id, 'approve')).status).toBe(403)

    await act(asMary, id, 'approve')
    await socket.next('marked_read')
    expect(await about(asJane, id)).toMatchObject([{ is_read: true, resolved_by_name: 'Mary Okafor' }])
    expect((await inboxOf(asJane)).unread_count).toBe(0)
  })

  test('once the owner has another supervisor, the former one decides no more', async () => {
    const { id } = await createGoal(await server.as(john))
    await changePerson(server.app, john, { supervisor_id: mary.id })
    expect((await attempt(await server.as(jane), id, 'approve')).status).toBe(404)
    await act(await server.as(mary), id, 'approve')
  })
})

describe('nobody approves their own', () => {
  /** Every way to decide: each must be refused, and the goal stay. */
  async function cannotDecide(person: Person): Promise<void> {
    const rest = await server.as(person)
    const goal = await createGoal(rest)
    expect(goal.allowed_actions).toEqual(['edit'])
    for (const action of ['approve', 'reject'] as const) {
      const { status, body } = await attempt(rest, goal.id, action)
      expect([status, body]).toEqual([403, expect.objectContaining({ code: 'forbidden' })])
    }
    expect(await readGoal(rest, goal.id)).toEqual(goal)
  }

  test.each(['hr', 'super_admin'] as const)('%s, who may approve for all', async role => {
    await addHr('Hugo Rey')
    await cannotDecide(await server.addPerson('Hana Sato', { role }))
    await cannotDecide(await server.addPerson('Hilda Roy', { role, supervisor: jane }))
  })

  test('somebody who stands above themselves by a loop', async () => {
    await changePerson(server.app, mary, { supervisor_id: john.id })
    for (const person of [mary, jane, john]) await cannotDecide(person)
  })

  test('somebody who is entered as their own supervisor', async () => {
    await addHr('Hana Sato')
    await changePerson(server.app, john, { supervisor_id: john.id })
    await cannotDecide(john)
  })

  test('nor closes their own by discarding it, or as achieved before all is done', async () => {
    const hana = await server.addPerson('Hana Sato', { role: 'hr', supervisor: jane })
    const rest = await server.as(hana)
    const { id } = await createGoal(rest)
    await act(await server.as(jane), id, 'approve')
    expect((await attempt(rest, id, 'discard')).status).toBe(403)
    expect((await attempt(rest, id, 'achieve')).status).toBe(403)
  })
})
