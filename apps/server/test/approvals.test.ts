/** All that awaits somebody in one list, oldest first; and deciding about several things at once. */
import {
  APPROVAL_KINDS,
  type ApprovalItem,
  type ApprovalPage,
  type DecideBody,
  type DecideResult,
} from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type addOrganisation,
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { announce } from './announcement-calls.ts'
import {
  about,
  act,
  assignGoal,
  createGoal,
  heardTypes,
  inboxOf,
  NOBODY,
  problemFields,
  readGoal,
  withoutTrace,
} from './goal-calls.ts'
import * as initiatives from './initiative-calls.ts'
import { beginCycle } from './review-calls.ts'

type Cast = Awaited<ReturnType<typeof addOrganisation>>
type Row = DecideBody['decisions'][number]

const MINUTE = 60_000
const clock = createTestClock()

let server: TestServer
let cast: Cast
let rests: Record<keyof Cast, Rest>

/** John reports to Jane, Jane to Mary; Hana is HR, Ada may do everything. */
beforeEach(async () => {
  server = await startServer({ clock, env: { TIME_ZONE: initiatives.TIME_ZONE } })
  cast = await server.addOrganisation()
  const entries = Object.entries(cast).map(async ([who, person]) => [who, await server.as(person)] as const)
  rests = Object.fromEntries(await Promise.all(entries)) as Record<keyof Cast, Rest>
  return () => server.close()
})

