/** The socket of the guide: each message as it says, to its exact field, from a running server. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { expectConform, fieldsOf } from '../../apps/server/test/conform.ts'
import { act, assignGoal, createGoal, heard, inboxOf } from '../../apps/server/test/goal-calls.ts'
import {
  ConnectionEstablished,
  ErrorMessage,
  MarkedRead,
  NewNotification,
  Notification,
  ServerMessage,
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

type Socket = Awaited<ReturnType<TestServer['socket']>>

/** A tab of somebody's, which has been greeted. */
async function tabOf(person: Pair['john']): Promise<Socket> {
  const socket = await server.socket(person)
  await nextOf(socket, 'connection_established', ConnectionEstablished)
  return socket
}

/** The next message of this type, which must be what the schemas say. */
async function nextOf(socket: Socket, type: string, schema: Parameters<typeof expectConform>[0]) {
  const message = await socket.next(type)
  expectConform(schema, message)
  expectConform(ServerMessage, message)
  return message
}

describe('connecting', () => {
  test('the first message is connection_established, with its sentence and the user’s id', async () => {
    const socket = await server.socket(john)
    const message = await nextOf(socket, 'connection_established', ConnectionEstablished)
    expect(socket.messages[0]).toEqual(message)
    expect(message).toEqual({
      type: 'connection_established',
      message: 'Connected to notification service',
      user_id: john.id,
      version: 0,
      unread_count: 0,
      epoch: expect.any(String),
    })
  })

  test('what was there before is not sent: the first page comes by REST', async () => {
    await createGoal(john.rest)
    const socket = await tabOf(jane)
    expect(await heard(socket)).toMatchObject([
      { type: 'connection_established', unread_count: 1, version: 1 },
    ])
  })
})

