/** Who is asked about initiatives when the supervisor cannot decide; and that nobody ever decides about their own. */
import type { ApprovalPage } from '@pms/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  changePerson,
  createTestClock,
  type Person,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import {
  about,
  act,
  assign,
  attempt,
  type Deed,
  type Detail,
  groupOf,
  propose,
  proposeGroup,
  read,
  TIME_ZONE,
  TODAY,
} from './initiative-calls.ts'

let server: TestServer
let mary: Person
let jane: Person
let john: Person
let ada: Person

/** John reports to Jane, Jane to Mary; Ada may do everything. */
beforeEach(async () => {
  server = await startServer({ clock: createTestClock(), env: { TIME_ZONE } })
  mary = await server.addPerson('Mary Okafor')
  jane = await server.addPerson('Jane Smith', { supervisor: mary })
  john = await server.addPerson('John Doe', { supervisor: jane })
  ada = await server.addPerson('Ada Admin', { role: 'super_admin' })
  return () => server.close()
})

const as = (person: Person) => server.as(person)
const names = (people: { name: string }[]) => people.map(({ name }) => name)

async function started(by: Person, people: Person[]): Promise<Detail> {
  const [head = john] = people
  return act(await as(head), await assign(await as(by), people), 'start')
}

async function submitted(by: Person, people: Person[]): Promise<Detail> {
  const [head = john] = people
  return act(await as(head), await started(by, people), 'submit')
}

/** Whose requests about it are open: as it tells, as inboxes show, and as the list of all that awaits each shows. */
async function asked(initiative: Detail, ...people: Person[]) {
  const { waiting_on, open_extension } = await read(await as(ada), initiative)
  const notified: string[] = []
  const listed: string[] = []
  for (const person of people) {
    const rest = await as(person)
    const open = (await about(rest, initiative)).filter(
      ({ needs_action, resolved_at }) => needs_action && resolved_at === null,
    )
    notified.push(...open.map(() => person.name))
    const { items } = (await rest.get<ApprovalPage>('/api/approvals')).body
    listed.push(...items.filter(({ object_id }) => object_id === initiative.id).map(() => person.name))
  }
  return { shown: names(open_extension?.waiting_on ?? waiting_on), notified, listed }
}

const only = (...people: Person[]) => ({
  shown: names(people),
  notified: names(people),
  listed: names(people),
})

const REQUESTS: [string, () => Promise<Detail>, [Deed, object?]][] = [
  ['a proposal', async () => propose(await as(john)), ['approve']],
  ['a report', () => submitted(jane, [john]), ['review']],
  [
    'a request for more time',
    async () => act(await as(john), await started(jane, [john]), 'request_extension'),
    ['approve_extension'],
  ],
]

