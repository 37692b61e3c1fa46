/**
 * Requests that go along when it becomes somebody else who decides: by a status, a supervisor, a role, somebody who
 * stands in, somebody who leaves, or a day that comes. Told by the sockets and the inboxes of both.
 */
import type { GoalDetail } from '@pms/contract'
import type { InboxItem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  changePerson,
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
  type TestSocket,
} from '../src/testing/index.ts'
import { act, createGoal, readGoal } from './goal-calls.ts'
import { delegate, inbox, news, setStatus } from './people-calls.ts'

const DAY = 24 * 60 * 60 * 1000
/** Sockets stay while days go by on the clock of a test, whenever it is looked whether they may. */
const MONTH_SECONDS = 30 * 24 * 60 * 60

let clock: ReturnType<typeof createTestClock>
let server: TestServer
let cast: Record<'mary' | 'jane' | 'john' | 'ben' | 'hana' | 'ada', Person>
let asJohn: Rest
let asAda: Rest
let goal: GoalDetail
const sockets = {} as Record<keyof typeof cast, TestSocket>

/** John reports to Jane, Jane and Ben to Mary; Hana is HR, Ada may do everything. John has asked Jane. */
beforeEach(async () => {
  clock = createTestClock('2027-03-01T09:00:00.000Z')
  server = await startServer({ clock })
  const { addPerson } = server
  const mary = await addPerson('Mary Okafor')
  const jane = await addPerson('Jane Smith', { supervisor: mary })
  cast = {
    mary,
    jane,
    john: await addPerson('John Doe', { supervisor: jane }),
    ben: await addPerson('Ben Carter', { supervisor: mary }),
    hana: await addPerson('Hana Sato', { role: 'hr' }),
    ada: await addPerson('Ada Admin', { role: 'super_admin' }),
  }
  for (const who of Object.keys(cast) as (keyof typeof cast)[]) {
    const token = await server.app.auth.issueToken(cast[who], { userAgent: 'test', seconds: MONTH_SECONDS })
    sockets[who] = await server.socket(token, { query: { since: '0' } })
    await sockets[who].next('sync')
  }
  asJohn = await server.as(cast.john)
  asAda = await server.as(cast.ada)
  goal = await createGoal(asJohn)
  return () => server.close()
})

const isAbout = (item: InboxItem, id: string) => item.object?.id === id || item.data.goal_id === id

/** Who was asked how often, by what sockets heard; and who is still asked, by what stands in the inboxes. */
async function asked(id = goal.id) {
  const heard: Record<string, number> = {}
  const open: string[] = []
  for (const who of Object.keys(cast) as (keyof typeof cast)[]) {
    const socket = sockets[who]
    await news(socket)
    const told = socket.messages
      .flatMap(message => (typeof message === 'object' ? [message] : []))
      .filter(({ type }) => type === 'new_notification')
      .map(({ notification }) => notification as InboxItem)
      .filter(item => isAbout(item, id) && item.needs_action)
    const kept = (await inbox(server, cast[who])).filter(item => isAbout(item, id) && item.needs_action)
    expect(told.map(item => item.id).sort(), `${who}: told is kept`).toEqual(kept.map(item => item.id).sort())
    if (told.length > 0) heard[who] = told.length
    const still = kept.filter(item => item.resolved_at === null)
    expect(still.length).toBeLessThanOrEqual(1)
    if (still.length > 0) open.push(who)
  }
  return { heard, open }
}

/** The request at this person was settled before their eyes, by nobody in particular. */
async function settledLive(who: keyof typeof cast, id = goal.id): Promise<void> {
  const { notification, unread_count } = await sockets[who].until(
    message => message.type === 'notification_updated' && isAbout(message.notification as InboxItem, id),
    'the settled request',
  )
  expect(notification).toMatchObject({ is_read: true, resolved_by_name: null })
  expect((notification as InboxItem).resolved_at).not.toBeNull()
  expect(unread_count).toBeTypeOf('number')
}

const waitsOn = async () => (await readGoal(asJohn, goal.id)).waiting_on.map(({ name }) => name)