describe('new_notification', () => {
  test('has the ten fields and not one more, each of its type; beside it, version and unread_count', async () => {
    const socket = await tabOf(john)
    const goal = await assignGoal(jane.rest, john, { title: 'Complete Q1 Training' })
    const message = await nextOf(socket, 'new_notification', NewNotification)
    expect(fieldsOf(message)).toEqual(['notification', 'type', 'unread_count', 'version'])
    expect(message).toMatchObject({ version: 1, unread_count: 1 })
    expect(fieldsOf(message.notification)).toEqual(TEN_FIELDS)
    expectConform(Notification, message.notification)
    expect(message.notification).toEqual({
      id: expect.stringMatching(UUID),
      type: 'goal_assigned',
      priority: 'high',
      title: 'New Goal Assigned to You',
      message:
        "Jane Smith has assigned you a new goal: 'Complete Q1 Training'. Please review and accept or decline.",
      action_url: `/goals/${goal.id}/respond`,
      data: { goal_id: goal.id },
      triggered_by_name: 'Jane Smith',
      created_at: expect.stringMatching(ISO_UTC),
      is_read: false,
    })
    const [row] = (await inboxOf(john.rest)).notifications
    expect(row).toMatchObject(message.notification as object)
  })

  test('comes to every tab, in order, and each once', async () => {
    const tabs = [await tabOf(jane), await tabOf(jane), await tabOf(jane)]
    for (const title of ['A', 'B', 'C']) await createGoal(john.rest, { title })
    const first = await heard(tabs[0] as Socket)
    expect(first.map(({ type, version, unread_count }) => [type, version, unread_count])).toEqual([
      ['connection_established', 0, 0],
      ['new_notification', 1, 1],
      ['new_notification', 2, 2],
      ['new_notification', 3, 3],
    ])
    for (const tab of tabs) expect(await heard(tab)).toEqual(first)
  })

  test('a title is shown as it was written, whatever is in it', async () => {
    const socket = await tabOf(jane)
    const title = `<b>"It's" 50 % \\ {A} \${X} — 目標 🎯</b>`
    await createGoal(john.rest, { title })
    expect(await nextOf(socket, 'new_notification', NewNotification)).toMatchObject({
      notification: { message: `John Doe has created a new goal '${title}' that requires your approval.` },
    })
  })

  const own = () => createGoal(john.rest, { title: 'Complete Advanced Training' })
  const given = () => assignGoal(jane.rest, john, { title: 'Improve Customer Satisfaction' })
  const reason = 'It is too vague.'

  test.each<{
    type: string
    priority: string
    title: string
    message: string
    url: (id: string) => string
    data?: object
    to: 'john' | 'jane'
    cause(): Promise<{ id: string }>
  }>([
    {
      type: 'goal_created',
      priority: 'high',
      title: 'New Goal Awaiting Approval',
      message: "John Doe has created a new goal 'Complete Advanced Training' that requires your approval.",
      url: id => `/goals/${id}`,
      to: 'jane',
      cause: own,
    },
    {
      type: 'goal_assigned',
      priority: 'high',
      title: 'New Goal Assigned to You',
      message:
        "Jane Smith has assigned you a new goal: 'Improve Customer Satisfaction'. Please review and accept or decline.",
      url: id => `/goals/${id}/respond`,
      to: 'john',
      cause: given,
    },
    {
      type: 'goal_approved',
      priority: 'medium',
      title: 'Goal Approved',
      message: "Jane Smith has approved your goal 'Complete Advanced Training'.",
      url: id => `/goals/${id}`,
      to: 'john',
      cause: async () => act(jane.rest, (await own()).id, 'approve'),
    },
    {
      type: 'goal_rejected',
      priority: 'high',
      title: 'Goal Rejected',
      message: "Jane Smith has rejected your goal 'Complete Advanced Training'. Reason: It is too vague.",
      url: id => `/goals/${id}`,
      data: { reason },
      to: 'john',
      cause: async () => act(jane.rest, (await own()).id, 'reject', { reason }),
    },
    {
      type: 'goal_accepted',
      priority: 'medium',
      title: 'Goal Accepted',
      message: "John Doe has accepted the goal 'Improve Customer Satisfaction'.",
      url: id => `/goals/${id}`,
      to: 'jane',
      cause: async () => act(john.rest, (await given()).id, 'accept'),
    },
    {
      type: 'goal_declined',
      priority: 'high',
      title: 'Goal Declined',
      message: "John Doe has declined the goal 'Improve Customer Satisfaction'. Reason: It is too vague.",
      url: id => `/goals/${id}`,
      data: { reason },
      to: 'jane',
      cause: async () => act(john.rest, (await given()).id, 'decline', { reason }),
    },
  ])('$type: its priority, title, sentence, address and data', async ({ cause, to, url, data, ...said }) => {
    const recipient = { john, jane }[to]
    const socket = await tabOf(recipient)
    const { id } = await cause()
    const { notification } = await socket.until(
      message => (message.notification as Notification | undefined)?.type === said.type,
      said.type,
    )
    expectConform(Notification, notification)
    expect(notification).toEqual({
      ...said,
      id: expect.stringMatching(UUID),
      action_url: url(id),
      data: { goal_id: id, ...data },
      triggered_by_name: to === 'john' ? 'Jane Smith' : 'John Doe',
      created_at: expect.stringMatching(ISO_UTC),
      is_read: false,
    })
  })
})

describe('ping', () => {
  test('is answered by the bare text pong, to the asking socket alone', async () => {
    const [asking, other] = [await tabOf(john), await tabOf(john)]
    asking.send('ping')
    await asking.text('pong')
    expect(asking.messages.at(-1)).toBe('pong')
    expect((await heard(other)).length).toBe(1)
    expect(other.messages.filter(message => message === 'pong').length).toBe(1)
  })
})

