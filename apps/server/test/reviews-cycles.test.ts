/** Preparing review cycles: what they say, who is reviewed, by whom; and how far they are. */
import {
  ParticipantPage,
  ReviewCycleDetail,
  ReviewCyclePage,
  ReviewDetail,
  ReviewFunnel,
  ReviewPage,
  ReviewResults,
} from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  changePerson,
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { NOBODY, problemFields } from './goal-calls.ts'
import {
  about,
  act,
  actCycle,
  allAnswers,
  attemptCycle,
  beginCycle,
  choosePeers,
  cycleBody,
  done,
  draftCycle,
  listed,
  questionsOf,
  readReview,
  reviewId,
  write,
} from './review-calls.ts'

let server: TestServer
let hana: Rest
let cast: Awaited<ReturnType<typeof addCast>>

beforeEach(async () => {
  server = await startServer({ clock: createTestClock() })
  cast = await addCast(server)
  hana = await server.as(cast.hana)
  return () => server.close()
})

/** Mary > Jane > John and Pete, all without a unit; Hana is HR. */
async function addCast({ addPerson }: TestServer) {
  const mary = await addPerson('Mary Okafor')
  const jane = await addPerson('Jane Smith', { supervisor: mary })
  const john = await addPerson('John Doe', { supervisor: jane })
  const pete = await addPerson('Pete Peer', { supervisor: jane })
  const hana = await addPerson('Hana Sato', { role: 'hr' })
  return { mary, jane, john, pete, hana }
}

/** Units, and who is in them; written past the actions of people, which are none of this. */
async function place(units: [id: string, kind: string, parent: string | null][], people: [Person, string][]) {
  await server.app.database.transaction(async tx => {
    for (const [id, kind, parent_id] of units) {
      await tx.db
        .insertInto('org_units')
        .values({ id: unitId(id), name: id, kind: kind as 'unit', parent_id: parent_id && unitId(parent_id) })
        .execute()
    }
    for (const [person, unit] of people) {
      await tx.db
        .updateTable('users')
        .set({ unit_id: unitId(unit) })
        .where('id', '=', person.id)
        .execute()
    }
  })
}
const unitId = (name: string) => NOBODY.slice(0, -name.length) + name.replaceAll(/[^0-9a-f]/g, '0')

const prepare = (changes: object) =>
  hana.post<ReviewCycleDetail & Problem>('/api/review-cycles', { ...cycleBody, ...changes })