test('at first the supervisor is asked', async () => {
  expect(await asked()).toEqual({ heard: { jane: 1 }, open: ['jane'] })
})

describe('a supervisor', () => {
  test('goes on leave and comes back: the request goes up, and comes back', async () => {
    await setStatus(asAda, cast.jane, 'on_leave')
    await settledLive('jane')
    // That it was made, and that it waits for somebody else.
    for (const _ of [1, 2])
      await sockets.john.until(message => message.type === 'resource_changed' && message.id === goal.id)
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1 }, open: ['mary'] })
    expect(await waitsOn()).toEqual(['Mary Okafor'])

    await setStatus(asAda, cast.jane, 'active')
    await settledLive('mary')
    expect(await asked()).toEqual({ heard: { jane: 2, mary: 1 }, open: ['jane'] })

    await act(await server.as(cast.jane), goal.id, 'approve')
    expect((await asked()).open).toEqual([])
  })

  test('asks in the words of the one who asks', async () => {
    await setStatus(asAda, cast.jane, 'on_leave')
    const [item] = (await news(sockets.mary)).filter(each => isAbout(each, goal.id))
    expect(item).toMatchObject({
      type: 'goal_created',
      message: "John Doe has created a new goal 'Learn Go' that requires your approval.",
      triggered_by_name: 'John Doe',
      needs_action: true,
    })
  })

  test('who is away in another way now: nobody is asked twice', async () => {
    await setStatus(asAda, cast.jane, 'on_leave')
    await setStatus(asAda, cast.jane, 'suspended')
    await asAda.put(`/api/users/${cast.jane.id}/archive`, { handover_to: cast.ben.id })
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1, ben: 1 }, open: ['ben'] })
  })

  test('becomes another one', async () => {
    await asAda.patch(`/api/users/${cast.john.id}`, { supervisor_id: cast.ben.id })
    await settledLive('jane')
    expect(await asked()).toEqual({ heard: { jane: 1, ben: 1 }, open: ['ben'] })
    await asAda.patch(`/api/users/${cast.john.id}`, { supervisor_id: null })
    expect((await asked()).open).toEqual(['hana', 'ada'])
  })

  test('of a supervisor who is away becomes another one: it goes along from further up', async () => {
    await setStatus(asAda, cast.jane, 'on_leave')
    await asAda.patch(`/api/users/${cast.jane.id}`, { supervisor_id: cast.ben.id })
    await settledLive('mary')
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1, ben: 1 }, open: ['ben'] })
  })

  test('leaves, and another takes over the team: the request goes to who took it over', async () => {
    const reply = await asAda.put(`/api/users/${cast.jane.id}/archive`, { handover_to: cast.ben.id })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    expect(await asked()).toEqual({ heard: { jane: 1, ben: 1 }, open: ['ben'] })
    expect(await waitsOn()).toEqual(['Ben Carter'])
  })
})

describe('whoever may approve for all', () => {
  beforeEach(async () => {
    for (const who of ['jane', 'mary'] as const) await setStatus(asAda, cast[who], 'on_leave')
  })

  test('is asked when nobody above is there', async () => {
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1, hana: 1, ada: 1 }, open: ['hana', 'ada'] })
  })

  test('comes and goes with the role', async () => {
    await asAda.put(`/api/users/${cast.ben.id}/role`, { role: 'hr' })
    expect(await asked()).toEqual({
      heard: { jane: 1, mary: 1, hana: 1, ada: 1, ben: 1 },
      open: ['ben', 'hana', 'ada'],
    })
    await asAda.put(`/api/users/${cast.hana.id}/role`, { role: 'admin' })
    await settledLive('hana')
    expect((await asked()).open).toEqual(['ben', 'ada'])
  })

  test('comes and goes with the status, and by leaving', async () => {
    await setStatus(asAda, cast.hana, 'on_leave')
    await settledLive('hana')
    expect((await asked()).open).toEqual(['ada'])
    await setStatus(asAda, cast.hana, 'active')
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1, hana: 2, ada: 1 }, open: ['hana', 'ada'] })
    await asAda.put(`/api/users/${cast.hana.id}/archive`, {})
    expect((await asked()).open).toEqual(['ada'])
  })

  test('where nobody can decide any more the request stays where it is, and goes on when somebody can', async () => {
    const asHana = await server.as(cast.hana)
    await asAda.put(`/api/users/${cast.hana.id}/role`, { role: 'admin' })
    await server.app.database.transaction(tx =>
      tx.db.updateTable('users').set({ role: 'admin' }).where('id', '=', cast.ada.id).execute(),
    )
    await setStatus(asHana, cast.john, 'on_leave')
    expect((await asked()).open).toEqual(['ada'])
    await setStatus(asHana, cast.mary, 'active')
    expect((await asked()).open).toEqual(['mary'])
  })
})