describe('mark_read:<id>', () => {
  test('every tab hears marked_read, the sender’s and those of other devices; nobody else does', async () => {
    const tabs = [await tabOf(jane), await tabOf(jane), await tabOf(jane)] as const
    const johns = await tabOf(john)
    await createGoal(john.rest)
    await createGoal(john.rest)
    const { notification } = await nextOf(tabs[0], 'new_notification', NewNotification)
    const { id } = notification as Notification

    tabs[0].send(`mark_read:${id}`)
    for (const tab of tabs) {
      expect(await nextOf(tab, 'marked_read', MarkedRead)).toEqual({
        type: 'marked_read',
        notification_id: id,
        version: 3,
        unread_count: 1,
      })
    }
    expect((await heard(johns)).length).toBe(1)
    const { notifications, unread_count } = await inboxOf(jane.rest)
    expect(unread_count).toBe(1)
    expect(notifications.map(({ is_read }) => is_read)).toEqual([false, true])
  })

  test('again is harmless: the asking socket is answered, and nothing changes', async () => {
    const [asking, other] = [await tabOf(jane), await tabOf(jane)]
    await createGoal(john.rest)
    const { notification } = await nextOf(asking, 'new_notification', NewNotification)
    const { id } = notification as Notification
    asking.send(`mark_read:${id}`)
    for (const tab of [asking, other]) await nextOf(tab, 'marked_read', MarkedRead)
    const before = await inboxOf(jane.rest)
    asking.send(`mark_read:${id}`)
    const answer = await nextOf(asking, 'marked_read', MarkedRead)
    expect(answer).toEqual({ type: 'marked_read', notification_id: id })
    expect(await inboxOf(jane.rest)).toEqual(before)
    expect((await heard(other)).filter(({ type }) => type === 'marked_read').length).toBe(1)
  })

  test('reading by REST reaches every tab too', async () => {
    const tabs = [await tabOf(jane), await tabOf(jane)] as const
    await createGoal(john.rest)
    const { notification } = await nextOf(tabs[0], 'new_notification', NewNotification)
    const { id } = notification as Notification
    await jane.rest.put(`/api/notifications/${id}/read`)
    for (const tab of tabs) expect((await nextOf(tab, 'marked_read', MarkedRead)).notification_id).toBe(id)
  })

  test('marking all by REST reaches a tab that knows only the guide as one marked_read each', async () => {
    const tab = await tabOf(jane)
    for (const _ of [1, 2, 3]) await createGoal(john.rest)
    const ids = (await inboxOf(jane.rest)).notifications.map(({ id }) => id)
    await jane.rest.put('/api/notifications/mark-all-read')
    const told = (await heard(tab)).filter(({ type }) => type === 'marked_read')
    for (const message of told) expectConform(MarkedRead, message)
    expect(told.map(({ notification_id }) => notification_id).sort()).toEqual(ids.sort())
    expect(told.map(({ unread_count }) => unread_count)).toEqual([0, 0, 0])
  })

  test('of what is not there: an error, and the socket stays', async () => {
    const tab = await tabOf(jane)
    tab.send('mark_read:01a2068e-b7fc-72c7-afb3-e2809c5cc3e1')
    const error = await nextOf(tab, 'error', ErrorMessage)
    expect(fieldsOf(error)).toEqual(['code', 'message', 'request', 'type'])
    await createGoal(john.rest)
    await nextOf(tab, 'new_notification', NewNotification)
  })
})

test('a tab that knows only the guide hears nothing but its vocabulary, whatever happens to its inbox', async () => {
  const tab = await tabOf(jane)
  const first = await createGoal(john.rest)
  await createGoal(john.rest)
  await act(jane.rest, first.id, 'approve')
  const [open] = (await inboxOf(jane.rest)).notifications
  await jane.rest.put(`/api/notifications/${open?.id}/read`)
  await jane.rest.put(`/api/notifications/${open?.id}/unread`)
  await jane.rest.delete(`/api/notifications/${open?.id}`)
  await jane.rest.post(`/api/notifications/${open?.id}/restore`)
  const last = await createGoal(john.rest, { title: 'Last' })

  const told = await heard(tab)
  expect(new Set(told.map(({ type }) => type))).toEqual(
    new Set(['connection_established', 'new_notification', 'marked_read']),
  )
  for (const message of told) {
    expectConform(ServerMessage, message)
    if (message.type === 'new_notification') expect(fieldsOf(message.notification)).toEqual(TEN_FIELDS)
  }
  expect(told.at(-1)).toMatchObject({ notification: { data: { goal_id: last.id } }, unread_count: 2 })
})