describe('what a cycle says', () => {
  test('is kept as it was written, its questions by trait', async () => {
    const cycle = await draftCycle(hana, [cast.john], { name: '  Spring 2027 ' })
    expect(cycle).toMatchObject({
      name: 'Spring 2027',
      status: 'draft',
      period_start: '2026-10-01',
      period_end: '2027-03-31',
      deadline: '2027-03-31',
      audience: { scope: 'people', unit: null, count: 1, assigned: 0 },
      traits: [
        { name: 'Teamwork', questions: [{ text: 'Shares what they know', required: true }, {}] },
        { name: 'Delivery', questions: [{}, { text: 'Anything else', required: false }] },
      ],
      is_participant: false,
      allowed_actions: ['edit', 'activate', 'cancel'],
    })
  })

  test.each<[object, string]>([
    [{ name: ' ' }, 'name'],
    [{ period_end: '2026-09-30' }, 'period_end'],
    [{ deadline: '2027-02-28' }, 'deadline'],
    [{ deadline: '2027-02-30' }, 'deadline'],
    [{ traits: [{ name: 'A', questions: [] }] }, 'traits.0.questions'],
    [{ traits: [{ name: 'A', questions: [{ text: '' }] }] }, 'traits.0.questions.0.text'],
    [
      {
        traits: [
          { name: 'A', questions: [{ text: 'x' }] },
          { name: ' A', questions: [{ text: 'y' }] },
        ],
      },
      'traits.1.name',
    ],
    [{ audience: { scope: 'all' } }, 'audience.scope'],
    [{ audience: { scope: 'unit' } }, 'audience.unit_id'],
    [{ audience: { scope: 'unit', unit_id: NOBODY } }, 'audience.unit_id'],
    [{ audience: { scope: 'everyone', unit_id: NOBODY } }, 'audience.unit_id'],
    [{ audience: { scope: 'everyone', user_ids: [NOBODY] } }, 'audience.user_ids'],
    [{ audience: { scope: 'people', user_ids: [NOBODY] } }, 'audience.user_ids.0'],
  ])('%j is refused for its %#: %s', async (changes, field) => {
    const { status, body } = await prepare(changes)
    expect(status, JSON.stringify(body)).toBe(422)
    expect(problemFields(body)).toEqual([field])
    expect((await hana.get<ReviewCyclePage>('/api/review-cycles')).body.total).toBe(0)
  })

  test('is prepared by who manages reviews alone', async () => {
    for (const who of ['jane', 'john'] as const) {
      expect((await (await server.as(cast[who])).post('/api/review-cycles', cycleBody)).status).toBe(403)
    }
  })

  test('changes in the draft; once begun only its name and deadline do', async () => {
    const { id } = await draftCycle(hana, [cast.john])
    const traits = [{ name: 'Courage', questions: [{ text: 'Speaks up' }] }]
    const audience = { scope: 'people', user_ids: [cast.pete.id, cast.jane.id] }
    const edited = await actCycle(hana, id, 'edit', { traits, audience, period_end: '2027-03-30' })
    expect(edited).toMatchObject({
      name: 'Spring 2027',
      period_end: '2027-03-30',
      audience: { count: 2 },
      traits: [{ name: 'Courage', questions: [{ text: 'Speaks up', required: true }] }],
    })
    await actCycle(hana, id, 'activate')
    for (const body of [{ traits }, { audience }, { period_end: '2027-03-29' }]) {
      const refused = await attemptCycle(hana, id, 'edit', body)
      expect(refused).toMatchObject({ status: 409, body: { current_status: 'active' } })
    }
    expect(await actCycle(hana, id, 'edit', { name: 'Spring', deadline: '2027-04-30' })).toMatchObject({
      name: 'Spring',
      deadline: '2027-04-30',
    })
    const jane = await listed(await server.as(cast.jane))
    expect(jane.map(review => review.due_on)).toEqual(Array(2).fill('2027-04-30'))
    expect(
      problemFields((await attemptCycle(hana, id, 'edit', { deadline: '2027-01-01' })).body as Problem),
    ).toEqual(['deadline'])
  })

  test('may be incomplete in the draft; then it does not begin, and says why', async () => {
    const why = async (id: string) =>
      problemFields((await attemptCycle(hana, id, 'activate')).body as Problem)
    const { id } = await draftCycle(hana, [], { traits: [] })
    expect(await why(id)).toEqual(['traits'])
    await actCycle(hana, id, 'edit', { traits: cycleBody.traits })
    expect(await why(id)).toEqual(['audience'])
    await actCycle(hana, id, 'edit', { audience: { scope: 'people', user_ids: [cast.john.id] } })
    await changePerson(server.app, cast.john, { status: 'suspended' })
    expect(await why(id)).toEqual(['audience'])
    await changePerson(server.app, cast.john, { status: 'on_leave' })
    await server.app.database.transaction(tx =>
      tx.db.updateTable('review_cycles').set({ deadline: '2027-02-28' }).where('id', '=', id).execute(),
    )
    expect(await why(id)).toEqual(['deadline'])
    await actCycle(hana, id, 'edit', { deadline: '2027-03-01' })
    await actCycle(hana, id, 'activate')
  })

  test('is cancelled with a reason, which everybody in it reads', async () => {
    const { id } = await beginCycle(hana, new Map([[cast.john, []]]))
    expect((await attemptCycle(hana, id, 'cancel', {})).status).toBe(422)
    await actCycle(hana, id, 'cancel', { reason: 'Wrong questions' })
    const john = await server.as(cast.john)
    expect((await john.get(`/api/review-cycles/${id}`)).body).toMatchObject({
      status: 'cancelled',
      reason: 'Wrong questions',
    })
  })
})

