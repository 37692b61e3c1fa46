/** What an initiative, and what goes with each deed, must not be: the field is named, and nothing is stored. */
import type { InitiativePage } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type addOrganisation,
  changePerson,
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { createGoal, inboxOf, NOBODY, problemFields } from './goal-calls.ts'
import {
  about,
  act,
  assign,
  attempt,
  type Deed,
  type Detail,
  draft,
  groupOf,
  propose,
  proposeGroup,
  read,
  TIME_ZONE,
  TODAY,
} from './initiative-calls.ts'

let server: TestServer
let cast: Awaited<ReturnType<typeof addOrganisation>> & Record<'pete' | 'rita', Person>
let john: Rest
let jane: Rest
let mary: Rest

beforeAll(async () => {
  server = await startServer({ clock: createTestClock(), env: { TIME_ZONE } })
  const organisation = await server.addOrganisation()
  cast = {
    ...organisation,
    pete: await server.addPerson('Pete Peer', { supervisor: organisation.jane }),
    rita: await server.addPerson('Rita Report', { supervisor: organisation.john }),
  }
  john = await server.as(cast.john)
  jane = await server.as(cast.jane)
  mary = await server.as(cast.mary)
})
afterAll(() => server.close())

/** Tries what must be refused: neither an initiative nor a notification may come of it. */
async function withoutTrace<T>(attempted: () => Promise<T>): Promise<T> {
  const tables = [
    'initiatives',
    'initiative_assignees',
    'initiative_events',
    'initiative_extensions',
    'notifications',
    'request_holders',
  ] as const
  const counts = () =>
    Promise.all(
      tables.map(table =>
        server.app.database.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('count'))
          .executeTakeFirst(),
      ),
    )
  const before = await counts()
  const outcome = await attempted()
  expect(await counts()).toEqual(before)
  return outcome
}

describe('a body that is no initiative', () => {
  const { title: _title, ...untitled } = draft
  const GROUP = { ...draft, type: 'GROUP' }

  test.each<[string, unknown | (() => unknown), string[]]>([
    ['nothing', undefined, ['title', 'urgency', 'due_date', 'type']],
    ['a list', [draft], ['body']],
    ['no title', untitled, ['title']],
    ['a title of blanks', { ...draft, title: ' \t\n　 ' }, ['title']],
    ['a title of 201 characters', { ...draft, title: 'x'.repeat(201) }, ['title']],
    ['a description of 5,001 characters', { ...draft, description: 'x'.repeat(5_001) }, ['description']],
    ['an unknown type', { ...draft, type: 'TEAM' }, ['type']],
    ['an unknown urgency', { ...draft, urgency: 'ASAP' }, ['urgency']],
    ['a day that is none', { ...draft, due_date: '2027-02-30' }, ['due_date']],
    ['a moment for a day', { ...draft, due_date: '2027-03-03T10:00:00Z' }, ['due_date']],
    ['a day that is over', { ...draft, due_date: '2027-02-28' }, ['due_date']],
    ['a goal that is no id', { ...draft, goal_id: 'the big one' }, ['goal_id']],
    ['a goal that is not there', { ...draft, goal_id: NOBODY }, ['goal_id']],
    ['nobody to do it', { ...draft, assignee_ids: [] }, ['assignee_ids']],
    ['a group of nobody in particular', GROUP, ['assignee_ids']],
    ['a group without a head', () => ({ ...GROUP, assignee_ids: [cast.john.id] }), ['head_id']],
    [
      'a head from outside',
      () => ({ ...GROUP, assignee_ids: [cast.john.id], head_id: cast.pete.id }),
      ['head_id'],
    ],
    ['a group without who proposes it', () => ({ ...draft, ...groupOf([cast.pete]) }), ['assignee_ids']],
    ['somebody twice', () => ({ ...draft, ...groupOf([cast.john, cast.john]) }), ['assignee_ids']],
    [
      'somebody unknown',
      () => ({ ...GROUP, assignee_ids: [cast.john.id, NOBODY], head_id: cast.john.id }),
      ['assignee_ids'],
    ],
    ['somebody else’s', () => ({ ...draft, assignee_ids: [cast.pete.id] }), ['assignee_ids']],
    ['two people’s', () => ({ ...draft, assignee_ids: [cast.john.id, cast.pete.id] }), ['assignee_ids']],
    ['one’s own under another head', () => ({ ...draft, head_id: cast.pete.id }), ['head_id']],
  ])('%s', async (_, body, fields) => {
    const sent = typeof body === 'function' ? body() : body
    const reply = await withoutTrace(() => john.post<Problem>('/api/initiatives', sent))
    expect(reply.status).toBe(422)
    expect(problemFields(reply.body)?.sort()).toEqual(fields.sort())
  })

  test('due today is not over yet; blanks around a title are no part of it', async () => {
    const initiative = await propose(john, { due_date: TODAY, title: '  Dust  ' })
    expect(initiative).toMatchObject({ title: 'Dust', due_date: TODAY, head: { id: cast.john.id } })
  })

  test('nobody could approve it', async () => {
    const [alone, hana] = [await server.addPerson('Al One'), cast.hana]
    for (const person of [hana, cast.ada]) await changePerson(server.app, person, { status: 'on_leave' })
    const rest = await server.as(alone)
    const reply = await withoutTrace(() => rest.post<Problem>('/api/initiatives', draft))
    expect([reply.status, reply.body.code]).toEqual([422, 'no_approver'])
    for (const person of [hana, cast.ada]) await changePerson(server.app, person, { status: 'active' })
  })

  test('nothing else can be brought about by a body', async () => {
    const initiative = await propose(john, {
      id: NOBODY,
      status: 'APPROVED',
      score: 10,
      creator_id: cast.jane.id,
      revision: 7,
      reviewed_by_id: cast.jane.id,
    })
    expect(initiative).toMatchObject({
      status: 'PENDING_APPROVAL',
      score: null,
      revision: 1,
      created_by: { id: cast.john.id },
      reviewed_by: null,
    })
    expect(initiative.id).not.toBe(NOBODY)
  })
})

