/** The REST endpoints of the guide, each as it says, asked of a running server. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { expectConform, fieldsOf } from '../../apps/server/test/conform.ts'
import { act, assignGoal, createGoal } from '../../apps/server/test/goal-calls.ts'
import {
  ConnectionStats,
  InboxItem,
  Message,
  NotificationPage,
  NotificationStats,
} from '../../packages/protocol/src/index.ts'
import { addPair, ISO_UTC, type Pair, TEN_FIELDS, UUID } from './pair.ts'

let server: TestServer
let john: Pair['john']
let jane: Pair['jane']

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  const pair = await addPair(server)
  john = pair.john
  jane = pair.jane
})

/** Asks for a list, and checks all of its shape that is the same for every list. */
async function list(query = ''): Promise<NotificationPage> {
  const { status, body, headers } = await jane.rest.get<NotificationPage>(`/api/notifications${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expectConform(NotificationPage, body)
  return body
}

const titles = ({ notifications }: NotificationPage) =>
  notifications.map(({ message }) => message.split("'")[1])

describe('GET /api/notifications', () => {
  test('answers notifications, total, unread_count, page and per_page; and our own next_cursor and version', async () => {
    const body = await list()
    expect(fieldsOf(body)).toEqual(
      [
        'notifications',
        'total',
        'unread_count',
        'page',
        'per_page',
        'next_cursor',
        'version',
        'epoch',
      ].sort(),
    )
    expect(body).toMatchObject({ notifications: [], total: 0, unread_count: 0, page: 1, per_page: 20 })
  })

  test('each notification has the ten fields, each of its type', async () => {
    const goal = await createGoal(john.rest, { title: 'Complete Q1 Training' })
    const [item] = (await list()).notifications
    expect(fieldsOf(item)).toEqual(
      [...TEN_FIELDS, 'seq', 'needs_action', 'resolved_at', 'resolved_by_name', 'object'].sort(),
    )
    expect(item).toMatchObject({
      id: expect.stringMatching(UUID),
      type: 'goal_created',
      priority: 'high',
      title: 'New Goal Awaiting Approval',
      message: "John Doe has created a new goal 'Complete Q1 Training' that requires your approval.",
      action_url: `/goals/${goal.id}`,
      triggered_by_name: 'John Doe',
      created_at: expect.stringMatching(ISO_UTC),
      is_read: false,
    })
    expect(item?.data).toEqual({ goal_id: goal.id })
  })

  test('newest first, 20 unless another limit is asked for, from skip on', async () => {
    for (let n = 1; n <= 23; n++) await createGoal(john.rest, { title: `Goal ${n}` })
    const names = (from: number, to: number) => {
      const expected: string[] = []
      for (let n = from; n >= to; n--) expected.push(`Goal ${n}`)
      return expected
    }
    const whole = { total: 23, unread_count: 23 }
    const first = await list()
    expect(titles(first)).toEqual(names(23, 4))
    expect(first).toMatchObject({ ...whole, page: 1, per_page: 20 })

    const second = await list('?skip=20')
    expect(titles(second)).toEqual(names(3, 1))
    expect(second).toMatchObject({ ...whole, page: 2, per_page: 20, next_cursor: null })

    expect(await list('?skip=0&limit=100')).toMatchObject({ ...whole, page: 1, per_page: 100 })
    expect(titles(await list('?skip=22&limit=1'))).toEqual(['Goal 1'])
    expect(titles(await list(`?limit=20&cursor=${first.next_cursor}`))).toEqual(names(3, 1))

    const beyond = await list('?skip=10000&limit=1')
    expect(beyond).toMatchObject({ ...whole, notifications: [], page: 10_001, per_page: 1 })
  })

  test.each([
    [0, 5, 1],
    [4, 5, 1],
    [5, 5, 2],
    [9, 5, 2],
    [10, 5, 3],
    [1, 1, 2],
    [99, 100, 1],
  ])('skip=%i and limit=%i is page %i', async (skip, limit, page) => {
    expect(await list(`?skip=${skip}&limit=${limit}`)).toMatchObject({ page, per_page: limit })
  })

  describe('filters', () => {
    /** Jane's inbox: three of John's goals to approve (one of them read), one accepted, two declined. */
    beforeEach(async () => {
      for (const title of ['A', 'B', 'C']) await createGoal(john.rest, { title })
      const [, middle] = (await list()).notifications
      await jane.rest.put(`/api/notifications/${middle?.id}/read`)
      const answers = { D: 'accept', E: 'decline', F: 'decline' } as const
      for (const [title, answer] of Object.entries(answers))
        await act(john.rest, (await assignGoal(jane.rest, john, { title })).id, answer)
    })

    test.each<[string, string[]]>([
      ['', ['F', 'E', 'D', 'C', 'B', 'A']],
      ['unread_only=true', ['F', 'E', 'D', 'C', 'A']],
      ['unread_only=True', ['F', 'E', 'D', 'C', 'A']],
      ['unread_only=TRUE', ['F', 'E', 'D', 'C', 'A']],
      ['unread_only=1', ['F', 'E', 'D', 'C', 'A']],
      ['unread_only=false', ['F', 'E', 'D', 'C', 'B', 'A']],
      ['unread_only=False', ['F', 'E', 'D', 'C', 'B', 'A']],
      ['unread_only=0', ['F', 'E', 'D', 'C', 'B', 'A']],
      ['notification_type=goal_created', ['C', 'B', 'A']],
      ['notification_type=goal_declined', ['F', 'E']],
      ['notification_type=goal_approved', []],
      ['priority=high', ['F', 'E', 'C', 'B', 'A']],
      ['priority=medium', ['D']],
      ['priority=low', []],
      ['priority=urgent', []],
      ['notification_type=goal_created&unread_only=true', ['C', 'A']],
      ['notification_type=goal_created&priority=high&unread_only=1', ['C', 'A']],
      ['notification_type=goal_created&priority=medium', []],
      ['priority=high&unread_only=true&limit=2&skip=1', ['E', 'C']],
    ])('%s: total is what they select, unread_count the whole', async (query, expected) => {
      const body = await list(`?${query}`)
      expect(titles(body)).toEqual(expected)
      expect(body).toMatchObject({ total: query.includes('limit') ? 4 : expected.length, unread_count: 5 })
    })

    test('stats count all there is, by type and by priority', async () => {
      const { status, body } = await jane.rest.get('/api/notifications/stats')
      expect(status).toBe(200)
      expectConform(NotificationStats, body)
      expect(body).toEqual({
        total_count: 6,
        unread_count: 5,
        by_type: { goal_created: 3, goal_accepted: 1, goal_declined: 2 },
        by_priority: { high: 5, medium: 1 },
      })
    })
  })

  test.each([
    'goal_created goal_assigned goal_approved goal_rejected goal_accepted goal_declined',
    'initiative_created initiative_assigned initiative_submitted initiative_reviewed initiative_overdue',
    'initiative_extension_requested initiative_extension_approved initiative_extension_denied',
    'review_assigned review_due_soon review_overdue review_submitted',
    'user_created user_status_changed user_role_changed system_announcement',
  ])('takes every type that the guide names: %s', async types => {
    for (const type of types.split(' ')) await list(`?notification_type=${type}`)
  })
})

describe('GET /api/notifications/stats', () => {
  test('of an empty inbox', async () => {
    const { body } = await jane.rest.get('/api/notifications/stats')
    expect(body).toEqual({ total_count: 0, unread_count: 0, by_type: {}, by_priority: {} })
  })
})

/** The headers that the guide's own calls carry; their bodies are empty. */
const AS_JSON = { headers: { 'content-type': 'application/json' } }

describe('PUT /api/notifications/{notification_id}/read', () => {
  test('answers the notification, read; again it answers the same', async () => {
    await createGoal(john.rest)
    await createGoal(john.rest)
    const [, item] = (await list()).notifications
    const first = await jane.rest.put<InboxItem>(`/api/notifications/${item?.id}/read`, undefined, AS_JSON)
    expect(first.status).toBe(200)
    expectConform(InboxItem, first.body)
    expect(first.body).toEqual({ ...item, is_read: true })
    const after = await list()
    expect(after).toMatchObject({ total: 2, unread_count: 1 })
    expect(after.notifications[1]).toEqual(first.body)

    const again = await jane.rest.put(`/api/notifications/${item?.id}/read`, undefined, AS_JSON)
    expect([again.status, again.body]).toEqual([200, first.body])
    expect(await list()).toEqual(after)
  })

  test('needs no content type either', async () => {
    await createGoal(john.rest)
    const [item] = (await list()).notifications
    expect((await jane.rest.put(`/api/notifications/${item?.id}/read`)).status).toBe(200)
  })
})

describe('PUT /api/notifications/mark-all-read', () => {
  test.each([0, 1, 12])('says how many of %i, in the plural always', async count => {
    for (let n = 0; n < count; n++) await createGoal(john.rest)
    const { status, body } = await jane.rest.put('/api/notifications/mark-all-read', undefined, AS_JSON)
    expect(status).toBe(200)
    expectConform(Message, body)
    expect(body).toEqual({ message: `${count} notifications marked as read` })
    expect(await list()).toMatchObject({ total: count, unread_count: 0 })
  })

  test('counts those only that were unread', async () => {
    for (const _ of [1, 2, 3]) await createGoal(john.rest)
    const [, item] = (await list()).notifications
    await jane.rest.put(`/api/notifications/${item?.id}/read`)
    const { body } = await jane.rest.put('/api/notifications/mark-all-read')
    expect(body).toEqual({ message: '2 notifications marked as read' })
    expect((await list()).notifications.map(({ is_read }) => is_read)).toEqual([true, true, true])
  })
})

describe('DELETE /api/notifications/{notification_id}', () => {
  test('says so; it is in no list and no count any more, and not there to be deleted again', async () => {
    await createGoal(john.rest, { title: 'Old' })
    await createGoal(john.rest, { title: 'New' })
    const [, old] = (await list()).notifications
    const { status, body } = await jane.rest.delete(`/api/notifications/${old?.id}`)
    expect(status).toBe(200)
    expectConform(Message, body)
    expect(body).toEqual({ message: 'Notification deleted successfully' })
    const after = await list()
    expect(titles(after)).toEqual(['New'])
    expect(after).toMatchObject({ total: 1, unread_count: 1 })
    expect((await jane.rest.get('/api/notifications/stats')).body).toMatchObject({ total_count: 1 })
    expect((await jane.rest.delete(`/api/notifications/${old?.id}`)).status).toBe(404)
    expect((await jane.rest.put(`/api/notifications/${old?.id}/read`)).status).toBe(404)
  })
})

describe('GET /api/notifications/connection-stats', () => {
  test('counts people and sockets, and says whether oneself is among them', async () => {
    const stats = async (who: Pair['john'] = john) => {
      const { status, body } = await who.rest.get('/api/notifications/connection-stats')
      expect(status).toBe(200)
      expectConform(ConnectionStats, body)
      return body
    }
    expect(await stats()).toEqual({ active_users: 0, total_connections: 0, user_online: false })
    const sockets = [await server.socket(jane), await server.socket(john), await server.socket(jane)]
    for (const socket of sockets) await socket.next('connection_established')
    expect(await stats()).toEqual({ active_users: 2, total_connections: 3, user_online: true })

    await sockets[1]?.close()
    await expect
      .poll(() => stats(), { timeout: 10_000 })
      .toEqual({ active_users: 1, total_connections: 2, user_online: false })
    expect(await stats(jane)).toMatchObject({ user_online: true })
    for (const socket of sockets) await socket.close()
    await expect
      .poll(() => stats(jane), { timeout: 10_000 })
      .toMatchObject({ active_users: 0, total_connections: 0 })
  })
})

describe('the goal workflow', () => {
  const period = { type: 'INDIVIDUAL', quarter: 'Q1', year: 2025 }

  test.each([
    ['a bare PUT', undefined],
    ['a PUT that says it is JSON and is empty', AS_JSON],
  ])(
    'a personal goal is created, the supervisor hears, approves it by %s, and its owner hears',
    async (_, options) => {
      const created = await john.rest.post<{ id: string }>('/api/goals', {
        title: 'Complete Advanced Training',
        ...period,
      })
      expect(created.status).toBe(201)
      expect((await list()).notifications[0]?.message).toBe(
        "John Doe has created a new goal 'Complete Advanced Training' that requires your approval.",
      )
      const approved = await jane.rest.put(`/api/goals/${created.body.id}/approve`, undefined, options)
      expect([approved.status, approved.body]).toEqual([200, expect.objectContaining({ status: 'ACTIVE' })])
      const { body } = await john.rest.get<NotificationPage>('/api/notifications')
      expect(body.notifications[0]?.message).toBe(
        "Jane Smith has approved your goal 'Complete Advanced Training'.",
      )
    },
  )

  test('a supervisor assigns a goal, and the supervisee hears of it', async () => {
    const { status } = await jane.rest.post('/api/goals/assign', {
      assigned_to_user_id: john.id,
      title: 'Improve Customer Satisfaction',
      ...period,
    })
    expect(status).toBe(201)
    const { body } = await john.rest.get<NotificationPage>('/api/notifications')
    expect(body.notifications[0]?.message).toBe(
      "Jane Smith has assigned you a new goal: 'Improve Customer Satisfaction'. Please review and accept or decline.",
    )
  })
})