describe('who is reviewed', () => {
  test('of a unit: those in it and in all below it, as of the day it begins', async () => {
    await place(
      [
        ['head', 'department', null],
        ['leaf', 'unit', 'head'],
        ['rest', 'department', null],
      ],
      [
        [cast.jane, 'head'],
        [cast.john, 'leaf'],
        [cast.mary, 'rest'],
      ],
    )
    const audience = { scope: 'unit' as const, unit_id: unitId('head') }
    const draft = await draftCycle(hana, [], { audience })
    expect(draft.audience).toMatchObject({ scope: 'unit', unit: { name: 'head' }, count: 2 })
    await place([], [[cast.pete, 'leaf']])
    const late = await server.addPerson('Lena Late', { supervisor: cast.jane })
    await actCycle(hana, draft.id, 'activate')
    await place([], [[late, 'leaf']])
    const { body } = await hana.get<ParticipantPage>(`/api/review-cycles/${draft.id}/participants`)
    expect(body.items.map(({ user, unit }) => `${user.name}, ${unit?.name}`)).toEqual([
      'Jane Smith, head',
      'John Doe, leaf',
      'Pete Peer, leaf',
    ])
  })

  test('are those who work here, also who is on leave; nobody who has left', async () => {
    await changePerson(server.app, cast.john, { status: 'on_leave' })
    await changePerson(server.app, cast.pete, { status: 'archived' })
    const { id } = await draftCycle(hana, [], { audience: { scope: 'everyone' } })
    const begun = await actCycle(hana, id, 'activate')
    expect(begun.audience).toMatchObject({ count: 4, assigned: 4 })
    expect((await prepare({ audience: { scope: 'people', user_ids: [cast.pete.id] } })).status).toBe(422)
  })

  test('are found by a part of the name, page by page', async () => {
    const { id } = await draftCycle(hana, [], { audience: { scope: 'everyone' } })
    const page = async (query: string) =>
      (await hana.get<ParticipantPage>(`/api/review-cycles/${id}/participants?${query}`)).body
    expect((await page('search=j')).items.map(({ user }) => user.name)).toEqual(['Jane Smith', 'John Doe'])
    expect(await page('skip=1&limit=2')).toMatchObject({
      total: 5,
      next_cursor: '3',
      items: [{ user: { name: 'Jane Smith' } }, { user: { name: 'John Doe' } }],
    })
  })
})

describe('peers', () => {
  const choose = async (rest: Rest, cycleId: string, peers: string[]) =>
    rest.put<Problem>(`/api/review-cycles/${cycleId}/participants/${cast.john.id}/peers`, { peer_ids: peers })

  test('are colleagues: not oneself, nor anybody above, nor who is gone, nor too many', async () => {
    const { id } = await draftCycle(hana, [cast.john])
    await changePerson(server.app, cast.pete, { status: 'archived' })
    for (const peer of [cast.john, cast.jane, cast.mary, cast.pete, { id: NOBODY }]) {
      const { status, body } = await choose(hana, id, [cast.hana.id, peer.id])
      expect(status).toBe(422)
      expect(problemFields(body)).toEqual(['peer_ids.1'])
    }
    const eleven = Array.from({ length: 11 }, (_, n) => NOBODY.slice(0, -2) + (10 + n))
    expect(problemFields((await choose(hana, id, eleven)).body)).toEqual(['peer_ids'])
    await choosePeers(hana, id, cast.john, [cast.hana])
    await choosePeers(hana, id, cast.john, [])
    await actCycle(hana, id, 'activate')
    expect(await listed(hana, 'scope=all&kind=peer')).toEqual([])
  })

  test('of nobody who is not reviewed', async () => {
    const { id } = await draftCycle(hana, [cast.jane])
    expect((await choose(hana, id, [cast.pete.id])).status).toBe(404)
  })

  test('who stand above by the time it begins write as no peer', async () => {
    const { id } = await draftCycle(hana, [cast.john])
    await choosePeers(hana, id, cast.john, [cast.pete])
    await changePerson(server.app, cast.jane, { supervisor_id: cast.pete.id })
    await actCycle(hana, id, 'activate')
    const kinds = (await listed(hana, `scope=all&reviewee_id=${cast.john.id}`)).map(({ kind }) => kind)
    expect(kinds).toEqual(['self', 'supervisor'])
  })
})