describe.each(REQUESTS)('%s', (_, make, [deed, body]) => {
  test('goes one step up when the supervisor goes on leave, and back; whoever is not asked decides not', async () => {
    const initiative = await make()
    expect(await asked(initiative, mary, jane, john)).toEqual(only(jane))
    const admin = await as(ada)
    expect((await admin.put(`/api/users/${jane.id}/status`, { status: 'on_leave' })).status).toBe(200)
    expect(await asked(initiative, mary, jane, john)).toEqual(only(mary))
    expect((await attempt(await as(jane), initiative, deed, body)).status).toBe(403)
    const moved = (await about(await as(mary), initiative))[0]
    expect(moved).toMatchObject({ triggered_by_name: 'John Doe', needs_action: true })
    expect((await admin.put(`/api/users/${jane.id}/status`, { status: 'active' })).status).toBe(200)
    expect(await asked(initiative, mary, jane, john)).toEqual(only(jane))
    await act(await as(jane), initiative, deed, body)
    expect(await asked(initiative, mary, jane, john)).toMatchObject({ notified: [], listed: [] })
  })

  test('goes to who stands in, who sees it in the list, and never to somebody whose own it is', async () => {
    const initiative = await make()
    const dora = await server.addPerson('Dora Delegate', { supervisor: mary })
    const [janes, admin] = [await as(jane), await as(ada)]
    const absence = (delegate: Person) => ({ delegate_id: delegate.id, from: TODAY, to: '2027-03-31' })
    expect((await janes.post('/api/delegations', absence(dora))).status).toBe(201)
    await admin.put(`/api/users/${jane.id}/status`, { status: 'on_leave' })
    expect(await asked(initiative, mary, jane, john, dora)).toEqual(only(dora))
    const doras = await as(dora)
    const { items } = (await doras.get<{ items: Detail[] }>('/api/initiatives?scope=waiting')).body
    expect(items.map(({ id }) => id)).toEqual([initiative.id])
    await act(doras, initiative, deed, body)
  })

  test('goes up where the one who stands in is the one whose own it is', async () => {
    const initiative = await make()
    const absence = { delegate_id: john.id, from: TODAY, to: '2027-03-31' }
    expect((await (await as(jane)).post('/api/delegations', absence)).status).toBe(201)
    await (await as(ada)).put(`/api/users/${jane.id}/status`, { status: 'on_leave' })
    expect(await asked(initiative, mary, jane, john)).toEqual(only(mary))
    expect((await attempt(await as(john), initiative, deed, body)).status).toBe(403)
  })
})

test('who stands in above a supervisor who takes part sees what awaits them in lists, too', async () => {
  const shared = await submitted(mary, [john, jane])
  const dora = await server.addPerson('Dora Delegate')
  const absence = { delegate_id: dora.id, from: TODAY, to: '2027-03-31' }
  expect((await (await as(mary)).post('/api/delegations', absence)).status).toBe(201)
  await (await as(ada)).put(`/api/users/${mary.id}/status`, { status: 'on_leave' })
  expect(await asked(shared, mary, jane, john, dora)).toEqual(only(dora))
  const rest = await as(dora)
  for (const query of ['', '?scope=waiting']) {
    const { items } = (await rest.get<{ items: Detail[] }>(`/api/initiatives${query}`)).body
    expect(items.map(({ id }) => id)).toEqual([shared.id])
  }
  await act(rest, shared, 'review')
})

describe('nobody decides about their own', () => {
  const DECISIONS: Deed[] = ['approve', 'reject', 'review', 'return', 'approve_extension', 'deny_extension']

  async function cannotDecide(person: Person, initiative: Detail): Promise<void> {
    const rest = await as(person)
    const before = await read(rest, initiative)
    expect(before.allowed_actions).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/approve|reject|review|return/)]),
    )
    for (const deed of DECISIONS) {
      const { status } = await attempt(rest, before, deed)
      expect(status, deed).toBe(deed.endsWith('extension') && before.extensions.length === 0 ? 404 : 403)
    }
    expect(await read(rest, initiative)).toEqual(before)
  }

  test.each(['hr', 'super_admin'] as const)('%s, who may decide about all', async role => {
    const own = await server.addPerson('Olga Own', { role, supervisor: jane })
    await cannotDecide(own, await propose(await as(own)))
    await cannotDecide(own, await submitted(jane, [own]))
    await cannotDecide(own, await act(await as(own), await started(jane, [own]), 'request_extension'))
  })

  test('somebody above themselves by a loop', async () => {
    await changePerson(server.app, mary, { supervisor_id: john.id })
    await cannotDecide(john, await submitted(jane, [john]))
    await cannotDecide(mary, await propose(await as(mary)))
    await cannotDecide(jane, await submitted(mary, [jane]))
  })

  test('a supervisor who works on it: neither as a member nor as the one who proposed it', async () => {
    const shared = await submitted(mary, [john, jane])
    expect(names(shared.waiting_on)).toEqual(['Mary Okafor'])
    await cannotDecide(jane, shared)
    const proposal = await proposeGroup(await as(jane), [john, jane])
    expect(names(proposal.waiting_on)).toEqual(['Mary Okafor'])
    const withBoss = await proposeGroup(await as(john), [john, jane])
    expect(names(withBoss.waiting_on)).toEqual(['Mary Okafor'])
    await cannotDecide(jane, withBoss)
    const done = await act(await as(john), await act(await as(mary), proposal, 'approve'), 'start')
    await cannotDecide(jane, await act(await as(john), done, 'submit'))
  })

  test('nor after it was taken from them, nor by giving it away', async () => {
    const shared = await started(mary, [john, jane])
    expect((await attempt(await as(jane), shared, 'reassign', groupOf([john]))).status).toBe(403)
    await act(await as(mary), shared, 'reassign', groupOf([john]))
    const done = await act(await as(john), shared, 'submit')
    expect(names(done.waiting_on)).toEqual(['Mary Okafor'])
    await cannotDecide(jane, done)
    await act(await as(mary), done, 'review')
  })

  test('of a group whose line takes part whole those decide who may for all', async () => {
    const top = await server.addPerson('Tara Top')
    await changePerson(server.app, mary, { supervisor_id: top.id })
    const all = await submitted(top, [john, jane, mary])
    expect(names(all.waiting_on)).toEqual(['Tara Top'])
    await (await as(ada)).put(`/api/users/${top.id}/status`, { status: 'on_leave' })
    expect(await asked(all, top, mary, jane, john, ada)).toEqual(only(ada))
  })
})