describe('assigning', () => {
  test.each<[string, () => Rest, () => Person[]]>([
    ['to oneself', () => jane, () => [cast.jane]],
    ['to a group with oneself', () => jane, () => [cast.john, cast.jane]],
    ['upwards', () => john, () => [cast.jane]],
    ['to a peer', () => john, () => [cast.pete]],
    ['to a group of which one is not below', () => john, () => [cast.rita, cast.pete]],
  ])('%s: 403', async (_, rest, people) => {
    const hands = people().length > 1 ? groupOf(people()) : { assignee_ids: people().map(({ id }) => id) }
    const reply = await withoutTrace(() =>
      rest().post<Problem>('/api/initiatives/assign', { ...draft, ...hands }),
    )
    expect([reply.status, reply.body.code]).toEqual([403, 'forbidden'])
  })

  test.each(['suspended', 'archived', 'on_leave'] as const)('to somebody who is %s: 422', async status => {
    const person = await server.addPerson(`Gone ${status}`, { supervisor: cast.jane })
    await changePerson(server.app, person, { status })
    const body = { ...draft, ...groupOf([cast.john, person]) }
    const reply = await withoutTrace(() => jane.post<Problem>('/api/initiatives/assign', body))
    expect([reply.status, problemFields(reply.body)]).toEqual([422, ['assignee_ids']])
    expect(reply.body.code).toBe('assignee_not_active')
  })

  test('two levels down, and to a group of one', async () => {
    expect(await assign(mary, [cast.john])).toMatchObject({ status: 'ASSIGNED', type: 'INDIVIDUAL' })
    expect(await assign(mary, [cast.john], groupOf([cast.john]))).toMatchObject({ type: 'GROUP' })
  })

  test('again: only to people below who are active; of a group somebody has to be the head', async () => {
    const initiative = await assign(jane, [cast.john, cast.pete])
    const tried = async (body: object) => {
      const { status, body: answer } = await attempt(jane, initiative, 'reassign', body)
      return [status, problemFields(answer as Problem)]
    }
    await withoutTrace(async () => {
      expect(await tried({ assignee_ids: [cast.john.id, cast.mary.id] })).toEqual([403, undefined])
      expect(await tried({ assignee_ids: [cast.john.id, NOBODY] })).toEqual([422, ['assignee_ids']])
      expect(await tried({ assignee_ids: [cast.pete.id] })).toEqual([422, ['head_id']])
      expect(await tried({ assignee_ids: [] })).toEqual([422, ['assignee_ids']])
      expect(await tried({})).toEqual([422, ['assignee_ids']])
      const same = { assignee_ids: [cast.pete.id, cast.john.id] }
      expect(await act(jane, initiative, 'reassign', same)).toEqual(initiative)
    })
  })
})