async function list(rest: Rest, query = ''): Promise<ApprovalPage> {
  const { status, body } = await rest.get<ApprovalPage>(`/api/approvals?${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

const kinds = ({ items }: ApprovalPage) => items.map(({ kind }) => kind)
const ids = ({ items }: ApprovalPage) => items.map(({ id }) => id)

async function decide(rest: Rest, ...decisions: object[]): Promise<DecideResult['results']> {
  const { status, body } = await rest.post<DecideResult>('/api/approvals/decide', { decisions })
  expect(status, JSON.stringify(body)).toBe(200)
  return body.results
}

async function goOnLeave({ id }: Person): Promise<void> {
  const { status, body } = await rests.hana.put(`/api/users/${id}/status`, { status: 'on_leave' })
  expect(status, JSON.stringify(body)).toBe(200)
}

/** A minute later, so that one thing has waited longer than the next. */
async function then<T>(make: () => Promise<T>): Promise<T> {
  clock.advance(MINUTE)
  return make()
}

/** One of each kind that awaits Jane, and one that awaits John, the oldest first. */
async function oneOfEach() {
  const { john, jane } = rests
  const extended = await initiatives.assign(jane, [cast.john])
  await initiatives.act(john, extended, 'start')
  const submitted = await initiatives.assign(jane, [cast.john], { title: 'Paint the hall' })
  await initiatives.act(john, submitted, 'start')

  const goal = await then(() => createGoal(john))
  const asked = await then(() => initiatives.act(john, extended, 'request_extension'))
  const accepted = await then(() => assignGoal(jane, cast.john, { title: 'Learn C' }))
  await then(() => initiatives.act(john, submitted, 'submit'))
  const proposed = await then(() => initiatives.propose(john, { title: 'Plant a tree' }))
  const extension = asked.extensions.at(-1)
  if (!extension) throw new Error('there is no extension')
  return { goal, asked, extension, accepted, submitted, proposed }
}

const JOHN = () => ({ id: cast.john.id, name: 'John Doe' })
const JANE = () => ({ id: cast.jane.id, name: 'Jane Smith' })

describe('what awaits me', () => {
  test('is of all kinds, oldest first, each with what it is, whose, since when, and what can be decided here', async () => {
    const made = await oneOfEach()
    const mine = await list(rests.jane)
    expect(mine).toMatchObject({ total: 4, next_cursor: null })
    const common = { requested_by: JOHN(), subject: JOHN(), waiting_on: [JANE()] }
    expect(mine.items).toEqual([
      {
        ...common,
        kind: 'goal_approval',
        id: made.goal.id,
        object_id: made.goal.id,
        title: 'Learn Go',
        detail: 'Q1 2027',
        waiting_since: made.goal.waiting_since,
        due_on: null,
        action_url: `/goals/${made.goal.id}`,
        decisions: ['approve', 'reject'],
        revision: 1,
      },
      expect.objectContaining({
        ...common,
        kind: 'initiative_extension',
        id: made.extension.id,
        object_id: made.asked.id,
        title: 'Tidy the archive',
        detail: 'From 10 March 2027 to 20 March 2027',
        waiting_since: made.extension.created_at,
        decisions: ['approve', 'deny'],
      }),
      expect.objectContaining({
        ...common,
        kind: 'initiative_review',
        id: made.submitted.id,
        title: 'Paint the hall',
        action_url: `/initiatives/${made.submitted.id}/review`,
        decisions: [],
      }),
      expect.objectContaining({
        ...common,
        kind: 'initiative_approval',
        id: made.proposed.id,
        title: 'Plant a tree',
        waiting_since: made.proposed.waiting_since,
        due_on: initiatives.DUE,
        decisions: ['approve', 'reject'],
        revision: 1,
      }),
    ])
    const [accepted, ...others] = (await list(rests.john)).items
    expect(others).toEqual([])
    expect(accepted).toMatchObject({
      kind: 'goal_acceptance',
      id: made.accepted.id,
      requested_by: JANE(),
      subject: JOHN(),
      waiting_on: [JOHN()],
      action_url: `/goals/${made.accepted.id}/respond`,
      decisions: ['accept', 'decline'],
    })
    for (const who of ['mary', 'hana', 'ada'] as const) expect((await list(rests[who])).total, who).toBe(0)
  })

  test('is of every kind there is; some is decided here, some on its own page', async () => {
    await oneOfEach()
    const given = await then(() => assignGoal(rests.mary, cast.jane))
    const notice = await then(() => announce(server, rests.hana, { requires_acknowledgement: true }))
    await then(() => beginCycle(rests.hana, new Map([[cast.john, []]])))
    await server.app.jobs.tick()

    const mine = await list(rests.jane)
    expect(new Set(kinds(mine))).toEqual(new Set(APPROVAL_KINDS))
    const since = mine.items.map(({ waiting_since }) => waiting_since)
    expect(since).toEqual(since.toSorted())
    const [review] = (await list(rests.jane, 'kind=review')).items
    expect(review).toMatchObject({ subject: JOHN(), due_on: '2027-03-31', decisions: [] })
    expect((await list(rests.john, 'scope=sent')).items.map(({ kind }) => kind)).not.toContain('review')

    const results = await decide(
      rests.jane,
      { kind: 'announcement_acknowledgement', id: notice.id, decision: 'acknowledge' },
      { kind: 'goal_acceptance', id: given.id, decision: 'accept' },
      { kind: 'review', id: review?.id, decision: 'accept' },
    )
    expect(results.map(({ status, problem }) => status ?? problem?.code)).toEqual([
      'ACKNOWLEDGED',
      'ACTIVE',
      'invalid_input',
    ])
    const left = kinds(await list(rests.jane))
    expect(left).toHaveLength(mine.total - 2)
    expect(left).not.toContain('announcement_acknowledgement')
    expect(left).not.toContain('goal_acceptance')
  })

  test('of one kind, and a page at a time', async () => {
    const made = await oneOfEach()
    expect(ids(await list(rests.jane, 'kind=initiative_extension'))).toEqual([made.extension.id])
    expect(await list(rests.jane, 'kind=review')).toEqual({ items: [], total: 0, next_cursor: null })
    const first = await list(rests.jane, 'limit=3')
    expect([kinds(first).length, first.total, first.next_cursor]).toEqual([3, 4, '3'])
    const second = await list(rests.jane, 'limit=3&skip=3')
    expect([kinds(second), second.total, second.next_cursor]).toEqual([['initiative_approval'], 4, null])
  })

  test.each(['scope=all', 'kind=goal', 'limit=0', 'limit=101', 'skip=-1'])('%s: 422', async query => {
    expect((await rests.jane.get(`/api/approvals?${query}`)).status).toBe(422)
  })

  test('goes one step up while I am on leave, and is settled wherever it is decided', async () => {
    await oneOfEach()
    await goOnLeave(cast.jane)
    expect((await list(rests.jane)).total).toBe(0)
    const stepUp = await list(rests.mary)
    expect(kinds(stepUp)).toEqual([
      'goal_approval',
      'initiative_extension',
      'initiative_review',
      'initiative_approval',
    ])
    expect(stepUp.items[0]?.waiting_on).toEqual([{ id: cast.mary.id, name: 'Mary Okafor' }])
    await act(rests.mary, stepUp.items[0]?.id ?? '', 'approve')
    expect((await list(rests.mary)).total).toBe(3)
  })
})

describe('what I wait for', () => {
  test('is what I sent and others have yet to decide, with on whom it waits; nothing of it is mine to decide', async () => {
    const made = await oneOfEach()
    const sent = await list(rests.john, 'scope=sent')
    expect(sent.items.map(({ id, waiting_on }) => [id, waiting_on])).toEqual(
      [made.goal.id, made.extension.id, made.submitted.id, made.proposed.id].map(id => [id, [JANE()]]),
    )
    expect(sent.items.flatMap(({ decisions }) => decisions)).toEqual([])
    expect((await list(rests.jane, 'scope=sent')).items).toMatchObject([
      {
        kind: 'goal_acceptance',
        id: made.accepted.id,
        waiting_on: [JOHN()],
        action_url: `/goals/${made.accepted.id}`,
        decisions: [],
      },
    ])
    for (const who of ['mary', 'hana', 'ada'] as const) {
      expect((await list(rests[who], 'scope=sent')).total, who).toBe(0)
    }
    await goOnLeave(cast.jane)
    const names = (item?: ApprovalItem) => item?.waiting_on.map(({ name }) => name)
    expect(names((await list(rests.john, 'scope=sent')).items[0])).toEqual(['Mary Okafor'])
  })
})

describe('deciding about several', () => {
  test('does each as its own page would: what it is now, who is told, and every request settled', async () => {
    const made = await oneOfEach()
    const other = await then(() => createGoal(rests.john, { title: 'Learn Zig' }))
    const socket = await server.socket(cast.jane)
    await socket.next('connection_established')
    expect(
      await decide(
        rests.jane,
        { kind: 'goal_approval', id: made.goal.id, decision: 'approve', revision: 1 },
        { kind: 'goal_approval', id: other.id, decision: 'reject', reason: 'Too much' },
        { kind: 'initiative_extension', id: made.extension.id, decision: 'deny', reason: 'It is needed' },
        { kind: 'initiative_approval', id: made.proposed.id, decision: 'approve', revision: 1 },
      ),
    ).toEqual([
      { kind: 'goal_approval', id: made.goal.id, ok: true, status: 'ACTIVE' },
      { kind: 'goal_approval', id: other.id, ok: true, status: 'REJECTED' },
      { kind: 'initiative_extension', id: made.extension.id, ok: true, status: 'DENIED' },
      { kind: 'initiative_approval', id: made.proposed.id, ok: true, status: 'ASSIGNED' },
    ])
    expect(await readGoal(rests.john, other.id)).toMatchObject({ status: 'REJECTED', reason: 'Too much' })
    expect((await initiatives.read(rests.john, made.proposed)).status).toBe('ASSIGNED')
    expect(kinds(await list(rests.jane))).toEqual(['initiative_review'])
    expect((await list(rests.john, 'scope=sent')).total).toBe(1)

    const told = (await inboxOf(rests.john)).notifications.slice(0, 4).map(({ type }) => type)
    expect(told).toEqual([
      'initiative_assigned',
      'initiative_extension_denied',
      'goal_rejected',
      'goal_approved',
    ])
    const { notifications, unread_count } = await inboxOf(rests.jane)
    expect(notifications.filter(item => item.needs_action && item.resolved_at === null)).toMatchObject([
      { type: 'initiative_submitted' },
    ])
    expect(unread_count).toBe(1)
    expect(await heardTypes(socket)).toEqual(Array(4).fill('marked_read'))
  })

  test('accepts and declines what was assigned', async () => {
    const [first, second] = [await assignGoal(rests.jane, cast.john), await assignGoal(rests.jane, cast.john)]
    const results = await decide(
      rests.john,
      { kind: 'goal_acceptance', id: first.id, decision: 'accept', revision: 1 },
      { kind: 'goal_acceptance', id: second.id, decision: 'decline', reason: 'No time' },
    )
    expect(results.map(({ status }) => status)).toEqual(['ACTIVE', 'DECLINED'])
    expect(await about(rests.jane, second.id)).toMatchObject([
      { type: 'goal_declined', data: { reason: 'No time' } },
    ])
  })

  test('one that cannot be decided stops no other, and says why in its row', async () => {
    const decided = await createGoal(rests.john)
    await act(rests.jane, decided.id, 'approve')
    const edited = await createGoal(rests.john)
    await act(rests.john, edited.id, 'edit')
    const own = await createGoal(rests.jane)
    const foreign = await createGoal(rests.mary)
    const good = await createGoal(rests.john)
    const row = (id: string, more: object = {}) => ({
      kind: 'goal_approval',
      id,
      decision: 'approve',
      ...more,
    })
    const results = await decide(
      rests.jane,
      row(decided.id),
      row(edited.id, { revision: 1 }),
      row(own.id),
      row(foreign.id),
      row(NOBODY),
      row(good.id, { decision: 'reject' }),
      row(good.id, { decision: 'reject', reason: ' \u200b ' }),
      row(good.id, { decision: 'accept' }),
      row(good.id, { kind: 'goal_acceptance', decision: 'accept' }),
      row(good.id),
      row(good.id),
    )
    const short = results.map(({ ok, status, problem }) => (ok ? status : [problem?.status, problem?.code]))
    expect(short).toEqual([
      [409, 'wrong_state'],
      [409, 'wrong_state'],
      [403, 'forbidden'],
      [404, 'not_found'],
      [404, 'not_found'],
      [422, 'invalid_input'],
      [422, 'invalid_input'],
      [422, 'invalid_input'],
      [403, 'forbidden'],
      'ACTIVE',
      [409, 'wrong_state'],
    ])
    expect(results[0]?.problem).toMatchObject({
      current_status: 'ACTIVE',
      detail: 'This goal was approved by Jane Smith and is ACTIVE now',
    })
    expect(results[1]?.problem?.current_status).toBe('PENDING_APPROVAL')
    expect(results.slice(5, 8).map(({ problem }) => problem?.errors?.map(({ field }) => field))).toEqual([
      ['reason'],
      ['reason'],
      ['decision'],
    ])
    expect((await readGoal(rests.john, edited.id)).status).toBe('PENDING_APPROVAL')
    expect((await about(rests.john, good.id)).map(({ type }) => type)).toEqual(['goal_approved'])
  })

  test('what asks for more than a word is done on its own page', async () => {
    const { submitted } = await oneOfEach()
    const results = await decide(
      rests.jane,
      { kind: 'initiative_review', id: submitted.id, decision: 'approve' },
      { kind: 'review', id: NOBODY, decision: 'accept' },
    )
    expect(results.map(({ problem }) => problem?.detail)).toEqual([
      'decision cannot be approve here: it is done on its own page',
      'decision cannot be accept here: it is done on its own page',
    ])
    expect((await initiatives.read(rests.jane, submitted)).status).toBe('COMPLETED')
  })

  const row: Row = { kind: 'goal_approval', id: NOBODY, decision: 'approve' }
  test.each<[string, unknown, string]>([
    ['nothing', [], 'decisions'],
    ['more than a hundred', Array(101).fill(row), 'decisions'],
    ['no list', row, 'decisions'],
    ['an unknown kind', [{ ...row, kind: 'goal' }], 'decisions.0.kind'],
    ['an unknown decision', [row, { ...row, decision: 'maybe' }], 'decisions.1.decision'],
    ['no id', [{ ...row, id: 'x' }], 'decisions.0.id'],
    ['a revision that is none', [{ ...row, revision: 0 }], 'decisions.0.revision'],
  ])('with %s: 422, and nothing is decided', async (_, decisions, field) => {
    const reply = await withoutTrace(server, () =>
      rests.jane.post<Problem>('/api/approvals/decide', { decisions }),
    )
    expect([reply.status, problemFields(reply.body)]).toEqual([422, [field]])
  })
})