describe('when somebody leaves', () => {
  const archive = async (person: Person, to: Person) =>
    (await as(ada)).put(`/api/users/${person.id}/archive`, { handover_to: to.id })

  test('what they work on is another’s, and what was asked goes along', async () => {
    const pete = await server.addPerson('Pete Peer', { supervisor: mary })
    const [proposal, working, done] = [
      await propose(await as(john)),
      await act(await as(john), await started(jane, [john]), 'request_extension'),
      await submitted(jane, [john]),
    ]
    const rejected = await act(await as(jane), await propose(await as(john)), 'reject')
    const open = await (await as(ada)).get(`/api/users/${john.id}/open-work`)
    expect(open.body).toEqual({ items: [{ kind: 'initiatives', count: 3 }], total: 3 })
    expect((await archive(john, pete)).status).toBe(200)

    const rest = await as(pete)
    expect(await read(rest, proposal)).toMatchObject({
      created_by: { id: pete.id },
      head: { id: pete.id },
      allowed_actions: [],
    })
    expect(await asked(proposal, mary, jane, pete)).toEqual(only(mary))
    expect(await asked(done, mary, jane, pete)).toEqual(only(mary))
    expect(await read(rest, working)).toMatchObject({
      assignees: [{ id: pete.id }],
      extensions: [{ status: 'WITHDRAWN' }],
      allowed_actions: ['submit', 'request_extension'],
    })
    expect(await about(rest, working)).toMatchObject([{ type: 'initiative_assigned' }])
    expect((await rest.get(`/api/initiatives/${rejected.id}`)).status).toBe(404)

    const boss = await server.addPerson('Beth Boss')
    const admin = await as(ada)
    const { status } = await admin.patch(`/api/users/${pete.id}`, { supervisor_id: boss.id })
    expect(status).toBe(200)
    expect(await asked(done, mary, jane, pete, boss)).toEqual(only(boss))
    await act(await as(boss), done, 'return')
    await act(rest, done, 'submit')
  })

  test('it goes to their supervisor, who then decides about it no more', async () => {
    const [group, done] = [await submitted(mary, [john, jane]), await submitted(jane, [john])]
    expect((await archive(john, jane)).status).toBe(200)
    expect(await read(await as(jane), group)).toMatchObject({
      head: { id: jane.id },
      assignees: [{ id: jane.id }],
    })
    expect(await asked(done, mary, jane)).toEqual(only(mary))
    await act(await as(mary), done, 'review')
  })
})