describe('a goal that an initiative serves', () => {
  test('is one that its creator can see, and only shows to who can see it', async () => {
    const goal = await createGoal(john)
    const initiative = await proposeGroup(john, [cast.john, cast.pete], { goal_id: goal.id })
    expect(initiative.goal).toEqual({ id: goal.id, title: goal.title })
    expect((await read(jane, initiative)).goal).toEqual({ id: goal.id, title: goal.title })
    const pete = await server.as(cast.pete)
    expect((await read(pete, initiative)).goal).toBeNull()
    const reply = await withoutTrace(() =>
      pete.post<Problem>('/api/initiatives', { ...draft, goal_id: goal.id }),
    )
    expect([reply.status, problemFields(reply.body)]).toEqual([422, ['goal_id']])
  })
})

describe('a body for a deed', () => {
  const blank = { minimum: '', blanks: ' \n ', long: 'x'.repeat(10_001) }
  const started = async () => act(john, await assign(jane, [cast.john]), 'start')
  const completed = async () => act(john, await started(), 'submit')

  test.each<[Deed, () => Promise<Detail>, () => Rest, [unknown, string][]]>([
    [
      'reject',
      () => propose(john),
      () => jane,
      [{}, ...Object.values(blank).map(reason => ({ reason }))].map(body => [body, 'reason']),
    ],
    [
      'submit',
      started,
      () => john,
      [{}, ...Object.values(blank).map(report => ({ report }))].map(body => [body, 'report']),
    ],
    [
      'submit',
      started,
      () => john,
      [
        [{ report: 'x', attachment_ids: [NOBODY] }, 'attachment_ids'],
        [{ report: 'x', attachment_ids: 'all' }, 'attachment_ids'],
      ],
    ],
    [
      'review',
      completed,
      () => jane,
      [{}, { score: 0 }, { score: 11 }, { score: 7.5 }, { score: '7' }, { score: null }].map(body => [
        body,
        'score',
      ]),
    ],
    ['review', completed, () => jane, [[{ score: 5, feedback: blank.long }, 'feedback']]],
    [
      'return',
      completed,
      () => jane,
      [{}, ...Object.values(blank).map(feedback => ({ feedback }))].map(body => [body, 'feedback']),
    ],
    [
      'request_extension',
      started,
      () => john,
      [
        [{ reason: 'x' }, 'new_due_date'],
        [{ reason: 'x', new_due_date: '2027-02-28' }, 'new_due_date'],
        [{ reason: 'x', new_due_date: '2027-03-10' }, 'new_due_date'],
        [{ new_due_date: '2027-04-01' }, 'reason'],
        [{ new_due_date: '2027-04-01', reason: ' ' }, 'reason'],
      ],
    ],
    [
      'approve_extension',
      async () => act(john, await started(), 'request_extension'),
      () => jane,
      [
        [{ due_date: '2027-03-10' }, 'due_date'],
        [{ due_date: '2027-02-20' }, 'due_date'],
        [{ due_date: 'soon' }, 'due_date'],
      ],
    ],
    [
      'deny_extension',
      async () => act(john, await started(), 'request_extension'),
      () => jane,
      [{}, ...Object.values(blank).map(reason => ({ reason }))].map(body => [body, 'reason']),
    ],
    [
      'edit',
      async () => act(jane, await propose(john), 'reject'),
      () => john,
      [
        [{}, 'body'],
        [{ due_date: '2027-02-28' }, 'due_date'],
        [{ goal_id: NOBODY }, 'goal_id'],
        [{ assignee_ids: [NOBODY] }, 'assignee_ids'],
      ],
    ],
    [
      'resubmit',
      async () => act(jane, await propose(john), 'reject'),
      () => john,
      [[{ title: ' ' }, 'title']],
    ],
  ])('%s', async (deed, make, rest, bodies) => {
    const initiative = await make()
    const before = await read(rest(), initiative)
    for (const [body, field] of bodies) {
      const reply = await withoutTrace(() => attempt(rest(), initiative, deed, body as object))
      expect([reply.status, problemFields(reply.body as Problem)], JSON.stringify(body)).toEqual([
        422,
        [field],
      ])
    }
    expect(await read(rest(), initiative)).toEqual(before)
  })

  test('a score alone is a review', async () => {
    const reviewed = await act(jane, await completed(), 'review', { score: 10 })
    expect(reviewed).toMatchObject({ score: 10, feedback: null, reviewed_by: { name: 'Jane Smith' } })
  })

  test('what was written is there to be read, by those who may', async () => {
    const initiative = await act(jane, await completed(), 'review')
    expect(await read(john, initiative)).toMatchObject({
      report: 'All of it is in boxes',
      score: 8,
      feedback: 'Well done',
    })
    const listed = (await john.get<InitiativePage>('/api/initiatives?limit=1')).body.items[0]
    expect(listed).not.toHaveProperty('report')
  })

  test('a rejected proposal whose day went by is not sent again as it is', async () => {
    const initiative = await act(jane, await propose(john), 'reject')
    await server.app.database.transaction(tx =>
      tx.db
        .updateTable('initiatives')
        .set({ due_date: '2027-02-01' })
        .where('id', '=', initiative.id)
        .execute(),
    )
    await act(john, initiative, 'edit', { title: 'Another title' })
    const reply = await attempt(john, initiative, 'resubmit', {})
    expect([reply.status, problemFields(reply.body as Problem)]).toEqual([422, ['due_date']])
    await act(john, initiative, 'resubmit', { due_date: TODAY })
  })

  test('of another revision: 409 with the state, and nothing happens', async () => {
    const rejected = await act(jane, await propose(john), 'reject')
    const sent = await act(john, rejected, 'resubmit', { title: 'Something else' })
    await withoutTrace(async () => {
      for (const [deed, more] of [
        ['approve', {}],
        ['reject', { reason: 'x' }],
      ] as const) {
        const { status, body } = await attempt(jane, sent, deed, { ...more, revision: 1 })
        expect([status, body]).toEqual([409, expect.objectContaining({ current_status: 'PENDING_APPROVAL' })])
      }
    })
    await act(jane, sent, 'approve', { revision: 2 })
  })

  test.each<Deed>(['approve', 'start', 'review', 'request_extension', 'approve_extension'])(
    '%s of what is no id, or not there',
    async deed => {
      const body = { score: 5, new_due_date: '2027-04-01', reason: 'x' }
      expect((await attempt(john, { id: 'abc', extensions: [] }, deed, body)).status).toBe(422)
      expect((await attempt(john, { id: NOBODY, extensions: [] }, deed, body)).status).toBe(404)
    },
  )

  test('an extension of another initiative', async () => {
    const [first, second] = [await started(), await act(john, await started(), 'request_extension')]
    const path = `/api/initiatives/${first.id}/extensions/${second.open_extension?.id}/approve`
    expect((await withoutTrace(() => jane.put(path, {}))).status).toBe(404)
  })
})