describe('somebody who stands in', () => {
  const week = { from: '2027-03-01', to: '2027-03-07' }
  const followByDate = () => server.app.jobs.run('delegations')

  test('is asked at once while the supervisor is away, and no more when it is taken back', async () => {
    await setStatus(asAda, cast.jane, 'on_leave')
    const { id } = await delegate(asAda, { user_id: cast.jane.id, ...week, to_whom: cast.ben })
    await settledLive('mary')
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1, ben: 1 }, open: ['ben'] })

    const asBen = await server.as(cast.ben)
    const { body } = await asBen.get<{ items: GoalDetail[] }>('/api/goals?scope=waiting')
    expect(body.items.map(item => [item.id, item.allowed_actions])).toEqual([
      [goal.id, ['approve', 'reject']],
    ])

    await asAda.delete(`/api/delegations/${id}`)
    await settledLive('ben')
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 2, ben: 1 }, open: ['mary'] })
    expect((await asBen.get(`/api/goals/${goal.id}`)).status).toBe(404)
  })

  test('is asked as soon as the supervisor goes on leave, and decides', async () => {
    await delegate(await server.as(cast.jane), { ...week, to_whom: cast.ben })
    expect(await asked()).toEqual({ heard: { jane: 1 }, open: ['jane'] })
    await setStatus(asAda, cast.jane, 'on_leave')
    expect(await asked()).toEqual({ heard: { jane: 1, ben: 1 }, open: ['ben'] })
    await act(await server.as(cast.ben), goal.id, 'approve')
    expect((await readGoal(asJohn, goal.id)).status).toBe('ACTIVE')
    expect((await inbox(server, cast.john))[0]?.message).toBe("Ben Carter has approved your goal 'Learn Go'.")
  })

  test.each(['suspended', 'on_leave'] as const)('and is %s: one step up, and back again', async status => {
    await setStatus(asAda, cast.jane, 'on_leave')
    await delegate(asAda, { user_id: cast.jane.id, ...week, to_whom: cast.ben })
    await setStatus(asAda, cast.ben, status)
    const after = await inbox(server, cast.ben)
    expect(after.filter(item => isAbout(item, goal.id)).map(item => item.resolved_at === null)).toEqual([
      false,
    ])
    expect(await waitsOn()).toEqual(['Mary Okafor'])
    await setStatus(asAda, cast.ben, 'active')
    expect(await waitsOn()).toEqual(['Ben Carter'])
    const atBen = (await inbox(server, cast.ben)).filter(item => isAbout(item, goal.id))
    expect(atBen.map(item => item.resolved_at === null)).toEqual([true, false])
  })

  test('and leaves: what they stood in for goes one step up', async () => {
    await setStatus(asAda, cast.jane, 'on_leave')
    await delegate(asAda, { user_id: cast.jane.id, ...week, to_whom: cast.ben })
    await asAda.put(`/api/users/${cast.ben.id}/archive`, {})
    expect(await waitsOn()).toEqual(['Mary Okafor'])
    const atMary = (await inbox(server, cast.mary)).filter(item => isAbout(item, goal.id))
    expect(atMary.map(item => item.resolved_at === null)).toEqual([true, false])
    expect(await server.app.database.db.selectFrom('delegations').selectAll().execute()).toEqual([])
  })

  test('is the one who asks: they never decide about their own', async () => {
    await delegate(await server.as(cast.jane), { ...week, to_whom: cast.john })
    await setStatus(asAda, cast.jane, 'on_leave')
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1 }, open: ['mary'] })
  })

  test('from a day on, until a day: time alone moves the request, once', async () => {
    await setStatus(asAda, cast.jane, 'on_leave')
    await delegate(asAda, { user_id: cast.jane.id, from: '2027-03-03', to: '2027-03-04', to_whom: cast.ben })
    await followByDate()
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1 }, open: ['mary'] })

    clock.advance(2 * DAY)
    await followByDate()
    await settledLive('mary')
    await sockets.ben.until(
      message => message.type === 'resource_changed' && message.resource === 'delegation',
    )
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1, ben: 1 }, open: ['ben'] })
    await followByDate()
    expect((await asked()).heard).toEqual({ jane: 1, mary: 1, ben: 1 })

    clock.advance(DAY)
    await followByDate()
    expect((await asked()).open).toEqual(['ben'])
    clock.advance(DAY)
    await followByDate()
    await settledLive('ben')
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 2, ben: 1 }, open: ['mary'] })
    await followByDate()
    expect((await asked()).heard).toEqual({ jane: 1, mary: 2, ben: 1 })
  })

  test('for days that went by while no server ran: nobody is asked for them, and nothing is left open', async () => {
    await setStatus(asAda, cast.jane, 'on_leave')
    await delegate(asAda, { user_id: cast.jane.id, from: '2027-03-03', to: '2027-03-04', to_whom: cast.ben })
    clock.advance(8 * DAY)
    await followByDate()
    expect(await asked()).toEqual({ heard: { jane: 1, mary: 1 }, open: ['mary'] })
    const row = await server.app.database.db.selectFrom('delegations').select('followed').executeTakeFirst()
    expect(row?.followed).toBe('over')
  })

  test('for a great many: all of them go along in one run', async () => {
    const bosses: Person[] = []
    for (let n = 0; n < 45; n += 1)
      bosses.push(await server.addPerson(`Boss ${n}`, { supervisor: cast.mary }))
    const last = bosses.at(-1)
    const asker = await server.addPerson('Last Asker', { supervisor: last ?? null })
    for (const boss of bosses) await changePerson(server.app, boss, { status: 'on_leave' })
    const { id } = await createGoal(await server.as(asker))
    for (const boss of bosses)
      await delegate(asAda, { user_id: boss.id, from: '2027-03-02', to: '2027-03-03', to_whom: cast.ben })
    clock.advance(DAY)
    await followByDate()
    expect(await asked(id)).toEqual({ heard: { mary: 1, ben: 1 }, open: ['ben'] })
  })
})