test('the funnel counts the reviews of each department’s people by their state', async () => {
  await place(
    [
      ['ops', 'directorate', null],
      ['care', 'department', 'ops'],
      ['desk', 'unit', 'care'],
      ['fleet', 'department', 'ops'],
    ],
    [
      [cast.mary, 'ops'],
      [cast.jane, 'care'],
      [cast.john, 'desk'],
      [cast.pete, 'fleet'],
    ],
  )
  const { mary, jane, john, pete } = cast
  const hugo = await server.as(await server.addPerson('Hugo Rey', { role: 'hr' }))
  const cycle = await draftCycle(hana, [mary, jane, john, pete, cast.hana])
  for (const person of [john, cast.hana]) await choosePeers(hugo, cycle.id, person, [pete])
  await actCycle(hana, cycle.id, 'activate')
  const rest = await server.as(john)
  const own = await reviewId(server, cycle.id, john, john)
  await act(rest, own, 'save', { answers: allAnswers(cycle, 3).answers.slice(0, 1) })
  await write(await server.as(pete), await reviewId(server, cycle.id, john, pete), 3)
  const late = await reviewId(server, cycle.id, pete, pete)
  await server.app.database.transaction(tx =>
    tx.db.updateTable('reviews').set({ due_on: '2027-02-01' }).where('id', '=', late).execute(),
  )
  const { body } = await hana.get<ReviewFunnel>(`/api/review-cycles/${cycle.id}/funnel`)
  expectConform(ReviewFunnel, body)
  const line = ({ unit, total, ...counts }: ReviewFunnel['departments'][number]) =>
    [
      unit?.name ?? 'none',
      counts.pending,
      counts.in_progress,
      counts.overdue,
      counts.completed,
      counts.closed,
      total,
    ].join(' ')
  expect(body.departments.map(line)).toEqual([
    // Hana’s own; what Pete writes about her is not counted to her.
    'none 1 0 0 0 0 1',
    'care 3 1 0 1 0 5',
    'fleet 1 0 1 0 0 2',
    'ops 1 0 0 0 0 1',
  ])
})

test('reviews are listed by what they are, newest cycle first', async () => {
  const first = await beginCycle(hana, new Map([[cast.john, [cast.pete]]]))
  const second = await beginCycle(hana, new Map([[cast.john, []]]), { name: 'Summer' })
  const names = async (rest: Rest, query: string) =>
    (await listed(rest, query)).map(review => `${review.cycle.name} ${review.kind} ${review.status}`)
  await write(await server.as(cast.pete), await reviewId(server, first.id, cast.john, cast.pete), 3)
  expect(await names(hana, 'scope=all')).toEqual([
    'Summer self pending',
    'Summer supervisor pending',
    'Spring 2027 self pending',
    'Spring 2027 supervisor pending',
    'Spring 2027 peer completed',
  ])
  expect(await names(hana, 'scope=all&status=completed')).toEqual(['Spring 2027 peer completed'])
  expect(await names(hana, `scope=all&cycle_id=${second.id}&kind=self`)).toEqual(['Summer self pending'])
  expect(await names(hana, '')).toEqual([])
  const jane = await server.as(cast.jane)
  expect(await names(jane, 'scope=team&status=completed')).toEqual(['Spring 2027 peer completed'])
  expect(await names(jane, '')).toEqual(['Summer supervisor pending', 'Spring 2027 supervisor pending'])
  const john = await server.as(cast.john)
  expect(await names(john, `scope=about_me&cycle_id=${first.id}`)).toEqual([
    'Spring 2027 self pending',
    'Spring 2027 supervisor pending',
  ])
  expect((await hana.get('/api/reviews?scope=mine&status=late')).status).toBe(422)
  expect((await hana.get<ReviewPage>('/api/reviews?scope=all&limit=2&skip=2')).body).toMatchObject({
    total: 5,
    next_cursor: '4',
  })
})