describe('two at once', () => {
  test.each<[string, () => Promise<Detail>, [Deed, object?], [Deed, object?]]>([
    ['approve and reject', () => propose(john), ['approve'], ['reject']],
    ['approve and approve', () => propose(john), ['approve'], ['approve']],
  ])('%s: one wins, the other is told who did', async (_, make, first, second) => {
    await changePerson(server.app, cast.john, { supervisor_id: null })
    const [hana, ada] = [await server.as(cast.hana), await server.as(cast.ada)]
    const initiative = await make()
    const replies = await Promise.all([
      attempt(hana, initiative, ...first),
      attempt(ada, initiative, ...second),
    ])
    const [won, lost] = replies.map(({ status }) => status).sort()
    expect([won, lost]).toEqual([200, 409])
    const problem = replies.find(({ status }) => status === 409)?.body as Problem
    const winner = replies[0]?.status === 200 ? 'Hana Sato' : 'Ada Admin'
    const { status, history } = await read(john, initiative)
    expect(problem).toMatchObject({ current_status: status, detail: expect.stringContaining(winner) })
    expect(history).toHaveLength(2)
    expect(await about(john, initiative)).toHaveLength(1)
    await changePerson(server.app, cast.john, { supervisor_id: cast.jane.id })
  })

  test('a review and a return; an extension granted and denied', async () => {
    const submitted = await act(john, await act(john, await assign(jane, [cast.john]), 'start'), 'submit')
    const asking = await act(john, await assign(jane, [cast.john]), 'request_extension')
    for (const [initiative, one, other] of [
      [submitted, 'review', 'return'],
      [asking, 'approve_extension', 'deny_extension'],
    ] as const) {
      const replies = await Promise.all([attempt(jane, initiative, one), attempt(jane, initiative, other)])
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    }
  })

  test('two requests for more time are one', async () => {
    const initiative = await assign(jane, [cast.john])
    const replies = await Promise.all([
      attempt(john, initiative, 'request_extension'),
      attempt(john, initiative, 'request_extension'),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await read(john, initiative)).extensions).toHaveLength(1)
  })
})

