/** What people do not want does not come, what asks for something comes all the same, and why anything comes. */
import { NotificationPreferences, type SetPreferencesBody } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { type addOrganisation, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { asSystem, makeKey, payslip, raise, registerType } from './key-calls.ts'

type Cast = Awaited<ReturnType<typeof addOrganisation>>

let server: TestServer
let cast: Cast
let john: Rest
let jane: Rest

/** John reports to Jane. */
beforeEach(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  john = await server.as(cast.john)
  jane = await server.as(cast.jane)
  return () => server.close()
})

async function preferences(rest: Rest): Promise<NotificationPreferences> {
  const { status, body } = await rest.get<NotificationPreferences>('/api/preferences/notifications')
  expect(status).toBe(200)
  return body
}
const wish = async (rest: Rest, type: string) =>
  (await preferences(rest)).types.find(each => each.type === type)

async function set(rest: Rest, body: SetPreferencesBody) {
  const answer = await rest.put<NotificationPreferences & Problem>('/api/preferences/notifications', body)
  return { ...answer, fields: answer.body.errors?.map(({ field }) => field) }
}
const muteType = async (rest: Rest, type: string) =>
  expect((await set(rest, { [type]: { in_app: false } })).status).toBe(200)

interface Row {
  id: string
  type: string
}
const inbox = async (rest: Rest) =>
  (await rest.get<{ notifications: Row[] }>('/api/notifications')).body.notifications
const typesOf = async (rest: Rest) => (await inbox(rest)).map(({ type }) => type)
const unread = async (rest: Rest) =>
  (await rest.get<{ unread_count: number }>('/api/notifications?limit=1')).body.unread_count

const PERIOD = { type: 'INDIVIDUAL', quarter: 'Q1', year: 2027 }

async function createGoal(title: string): Promise<string> {
  const { status, body } = await john.post<{ id: string }>('/api/goals', { ...PERIOD, title })
  expect(status).toBe(201)
  return body.id
}
const decide = async (id: string, verb: string, body: object = {}) =>
  expect((await jane.put(`/api/goals/${id}/${verb}`, body)).status).toBe(200)

describe('what is there to be said', () => {
  test('every type of the product and of other systems, all wanted, with why it comes', async () => {
    const admin = await server.as(cast.ada)
    await registerType(admin)
    const all = await preferences(john)
    expectConform(NotificationPreferences, all)
    expect(all.muted_things).toEqual([])
    expect(all.types.every(({ in_app, sound, desktop }) => in_app && sound && desktop)).toBe(true)
    expect(all.types.find(({ type }) => type === 'goal_created')).toEqual({
      type: 'goal_created',
      in_app: true,
      sound: true,
      desktop: true,
      needs_action: 'always',
      raised_by: 'product',
      reasons: [
        {
          raised_by: expect.stringContaining('A goal is sent for approval'),
          recipients: 'Whoever decides about its owner’s work',
          priority: 'high',
          needs_action: true,
        },
      ],
    })
    expect(all.types.find(({ type }) => type === 'system_announcement')?.needs_action).toBe('sometimes')
    expect(all.types.find(({ type }) => type === 'goal_approved')?.needs_action).toBe('never')
    expect(all.types.at(-1)).toMatchObject({
      type: payslip.type,
      needs_action: 'never',
      raised_by: 'other_system',
      reasons: [{ priority: payslip.priority }],
    })
    expect(new Set(all.types.map(({ type }) => type)).size).toBe(all.types.length)
  })

  test('what is said is kept, one thing at a time, for who said it alone', async () => {
    await set(john, { goal_approved: { sound: false } })
    const { body } = await set(john, { goal_approved: { desktop: false }, goal_created: { sound: false } })
    expect(body.types.find(({ type }) => type === 'goal_approved')).toMatchObject({
      in_app: true,
      sound: false,
      desktop: false,
    })
    expect(await wish(john, 'goal_created')).toMatchObject({ in_app: true, sound: false, desktop: true })
    expect(await wish(jane, 'goal_approved')).toMatchObject({ in_app: true, sound: true, desktop: true })
    await set(john, { goal_approved: { sound: true } })
    expect(await wish(john, 'goal_approved')).toMatchObject({ sound: true, desktop: false })
  })

  test.each([
    ['what asks for something', { goal_created: { in_app: false } }, 'goal_created.in_app'],
    ['a type there is none of', { nonsense: { in_app: false } }, 'nonsense'],
    ['a word for a switch', { goal_approved: { in_app: 'no' } }, 'goal_approved.in_app'],
    ['a type without a name', { '': { in_app: false } }, 'body'],
    ['nothing', {}, 'body'],
  ])('muting %s is refused, and nothing else of the call is done', async (_, body, field) => {
    const together = Object.keys(body).length === 0 ? body : { goal_rejected: { sound: false }, ...body }
    const { status, fields } = await set(john, together as SetPreferencesBody)
    expect([status, fields]).toEqual([422, [field]])
    expect(await wish(john, 'goal_rejected')).toMatchObject({ sound: true })
  })

  test('the other pages of the person hear of it, and nobody else', async () => {
    const own = await server.socket(cast.john, { query: { since: '0' } })
    const other = await server.socket(cast.jane, { query: { since: '0' } })
    await muteType(john, 'goal_approved')
    const { resource, id } = await own.next('resource_changed')
    expect([resource, id]).toEqual(['notification_preferences', cast.john.id])
    await createGoal('Something else')
    await other.next('new_notification')
    expect(JSON.stringify(other.messages)).not.toContain('notification_preferences')
  })

  test('nobody who is not signed in', async () => {
    expect((await server.rest().get('/api/preferences/notifications')).status).toBe(401)
    expect((await server.rest().put('/api/preferences/notifications', {})).status).toBe(401)
  })
})