test('everything is as the contract says', async () => {
  const cycle = await beginCycle(hana, new Map([[cast.john, [cast.pete]]]))
  const peer = await reviewId(server, cycle.id, cast.john, cast.pete)
  await write(await server.as(cast.pete), peer, 3, 'Fine')
  expectConform(ReviewCycleDetail, cycle)
  expectConform(ReviewCyclePage, (await hana.get('/api/review-cycles')).body)
  expectConform(ParticipantPage, (await hana.get(`/api/review-cycles/${cycle.id}/participants`)).body)
  expectConform(ReviewPage, (await hana.get('/api/reviews?scope=all')).body)
  expectConform(
    ReviewResults,
    (await hana.get(`/api/review-cycles/${cycle.id}/results/${cast.john.id}`)).body,
  )
  for (const who of ['hana', 'jane', 'pete'] as const) {
    expectConform(ReviewDetail, await readReview(await server.as(cast[who]), peer))
  }
})

describe('when somebody leaves', () => {
  const archive = (person: Person, to: Person) =>
    hana.put(`/api/users/${person.id}/archive`, { handover_to: to.id })

  test('supervisor reviews that they were to write go to who takes over, from the beginning', async () => {
    const cycle = await beginCycle(
      hana,
      new Map([
        [cast.john, [cast.pete]],
        [cast.pete, []],
      ]),
    )
    const id = await reviewId(server, cycle.id, cast.john, cast.jane)
    await act(await server.as(cast.jane), id, 'save', allAnswers(cycle, 1, 'Secret'))
    const { body } = await hana.get(`/api/users/${cast.jane.id}/open-work`)
    expect(body).toMatchObject({ items: expect.arrayContaining([{ kind: 'supervisor reviews', count: 2 }]) })
    expect((await archive(cast.jane, cast.mary)).status).toBe(200)

    const mary = await server.as(cast.mary)
    expect(await readReview(mary, id)).toMatchObject({ status: 'pending', revision: 0, answers: [] })
    expect(await about(mary, id)).toMatchObject([{ type: 'review_assigned', triggered_by_name: 'Hana Sato' }])
  })

  test('who takes over does not get to review themselves; what peers write stays theirs', async () => {
    const cycle = await beginCycle(
      hana,
      new Map([
        [cast.john, [cast.pete]],
        [cast.pete, []],
      ]),
    )
    const [own, ofPete, peer] = [
      await reviewId(server, cycle.id, cast.john, cast.jane),
      await reviewId(server, cycle.id, cast.pete, cast.jane),
      await reviewId(server, cycle.id, cast.john, cast.pete),
    ]
    expect((await archive(cast.jane, cast.john)).status).toBe(200)
    const writer = async (id: string) => (await readReview(hana, id)).reviewer?.name
    expect(await writer(own)).toBe('Mary Okafor')
    expect(await writer(ofPete)).toBe('John Doe')
    const { body } = await hana.get(`/api/users/${cast.pete.id}/open-work`)
    expect(JSON.stringify(body)).not.toContain('review')
    expect((await archive(cast.pete, cast.mary)).status).toBe(200)
    expect(await writer(peer)).toBe('Pete Peer')
  })
})

test('every question of a cycle has an id of its own', async () => {
  const [one, other] = [await draftCycle(hana, [cast.john]), await draftCycle(hana, [cast.john])]
  expect(new Set([...questionsOf(one), ...questionsOf(other)].map(({ id }) => id)).size).toBe(8)
  expect(done(await hana.get<ReviewCyclePage>('/api/review-cycles?status=draft&limit=1'), 200)).toMatchObject(
    {
      total: 2,
      items: [{ id: other.id }],
      next_cursor: '1',
    },
  )
})