test('lists: by scope, state, urgency, day, goal and title, a page at a time', async () => {
  const goal = await createGoal(john)
  const pia = await server.addPerson('Pia Pages', { supervisor: cast.jane })
  const rest = await server.as(pia)
  const urgent = await propose(rest, { urgency: 'URGENT', due_date: '2027-05-01', title: 'Zinc roof' })
  const late = await assign(jane, [pia], { due_date: '2027-06-01', goal_id: goal.id })
  const group = await assign(jane, [pia, cast.pete], { title: 'Zebra crossing' })
  const find = async (query: string, by = rest) =>
    (await by.get<InitiativePage>(`/api/initiatives?${query}`)).body
  const ids = async (query: string, by = rest) => (await find(query, by)).items.map(({ id }) => id)

  expect(await ids('')).toEqual([group.id, late.id, urgent.id])
  expect(await ids('scope=mine')).toEqual([group.id, late.id, urgent.id])
  expect(await ids('scope=team')).toEqual([])
  expect((await ids('scope=team&limit=3', jane)).sort()).toEqual([group.id, late.id, urgent.id].sort())
  expect(await ids('scope=mine', jane)).toEqual([])
  expect(await ids('scope=waiting')).toEqual([group.id, late.id])
  expect(await ids('status=PENDING_APPROVAL')).toEqual([urgent.id])
  expect(await ids('urgency=URGENT')).toEqual([urgent.id])
  expect(await ids('type=GROUP')).toEqual([group.id])
  expect(await ids('due_after=2027-05-01')).toEqual([late.id, urgent.id])
  expect(await ids('due_before=2027-05-01')).toEqual([group.id, urgent.id])
  expect(await ids('due_after=2027-03-11&due_before=2027-05-31')).toEqual([urgent.id])
  expect(await ids(`goal_id=${goal.id}`)).toEqual([late.id])
  expect(await ids('search=ZINC')).toEqual([urgent.id])
  const first = await find('limit=2')
  expect([first.items.length, first.total, first.next_cursor]).toEqual([2, 3, '2'])
  expect(await ids('limit=2&skip=2')).toEqual([urgent.id])
  for (const wrong of ['scope=all', 'status=OPEN', 'due_after=soon', 'goal_id=7', 'limit=0', 'urgency=x'])
    expect((await rest.get(`/api/initiatives?${wrong}`)).status, wrong).toBe(422)
})

test('a report comes with files, which those see who see the initiative', async () => {
  const initiative = await act(john, await assign(jane, [cast.john]), 'start')
  const form = new FormData()
  form.append('file', new Blob(['in boxes']), 'boxes.txt')
  const token = await server.tokenOf(cast.john)
  const uploaded = await fetch(`${server.url}/api/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  const { id } = (await uploaded.json()) as { id: string }
  const submitted = await act(john, initiative, 'submit', { report: 'Done', attachment_ids: [id] })
  expect(submitted.attachments).toMatchObject([{ id, name: 'boxes.txt', uploaded_by: { name: 'John Doe' } }])
  const content = async (person: Person) =>
    (await (await server.as(person)).get(`/api/attachments/${id}/content`)).status
  for (const person of [cast.john, cast.jane, cast.mary, cast.hana]) expect(await content(person)).toBe(200)
  for (const person of [cast.pete, cast.rita]) expect(await content(person)).toBe(404)
  expect((await inboxOf(jane)).notifications[0]?.data).toEqual({ initiative_id: initiative.id })
})