describe('a muted type', () => {
  test('does not come any more, and others do', async () => {
    await muteType(john, 'goal_approved')
    const socket = await server.socket(cast.john, { query: { since: '0' } })
    await socket.next('sync')
    await decide(await createGoal('One'), 'approve')
    await decide(await createGoal('Two'), 'reject', { reason: 'Not now' })
    const { notification } = await socket.next('new_notification')
    expect(notification).toMatchObject({ type: 'goal_rejected' })
    expect(await typesOf(john)).toEqual(['goal_rejected'])
    expect(await unread(john)).toBe(1)
    // The goal itself is what it is, whoever wants to hear of it.
    expect((await john.get<{ total: number }>('/api/goals?status=ACTIVE')).body.total).toBe(1)
  })

  test('comes again once it is wanted again; what came meanwhile does not', async () => {
    await muteType(john, 'goal_approved')
    await decide(await createGoal('One'), 'approve')
    await set(john, { goal_approved: { in_app: true } })
    expect(await typesOf(john)).toEqual([])
    await decide(await createGoal('Two'), 'approve')
    expect(await typesOf(john)).toEqual(['goal_approved'])
  })

  test('muted by one comes to the others', async () => {
    await muteType(john, 'system_announcement')
    const hana = await server.as(cast.hana)
    await hana.post('/api/announcements', {
      title: 'The canteen is closed',
      body: 'On Friday.',
      audience: 'everyone',
      publish: true,
    })
    const socket = await server.socket(cast.jane, { query: { since: '0' } })
    server.app.jobs.start()
    await socket.until(
      ({ type, notifications, notification }) =>
        JSON.stringify([type, notifications, notification]).includes('The canteen is closed'),
      'the announcement',
    )
    expect(await typesOf(john)).toEqual([])
  })

  test('still comes where it asks for something', async () => {
    await muteType(john, 'system_announcement')
    const hana = await server.as(cast.hana)
    const socket = await server.socket(cast.john)
    server.app.jobs.start()
    await hana.post('/api/announcements', {
      title: 'New rules',
      body: 'Please read them.',
      audience: 'everyone',
      requires_acknowledgement: true,
      publish: true,
    })
    const { notification } = await socket.next('new_notification')
    expect(notification).toMatchObject({ title: 'New rules', type: 'system_announcement' })
  })

  test('of another system does not come either', async () => {
    const admin = await server.as(cast.ada)
    await registerType(admin)
    const { key } = await makeKey(admin)
    await muteType(john, payslip.type)
    expect((await raise(asSystem(server, key), [cast.john, cast.jane])).status).toBe(201)
    expect(await typesOf(john)).toEqual([])
    expect(await typesOf(jane)).toEqual([payslip.type])
  })
})

describe('a muted thing', () => {
  const mute = (rest: Rest, notification_id: string) =>
    rest.put<NotificationPreferences & Problem>('/api/preferences/muted-things', { notification_id })

  async function rejected(): Promise<{ goal: string; notification: string }> {
    const goal = await createGoal('Learn to Sail')
    await decide(goal, 'reject', { reason: 'Which course?' })
    const [row] = await inbox(john)
    return { goal, notification: row?.id ?? '' }
  }

  test('is heard of no more, other things are, and it is listed by what was last heard of it', async () => {
    const { goal, notification } = await rejected()
    const { status, body } = await mute(john, notification)
    expect([status, body.muted_things]).toEqual([
      200,
      [
        {
          type: 'goal',
          id: goal,
          message: "Jane Smith has rejected your goal 'Learn to Sail'. Reason: Which course?",
          action_url: `/goals/${goal}`,
          muted_at: expect.any(String),
        },
      ],
    ])
    expect((await mute(john, notification)).body.muted_things).toEqual(body.muted_things)
    await john.put(`/api/goals/${goal}/resubmit`, {})
    await decide(goal, 'approve')
    await decide(await createGoal('Learn to Swim'), 'approve')
    expect(await typesOf(john)).toEqual(['goal_approved', 'goal_rejected'])
  })

  test('still asks who is to decide about it', async () => {
    const goal = await createGoal('Learn to Sail')
    const [asked] = await inbox(jane)
    await mute(jane, asked?.id ?? '')
    await decide(goal, 'reject', { reason: 'Which course?' })
    await john.put(`/api/goals/${goal}/resubmit`, {})
    expect(await typesOf(jane)).toEqual(['goal_created', 'goal_created'])
  })

  test('is heard of again when that is asked', async () => {
    const { goal, notification } = await rejected()
    await mute(john, notification)
    const { body } = await john.delete<NotificationPreferences>(`/api/preferences/muted-things/goal/${goal}`)
    expect(body.muted_things).toEqual([])
    await john.put(`/api/goals/${goal}/resubmit`, {})
    await decide(goal, 'approve')
    expect(await typesOf(john)).toEqual(['goal_approved', 'goal_rejected'])
  })

  test('cannot be muted by the notification of somebody else, one that is gone, or one about nothing', async () => {
    const { notification } = await rejected()
    expect((await mute(jane, notification)).status).toBe(404)
    await john.delete(`/api/notifications/${notification}`)
    expect((await mute(john, notification)).status).toBe(404)
    expect((await mute(john, 'no id')).status).toBe(422)

    const admin = await server.as(cast.ada)
    await registerType(admin)
    const { key } = await makeKey(admin)
    await raise(asSystem(server, key), cast.john)
    const [aboutNothing] = await inbox(john)
    const { status, body } = await mute(john, aboutNothing?.id ?? '')
    expect([status, body.errors?.map(({ field }) => field)]).toEqual([422, ['notification_id']])
  })
})
