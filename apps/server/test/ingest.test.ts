/** Notifications from other systems: registered types, whoever they are for, and each call done once. */
import { type NotificationType, RaiseResult, NotificationType as Registered, TypePage } from '@pms/contract'
import { wrongCounters } from '@pms/notifier/testing'
import { InboxItem, type NotificationPage, type Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changePerson, type Person, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { heardTypes, inboxOf, NOBODY, problemFields } from './goal-calls.ts'
import { asSystem, makeKey, march, payslip, raise, registerType } from './key-calls.ts'

let server: TestServer
let cast: Awaited<ReturnType<TestServer['addOrganisation']>>
let ada: Rest
let payroll: Rest
let keyId: string

beforeAll(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  ada = await server.as(cast.ada)
  await registerType(ada)
  const { id, key } = await makeKey(ada)
  keyId = id
  payroll = asSystem(server, key)
})
afterAll(() => server.close())

const send = (body: object, key?: string) =>
  payroll.post<RaiseResult>(
    '/api/notifications',
    { type: 'payslip_ready', data: march, ...body },
    key === undefined ? {} : { headers: { 'idempotency-key': key } },
  )

const total = async () =>
  (await server.app.database.db.selectFrom('notifications').select('id').execute()).length

async function refused(body: object): Promise<Problem> {
  const before = await total()
  const answer = await payroll.post<Problem>('/api/notifications', {
    type: 'payslip_ready',
    to: { user_id: cast.john.id },
    data: march,
    ...body,
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(422)
  expect(await total()).toBe(before)
  return answer.body
}

describe('what another system raises', () => {
  test('reaches the socket and the inbox, with the words of its type', async () => {
    const socket = await server.socket(cast.john)
    await socket.next('connection_established')
    const { status, body } = await send({ to: { user_id: cast.john.id } })
    expect(status).toBe(201)
    expectConform(RaiseResult, body)
    expect(body).toEqual({
      type: 'payslip_ready',
      created: 1,
      results: [{ recipient: { user_id: cast.john.id }, outcome: 'created' }],
    })
    const said = {
      type: 'payslip_ready',
      priority: 'low',
      title: 'Payslip for March',
      message: 'Your payslip for March is ready: 1200.5 to be paid out.',
      action_url: '/payslips/p-7',
      data: march,
      triggered_by_name: 'Payroll',
      is_read: false,
    }
    expect((await socket.next('new_notification')).notification).toMatchObject(said)
    const [item] = (await inboxOf(await server.as(cast.john))).notifications
    expectConform(InboxItem, item)
    expect(item).toMatchObject(said)
    const audit = await server.app.database.db
      .selectFrom('audit')
      .select(['action', 'actor_id', 'actor_name'])
      .where('action', '=', 'notification.raised')
      .execute()
    expect(audit).toEqual([{ action: 'notification.raised', actor_id: keyId, actor_name: 'Payroll' }])
  })

  test('goes to whoever is known, by id or email, once; the others are named', async () => {
    const [kim, lou, max] = [
      await server.addPerson('Kim Lee'),
      await server.addPerson('Lou May'),
      await server.addPerson('Max Roy'),
    ] as [Person, Person, Person]
    await changePerson(server.app, lou, { status: 'suspended' })
    await changePerson(server.app, max, { status: 'on_leave' })
    const to = [
      { email: ' Kim.Lee@Example.test ' },
      { user_id: kim.id },
      { user_id: lou.id },
      { email: 'nobody@example.test' },
      { user_id: NOBODY },
      { email: max.email },
    ]
    const { status, body } = await send({ to })
    expect(status).toBe(201)
    expect(body.created).toBe(2)
    expect(body.results.map(result => result.outcome)).toEqual([
      'created',
      'created',
      'not_active',
      'unknown',
      'unknown',
      'created',
    ])
    expect(body.results.map(result => result.recipient)).toEqual(to)
    for (const person of [kim, max]) expect((await inboxOf(await server.as(person))).total).toBe(1)
  })

  test('leads where the call says, if it says', async () => {
    await send({ to: { user_id: cast.jane.id }, action_url: '/somewhere?else=1#here' })
    await send({ to: { user_id: cast.jane.id }, data: { ...march, payslip_id: '../a b/ü' } })
    const items = (await inboxOf(await server.as(cast.jane))).notifications
    expect(items.map(item => item.action_url)).toEqual([
      '/payslips/..%2Fa%20b%2F%C3%BC',
      '/somewhere?else=1#here',
    ])
  })

  test('says what the data says, and nothing that the data could make of it', async () => {
    const month = '{amount} <b>$&</b>\u0007\nMarch'
    await send({ to: { user_id: cast.hana.id }, data: { ...march, month } })
    const [item] = (await inboxOf(await server.as(cast.hana))).notifications
    expect(item?.title).toBe('Payslip for {amount} <b>$&</b> March')
  })

  test('can be filtered by its type, as no type that does not exist can', async () => {
    const john = await server.as(cast.john)
    const list = (type: string) => john.get<NotificationPage>(`/api/notifications?notification_type=${type}`)
    const { body } = await list('payslip_ready')
    expect(body.notifications.map(item => item.type)).toEqual(Array(body.total).fill('payslip_ready'))
    expect(body.total).toBeGreaterThan(0)
    const none = await list('payslip_lost')
    expect([none.status, problemFields(none.body as unknown as Problem)]).toEqual([
      422,
      ['notification_type'],
    ])
  })
})

describe('what is refused, whole', () => {
  test.each<[string, object, string[]]>([
    ['a type that is not registered', { type: 'payslip_lost' }, ['type']],
    ['a type of the product', { type: 'goal_assigned' }, ['type']],
    ['a type of the product with a sentence of its own', { type: 'system_announcement' }, ['type']],
    ['no recipient', { to: [] }, ['to']],
    ['text for people', { to: 'john' }, ['to']],
    ['nobody', { to: {} }, ['to.0']],
    ['two names for one', { to: [{ user_id: NOBODY, email: 'a@b.c' }] }, ['to.0']],
    ['a recipient further down that is none', { to: [{ user_id: NOBODY }, {}] }, ['to.1']],
    ['an id that is none', { to: [{ user_id: 'john' }] }, ['to.0.user_id']],
    ['more than a thousand', { to: Array.from({ length: 1_001 }, () => ({ user_id: NOBODY })) }, ['to']],
    ['no data', { data: undefined }, ['data.payslip_id', 'data.month', 'data.amount']],
    ['data that is a list', { data: [1] }, ['data']],
    ['a field that is missing', { data: { payslip_id: 'p', month: 'May' } }, ['data.amount']],
    ['a field of another type', { data: { ...march, amount: '12' } }, ['data.amount']],
    ['a field below its limit', { data: { ...march, amount: -1 } }, ['data.amount']],
    ['a text that is too long', { data: { ...march, month: 'x'.repeat(31) } }, ['data.month']],
    ['a field that is not registered', { data: { ...march, salary: 1 } }, ['data.salary']],
    ['an object within', { data: { ...march, month: { a: 1 } } }, ['data.month']],
    ['another site', { action_url: 'https://evil.example/x' }, ['action_url']],
    ['another site without a scheme', { action_url: '//evil.example' }, ['action_url']],
    ['another site by backslashes', { action_url: '/\\evil.example' }, ['action_url']],
    ['another site behind a tab', { action_url: '/\t/evil.example' }, ['action_url']],
    ['another site behind dots', { action_url: '/.//evil.example' }, ['action_url']],
    ['a script', { action_url: 'javascript:alert(1)' }, ['action_url']],
    ['a path that is none', { action_url: 'payslips' }, ['action_url']],
    ['nothing as a path', { action_url: '' }, ['action_url']],
    ['a path of two words', { action_url: '/a b' }, ['action_url']],
    ['a path of two lines', { action_url: '/a\nb' }, ['action_url']],
  ])('%s', async (_what, body, fields) => {
    expect(problemFields(await refused(body))).toEqual(fields)
  })

  test('says of a type of the product whose it is', async () => {
    expect((await refused({ type: 'goal_assigned' })).detail).toMatch(/raised by the product itself/)
  })
})

describe('a call under an Idempotency-Key', () => {
  test('twenty times at once to 50 people is done once', async () => {
    const people = await addPeople(50, 'Many')
    const sockets = await Promise.all(people.slice(0, 3).map(person => server.socket(person)))
    const before = await total()
    const answers = await Promise.all(Array.from({ length: 20 }, () => raise(payroll, people, {}, 'many-1')))
    expect(answers.map(answer => answer.status)).toEqual(Array(20).fill(201))
    expect(new Set(answers.map(answer => JSON.stringify(answer.body))).size).toBe(1)
    expect((await total()) - before).toBe(50)
    for (const socket of sockets) expect(await heardTypes(socket)).toEqual(['new_notification'])
    expect(await raise(payroll, people.slice(1), {}, 'many-1')).toMatchObject({
      status: 409,
      body: { code: 'idempotency_mismatch' },
    })
    // Another key of the same system is another caller.
    const other = asSystem(server, (await makeKey(ada)).key)
    expect((await raise(other, people[0] as Person, {}, 'many-1')).status).toBe(201)
  })

  test('that is refused can be sent again as it was meant', async () => {
    expect((await send({ to: { user_id: cast.john.id }, data: {} }, 'again-1')).status).toBe(422)
    const before = await total()
    expect((await send({ to: { user_id: cast.john.id } }, 'again-1')).status).toBe(201)
    expect((await total()) - before).toBe(1)
  })
})

test('a thousand people at once: each has one, and every counter is right', async () => {
  const people = await addPeople(1_000, 'Crowd')
  const before = await total()
  const to = people.map(({ id, email }, at) => (at % 2 ? { user_id: id } : { email }))
  const { status, body } = await send({ to }, 'crowd-1')
  expect([status, body.created, body.results.length]).toEqual([201, 1_000, 1_000])
  expect((await total()) - before).toBe(1_000)
  expect(await server.app.database.transaction(tx => wrongCounters(tx.engine))).toEqual([])
  const inboxes = await server.app.database.db
    .selectFrom('inboxes')
    .select(['version', 'total_count', 'unread_count'])
    .where('user_id', 'in', people.map(person => person.id).slice(0, 1_000))
    .execute()
  expect(inboxes).toEqual(Array(1_000).fill({ version: 1, total_count: 1, unread_count: 1 }))
})

describe('registering a type', () => {
  test('keeps it as it was said; nobody registers it twice', async () => {
    const body = { ...payslip, type: 'shift_changed' }
    const { status, body: made } = await ada.post<NotificationType>('/api/notification-types', body)
    expect(status).toBe(201)
    expectConform(Registered, made)
    expect(made).toMatchObject({ ...body, created_by: { id: cast.ada.id }, allowed_actions: ['replace'] })
    const { body: page } = await ada.get<TypePage>('/api/notification-types')
    expectConform(TypePage, page)
    expect(page.items).toContainEqual(made)
    for (const type of ['shift_changed', 'goal_created', 'system_announcement', 'review_due_soon'])
      expect(await ada.post('/api/notification-types', { ...body, type })).toMatchObject({
        status: 409,
        body: { code: 'type_taken' },
      })
    for (const person of [cast.john, cast.hana])
      expect(
        (await (await server.as(person)).post('/api/notification-types', { ...body, type: 'x' })).status,
      ).toBe(403)
  })

  test('anew changes what is raised from then on', async () => {
    const body = { ...payslip, type: 'badge_ready' }
    await registerType(ada, body)
    const john = await server.as(cast.john)
    await raise(payroll, cast.john, { type: 'badge_ready' })
    const { type: _, ...words } = body
    const changed = { ...words, title: 'Come and get it', priority: 'urgent', action_url: null }
    expect((await ada.put('/api/notification-types/badge_ready', changed)).status).toBe(200)
    await raise(payroll, cast.john, { type: 'badge_ready' })
    const { notifications } = await inboxOf(john)
    expect(notifications.slice(0, 2)).toMatchObject([
      { title: 'Come and get it', priority: 'urgent', action_url: null },
      { title: 'Payslip for March', priority: 'low', action_url: '/payslips/p-7' },
    ])
    expect((await ada.put('/api/notification-types/badge_lost', changed)).status).toBe(404)
  })

  const properties = (given: object) => ({ data_schema: { type: 'object', properties: given } })
  test.each<[string, object, string[]]>([
    ['capitals', { type: 'Payslip' }, ['type']],
    ['spaces', { type: 'pay slip' }, ['type']],
    ['an unknown priority', { priority: 'critical' }, ['priority']],
    ['a blank title', { title: ' ' }, ['title']],
    ['a placeholder of no field', { message: 'For {nobody}' }, ['message']],
    ['a placeholder of a field that may be missing', { title: 'Is it final? {final}' }, ['title']],
    ['a placeholder that calls something', { title: '{constructor}' }, ['title']],
    ['a placeholder with an expression', { title: '{month.length}' }, ['title']],
    ['a brace that is not closed', { title: 'For {month' }, ['title']],
    ['another site', { action_url: 'https://evil.example/{payslip_id}' }, ['action_url']],
    ['another site without a scheme', { action_url: '//{payslip_id}' }, ['action_url']],
    [
      'a required field that is none',
      { data_schema: { ...payslip.data_schema, required: ['x'] } },
      ['data_schema.required'],
    ],
    ['an object within', properties({ a: { type: 'object' } }), ['data_schema.properties.a.type']],
    // It is not left out in silence.
    [
      'a field of no good name',
      properties({ 'a b': { type: 'string' } }),
      ['data_schema.properties.a b', 'data_schema.properties'],
    ],
    ['a schema elsewhere', properties({ a: { $ref: 'x' } }), ['data_schema.properties.a.type']],
    [
      'more fields than anybody reads',
      properties(Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`f${at}`, { type: 'string' }]))),
      ['data_schema.properties'],
    ],
  ])('with %s is refused', async (_what, changes, fields) => {
    const { status, body } = await ada.post<Problem>('/api/notification-types', {
      ...payslip,
      type: 'never_made',
      ...changes,
    })
    expect(status, JSON.stringify(body)).toBe(422)
    expect(problemFields(body)).toEqual(fields)
  })

  test('whose texts come out too long is refused when they do', async () => {
    const long = { type: 'string', maxLength: 1_000 }
    const data_schema = { type: 'object', properties: { a: long, b: long }, required: ['a', 'b'] }
    await registerType(ada, {
      ...payslip,
      type: 'talkative',
      title: '{a}',
      message: '{a} {b} {b}',
      action_url: null,
      data_schema,
    })
    const say = (a: number, b: number) =>
      raise(payroll, cast.hana, { type: 'talkative', data: { a: 'x'.repeat(a), b: 'x'.repeat(b) } })
    expect((await say(200, 898)).status).toBe(201)
    for (const [a, b] of [
      [201, 1],
      [1, 1_000],
    ] as const) {
      const answer = await say(a, b)
      expect([answer.status, problemFields(answer.body as Problem)]).toEqual([422, ['data']])
    }
  })

  test('a path that the data would lead astray is refused when it does', async () => {
    await registerType(ada, { ...payslip, type: 'astray', action_url: '/{month}/x' })
    const before = await total()
    const answer = await raise(payroll, cast.john, { type: 'astray', data: { ...march, month: '' } })
    expect([answer.status, problemFields(answer.body as Problem)]).toEqual([422, ['action_url']])
    expect(await total()).toBe(before)
  })
})

async function addPeople(count: number, name: string): Promise<Person[]> {
  const people = Array.from({ length: count }, (_, at) => ({
    id: crypto.randomUUID(),
    name: `${name} ${at}`,
    email: `${name.toLowerCase()}.${at}@example.test`,
  }))
  const now = new Date().toISOString()
  await server.app.database.transaction(async tx => {
    for (const person of people)
      await tx.db
        .insertInto('users')
        .values({
          ...person,
          job_title: '',
          unit_id: null,
          supervisor_id: null,
          role: 'staff',
          status: 'active',
          password_hash: null,
          created_at: now,
          updated_at: now,
          erased_at: null,
        })
        .execute()
  })
  return people
}