describe('other things than goals', () => {
  test('an initiative that was proposed, and one that was submitted, go along as well', async () => {
    const draft = { title: 'Tidy up', type: 'INDIVIDUAL', urgency: 'HIGH', due_date: '2027-03-20' }
    const { body } = await asJohn.post<{ id: string }>('/api/initiatives', draft)
    const open = async () => {
      const rows = await server.app.database.db
        .selectFrom('notifications')
        .innerJoin('users', 'users.id', 'notifications.user_id')
        .where('object_id', '=', body.id)
        .where('needs_action', '=', 1)
        .where('resolved_at', 'is', null)
        .select(['users.name', 'type'])
        .execute()
      return rows.map(row => `${row.name} ${row.type}`)
    }
    await setStatus(asAda, cast.jane, 'on_leave')
    expect(await open()).toEqual(['Mary Okafor initiative_created'])
    const asMary = await server.as(cast.mary)
    expect((await asMary.put(`/api/initiatives/${body.id}/approve`)).status).toBe(200)
    await asJohn.put(`/api/initiatives/${body.id}/start`)
    await asJohn.put(`/api/initiatives/${body.id}/submit`, { report: 'Done' })
    expect(await open()).toContain('Mary Okafor initiative_submitted')
    await setStatus(asAda, cast.jane, 'active')
    expect(await open()).toContain('Jane Smith initiative_submitted')
    expect(await open()).not.toContain('Mary Okafor initiative_submitted')
  })
})
