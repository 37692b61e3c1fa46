/** Whom an announcement reaches, how it asks to be acknowledged, and what those who publish see of it. */
import type { AcknowledgementPage, ApprovalPage } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type addOrganisation,
  changePerson,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import {
  act,
  addUnits,
  announce,
  attempt,
  done,
  draft,
  list,
  moveTo,
  notice,
  read,
  received,
} from './announcement-calls.ts'
import { heard, heardTypes, inboxOf, NOBODY, problemFields } from './goal-calls.ts'

type Cast = Awaited<ReturnType<typeof addOrganisation>>

let server: TestServer
let cast: Cast
let rests: Record<keyof Cast, Rest>

/** Hana is HR and publishes; Ada may do everything. */
beforeEach(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  const entries = Object.entries(cast).map(async ([who, person]) => [who, await server.as(person)] as const)
  rests = Object.fromEntries(await Promise.all(entries)) as Record<keyof Cast, Rest>
  return () => server.close()
})

/** A socket that hears each change as it is, open pages included. */
async function resumingSocket(who: keyof Cast) {
  const socket = await server.socket(cast[who], { query: { since: '0' } })
  await socket.next('sync')
  return socket
}

async function plainSocket(who: keyof Cast) {
  const socket = await server.socket(cast[who])
  await socket.next('connection_established')
  return socket
}

/** Another process seems to bring announcements to inboxes, so this one does not, until the returned is called. */
async function holdDelivery(): Promise<() => Promise<void>> {
  const { db } = server.app.database
  const lease = { name: 'announcement_delivery', holder: 'other', until: '9999-12-31T00:00:00.000Z' }
  await db
    .insertInto('job_leases')
    .values({ ...lease, last_run_at: null })
    .execute()
  return async () => {
    await db.deleteFrom('job_leases').where('name', '=', lease.name).execute()
    await server.app.jobs.run(lease.name)
  }
}

const namesIn = async (id: string, query = '') => {
  const page = done(
    await rests.hana.get<AcknowledgementPage>(`/api/announcements/${id}/acknowledgements?${query}`),
    200,
  )
  return page.items.map(({ person }) => person.name)
}

describe('system_announcement', () => {
  test.each([
    { priority: 'low', asks: false },
    { priority: 'medium', asks: true },
    { priority: 'high', asks: false },
    { priority: 'urgent', asks: true },
  ] as const)('$priority reaches a reader live and stays; who published hears none', async example => {
    const sockets = { john: await plainSocket('john'), hana: await plainSocket('hana') }
    const { id, progress, published_by } = await announce(server, rests.hana, {
      priority: example.priority,
      requires_acknowledgement: example.asks,
    })
    expect(progress).toEqual({ recipients: 4, delivered: 4, acknowledged: 0 })
    expect(published_by).toEqual({ id: cast.hana.id, name: 'Hana Sato' })

    const message = await sockets.john.next('new_notification')
    expect(message.notification).toMatchObject({
      type: 'system_announcement',
      priority: example.priority,
      title: notice.title,
      message: notice.body,
      action_url: `/announcements/${id}`,
      data: { announcement_id: id },
      triggered_by_name: 'Hana Sato',
      is_read: false,
    })
    expect(await received(rests.john, { id })).toEqual([
      {
        ...(message.notification as object),
        seq: message.version,
        needs_action: example.asks,
        resolved_at: null,
        resolved_by_name: null,
        object: { type: 'announcement', id },
      },
    ])
    expect((await inboxOf(rests.john)).unread_count).toBe(message.unread_count)
    expect(await heardTypes(sockets.hana)).toEqual([])
    expect((await inboxOf(rests.hana)).total).toBe(0)
  })

  test('who wrote it hears none either when somebody else publishes it, who is named', async () => {
    const { id } = await draft(rests.hana)
    const published = await act(rests.ada, id, 'publish')
    expect(published).toMatchObject({ author: { name: 'Hana Sato' }, published_by: { name: 'Ada Admin' } })
    await server.app.jobs.tick()
    for (const who of ['hana', 'ada'] as const) expect((await inboxOf(rests[who])).total).toBe(0)
    expect(await received(rests.john, { id })).toMatchObject([{ triggered_by_name: 'Ada Admin' }])
  })

  test('says what was written last, and nothing before it is published', async () => {
    const { id } = await draft(rests.hana, { priority: 'low' })
    const edited = await act(rests.ada, id, 'edit', { body: ' Until Friday. ', priority: 'high' })
    expect(edited).toMatchObject({ title: notice.title, body: 'Until Friday.', priority: 'high' })
    await server.app.jobs.tick()
    expect((await inboxOf(rests.john)).total).toBe(0)
    expect((await list(rests.john)).items).toEqual([])
    await act(rests.hana, id, 'publish')
    await server.app.jobs.tick()
    expect(await received(rests.john, { id })).toMatchObject([{ message: 'Until Friday.', priority: 'high' }])
  })

  test('publishing answers at once; the rest is done behind it', async () => {
    const release = await holdDelivery()
    const { id } = await draft(rests.hana)
    expect(await act(rests.hana, id, 'publish')).toMatchObject({
      status: 'PUBLISHED',
      progress: { recipients: 4, delivered: 0, acknowledged: 0 },
    })
    expect((await list(rests.john)).items).toMatchObject([{ id, progress: null }])
    await release()
    expect((await read(rests.hana, id)).progress).toMatchObject({ recipients: 4, delivered: 4 })
    expect(await received(rests.john, { id })).toHaveLength(1)
  })

  test('one that cannot be delivered holds up no other', async () => {
    const release = await holdDelivery()
    const broken = await draft(rests.hana, { publish: true })
    const other = await draft(rests.hana, { publish: true })
    const { db } = server.app.database
    await db
      .updateTable('announcements')
      .set({ priority: 'none' as 'low' })
      .where('id', '=', broken.id)
      .execute()
    await expect(release()).rejects.toThrow('Announcements were not delivered')
    expect(await received(rests.john, other)).toHaveLength(1)
    await db.updateTable('announcements').set({ priority: 'low' }).where('id', '=', broken.id).execute()
    await server.app.jobs.tick()
    expect(await received(rests.john, broken)).toHaveLength(1)
    expect(await received(rests.john, other)).toHaveLength(1)
  })
})

describe('the audience', () => {
  const gotIt = async (announcement: { id: string }) => {
    const people: string[] = []
    for (const [who, rest] of Object.entries(rests))
      if ((await received(rest, announcement)).length > 0) people.push(who)
    return people
  }

  test('everyone is whoever may sign in', async () => {
    const jane = await received(rests.jane, await announce(server, rests.hana))
    expect(jane).toHaveLength(1)
    await changePerson(server.app, cast.jane, { status: 'on_leave' })
    await changePerson(server.app, cast.mary, { status: 'suspended' })
    await changePerson(server.app, cast.ada, { status: 'archived' })
    const second = await announce(server, rests.hana)
    expect(second.progress?.recipients).toBe(2)
    await changePerson(server.app, cast.mary, { status: 'active' })
    await changePerson(server.app, cast.ada, { status: 'active' })
    expect(await gotIt(second)).toEqual(['jane', 'john'])
  })

  test('a unit is its people and those of all units below it', async () => {
    const { sales, north, lagos, finance, all } = await addUnits(server)
    await moveTo(server, cast.john, lagos)
    await moveTo(server, cast.jane, sales)
    await moveTo(server, cast.mary, all)
    await moveTo(server, cast.ada, finance)
    const toUnit = (unit: { id: string }) =>
      announce(server, rests.hana, { audience: 'unit', unit_id: unit.id })
    expect(await gotIt(await toUnit(sales))).toEqual(['jane', 'john'])
    expect(await gotIt(await toUnit(north))).toEqual(['john'])
    expect(await gotIt(await toUnit(all))).toEqual(['mary', 'jane', 'john', 'ada'])
    expect(await read(rests.john, (await toUnit(north)).id)).toMatchObject({
      audience: 'unit',
      unit: { id: north.id, name: 'Sales North' },
      role: null,
    })
  })

  test('a role is whoever has it', async () => {
    const toStaff = await announce(server, rests.hana, { audience: 'role', role: 'staff' })
    expect(await gotIt(toStaff)).toEqual(['mary', 'jane', 'john'])
    expect(toStaff).toMatchObject({ audience: 'role', role: 'staff', unit: null })
    const toAll = await announce(server, rests.hana, { audience: 'role', role: 'super_admin' })
    expect(await gotIt(toAll)).toEqual(['ada'])
  })

  test('who comes later finds it in the list, and is not notified or asked', async () => {
    const { id } = await announce(server, rests.hana, { requires_acknowledgement: true })
    const staff = await announce(server, rests.hana, { audience: 'role', role: 'staff' })
    const toAdmins = await announce(server, rests.hana, { audience: 'role', role: 'super_admin' })
    const newcomer = await server.as(await server.addPerson('Nora New'))
    await server.app.jobs.tick()
    expect((await list(newcomer)).items.map(item => item.id)).toEqual([staff.id, id])
    expect((await list(newcomer, 'scope=waiting')).items).toEqual([])
    expect((await inboxOf(newcomer)).total).toBe(0)
    expect((await attempt(newcomer, toAdmins.id, 'acknowledge')).status).toBe(404)
    expect((await read(rests.hana, id)).progress?.recipients).toBe(4)
  })

  test('nobody is no audience', async () => {
    const { finance } = await addUnits(server)
    const { id } = await draft(rests.hana, { audience: 'unit', unit_id: finance.id })
    await moveTo(server, cast.hana, finance)
    const { status, body } = await rests.hana.put<Problem>(`/api/announcements/${id}/publish`)
    expect([status, body.code, problemFields(body)]).toEqual([422, 'nobody_in_audience', ['audience']])
    const atOnce = { ...notice, audience: 'unit', unit_id: finance.id, publish: true }
    expect((await rests.hana.post('/api/announcements', atOnce)).status).toBe(422)
    expect((await list(rests.hana)).items).toMatchObject([{ id, status: 'DRAFT' }])
  })

  test('a unit that is gone since it was chosen is none', async () => {
    const { finance } = await addUnits(server)
    const { id } = await draft(rests.hana, { audience: 'unit', unit_id: finance.id })
    await server.app.database.db.deleteFrom('org_units').where('id', '=', finance.id).execute()
    expect(await read(rests.hana, id)).toMatchObject({ audience: 'unit', unit: null })
    const { status, body } = await rests.hana.put<Problem>(`/api/announcements/${id}/publish`)
    expect([status, problemFields(body)]).toEqual([422, ['unit_id']])
  })

  test('another one takes its unit or role with it', async () => {
    const { id } = await draft(rests.hana, { audience: 'role', role: 'staff' })
    expect(await act(rests.hana, id, 'edit', { title: 'Closed' })).toMatchObject({ role: 'staff' })
    expect(await act(rests.hana, id, 'edit', { audience: 'everyone' })).toMatchObject({
      audience: 'everyone',
      role: null,
    })
  })
})

test('what cannot be is refused, with the field', async () => {
  const { id } = await draft(rests.hana)
  const wrong: [string, object][] = [
    ['title', { title: '' }],
    ['title', { title: ' \u200b' }],
    ['title', { title: 'x'.repeat(201) }],
    ['body', { body: ' ' }],
    ['body', { body: 'x'.repeat(2001) }],
    ['priority', { priority: 'loud' }],
    ['audience', { audience: 'nobody' }],
    ['unit_id', { audience: 'unit' }],
    ['unit_id', { audience: 'unit', unit_id: NOBODY }],
    ['unit_id', { unit_id: NOBODY }],
    ['role', { audience: 'role' }],
    ['role', { audience: 'role', role: 'king' }],
    ['role', { role: 'staff' }],
    ['requires_acknowledgement', { requires_acknowledgement: 'yes' }],
  ]
  for (const [field, change] of wrong) {
    const posted = await rests.hana.post<Problem>('/api/announcements', { ...notice, ...change })
    expect([posted.status, problemFields(posted.body)], JSON.stringify(change)).toEqual([422, [field]])
    const patched = await rests.hana.patch<Problem>(`/api/announcements/${id}`, change)
    expect([patched.status, problemFields(patched.body)], JSON.stringify(change)).toEqual([422, [field]])
  }
  for (const field of ['title', 'body', 'audience']) {
    const posted = await rests.hana.post<Problem>('/api/announcements', { ...notice, [field]: undefined })
    expect([posted.status, problemFields(posted.body)], field).toEqual([422, [field]])
  }
  expect((await rests.hana.patch(`/api/announcements/${id}`, {})).status).toBe(422)
  expect((await list(rests.hana)).items).toMatchObject([{ ...notice }])
})

describe('acknowledging', () => {
  test('settles the request of that person alone, on every socket of theirs', async () => {
    const { id } = await announce(server, rests.hana, { requires_acknowledgement: true })
    const [request] = await received(rests.john, { id })
    const sockets = {
      plain: await plainSocket('john'),
      resuming: await resumingSocket('john'),
      jane: await resumingSocket('jane'),
    }
    const shown = await act(rests.john, id, 'acknowledge')
    expect(shown.acknowledged_at).not.toBeNull()
    expect(shown.allowed_actions).toEqual([])
    expect(await sockets.plain.next('marked_read')).toMatchObject({
      notification_id: request?.id,
      unread_count: 0,
    })
    expect(await sockets.resuming.next('notification_updated')).toMatchObject({
      notification: { is_read: true, resolved_by_name: 'John Doe' },
      unread_count: 0,
    })
    expect(await heardTypes(sockets.jane)).toEqual(['sync'])
    expect(await received(rests.jane, { id })).toMatchObject([{ is_read: false, resolved_at: null }])
    expect((await read(rests.jane, id)).acknowledged_at).toBeNull()
  })

  test('is seen live by who wrote it and by who published it', async () => {
    const { id } = await draft(rests.hana, { requires_acknowledgement: true })
    await act(rests.ada, id, 'publish')
    await server.app.jobs.tick()
    const watching = [await resumingSocket('hana'), await resumingSocket('ada')]
    for (const [count, who] of (['john', 'jane', 'mary'] as const).entries()) {
      await act(rests[who], id, 'acknowledge')
      for (const socket of watching) {
        // However quickly they follow each other, the last one is told of.
        const acknowledged = async () => {
          await socket.next('resource_changed')
          return (await read(rests.hana, id)).progress?.acknowledged
        }
        while ((await acknowledged()) !== count + 1);
      }
    }
    expect(await namesIn(id)).toEqual(['Mary Okafor', 'Jane Smith', 'John Doe'])
  })

  test('shows who has and who has not, in pages', async () => {
    const { id } = await announce(server, rests.hana, { requires_acknowledgement: true })
    await act(rests.john, id, 'acknowledge')
    expect(await namesIn(id)).toEqual(['John Doe', 'Ada Admin', 'Jane Smith', 'Mary Okafor'])
    expect(await namesIn(id, 'status=acknowledged')).toEqual(['John Doe'])
    expect(await namesIn(id, 'status=waiting')).toEqual(['Ada Admin', 'Jane Smith', 'Mary Okafor'])
    expect(await namesIn(id, 'search=JA')).toEqual(['Jane Smith'])
    const { body } = await rests.ada.get<AcknowledgementPage>(
      `/api/announcements/${id}/acknowledgements?status=waiting&skip=1&limit=1`,
    )
    expect(body).toEqual({
      items: [{ person: { id: cast.jane.id, name: 'Jane Smith' }, acknowledged_at: null }],
      total: 3,
      next_cursor: '2',
      asked: 4,
      acknowledged: 1,
    })
  })

  test('is looked over by those who publish only', async () => {
    const { id } = await announce(server, rests.hana, { requires_acknowledgement: true })
    expect((await rests.john.get(`/api/announcements/${id}/acknowledgements`)).status).toBe(403)
    expect((await rests.hana.get(`/api/announcements/${NOBODY}/acknowledgements`)).status).toBe(404)
    expect(await read(rests.john, id)).toMatchObject({ progress: null })
    const toHr = await announce(server, rests.ada, { audience: 'role', role: 'hr' })
    expect((await rests.john.get(`/api/announcements/${toHr.id}/acknowledgements`)).status).toBe(404)
    const { body } = await rests.hana.get<AcknowledgementPage>(
      `/api/announcements/${toHr.id}/acknowledgements`,
    )
    expect(body).toMatchObject({ items: [], total: 0, asked: 0, acknowledged: 0 })
  })

  test('before it has come to the inbox leaves nothing to do there', async () => {
    const release = await holdDelivery()
    const { id } = await draft(rests.hana, { requires_acknowledgement: true, publish: true })
    await act(rests.john, id, 'acknowledge')
    expect((await read(rests.hana, id)).progress).toEqual({ recipients: 4, delivered: 0, acknowledged: 1 })
    const socket = await plainSocket('john')
    await release()
    expect(await received(rests.john, { id })).toMatchObject([
      { is_read: true, resolved_by_name: 'John Doe' },
    ])
    expect((await inboxOf(rests.john)).unread_count).toBe(0)
    expect(await heardTypes(socket)).toEqual(['new_notification', 'marked_read'])
    expect(await received(rests.jane, { id })).toMatchObject([{ is_read: false, resolved_at: null }])
    expect((await read(rests.hana, id)).progress).toEqual({ recipients: 4, delivered: 4, acknowledged: 1 })
  })

  test('is among what awaits somebody, and done from there', async () => {
    const { id } = await announce(server, rests.hana, { requires_acknowledgement: true })
    await announce(server, rests.hana)
    const awaiting = async (rest: Rest) => done(await rest.get<ApprovalPage>('/api/approvals'), 200).items
    expect(await awaiting(rests.john)).toMatchObject([
      {
        kind: 'announcement_acknowledgement',
        id,
        title: notice.title,
        requested_by: { name: 'Hana Sato' },
        waiting_on: [{ name: 'John Doe' }],
        action_url: `/announcements/${id}`,
        decisions: ['acknowledge'],
      },
    ])
    const decisions = [{ kind: 'announcement_acknowledgement', id, decision: 'acknowledge' }]
    const reply = await rests.john.post('/api/approvals/decide', { decisions })
    expect(reply.body, JSON.stringify(reply.body)).toMatchObject({ results: [{ ok: true }] })
    expect(await awaiting(rests.john)).toEqual([])
    expect((await read(rests.john, id)).acknowledged_at).not.toBeNull()
    expect(await awaiting(rests.hana)).toEqual([])
  })
})

test('the list is filtered, and comes in pages, newest first', async () => {
  const first = await draft(rests.hana, { title: 'One' })
  const second = await announce(server, rests.ada, { title: 'Two', audience: 'role', role: 'staff' })
  const third = await announce(server, rests.ada, { title: 'Three' })
  const titles = async (rest: Rest, query = '') => (await list(rest, query)).items.map(item => item.title)
  expect(await titles(rests.hana)).toEqual(['Three', 'Two', 'One'])
  expect(await titles(rests.hana, 'scope=mine')).toEqual(['Three'])
  expect(await titles(rests.hana, 'status=DRAFT')).toEqual(['One'])
  expect(await titles(rests.hana, 'search=tW')).toEqual(['Two'])
  expect(await titles(rests.john, 'scope=mine&status=PUBLISHED')).toEqual(['Three', 'Two'])
  expect(await titles(rests.john, 'status=DRAFT')).toEqual([])
  expect(done(await rests.hana.get('/api/announcements?limit=1&skip=1'), 200)).toMatchObject({
    items: [{ id: second.id }],
    total: 3,
    next_cursor: '2',
  })
  // Newest is what was published last, however old the draft.
  await act(rests.hana, first.id, 'publish')
  expect(await titles(rests.john)).toEqual(['One', 'Three', 'Two'])
  expect(third.published_at).not.toBeNull()
})

test('published twice under one key it is published once', async () => {
  const post = () =>
    rests.hana.post<{ id: string }>(
      '/api/announcements',
      { ...notice, publish: true },
      { headers: { 'idempotency-key': 'canteen' } },
    )
  const first = done(await post(), 201)
  expect(done(await post(), 201).id).toBe(first.id)
  await server.app.jobs.tick()
  expect((await list(rests.john)).total).toBe(1)
  expect(await received(rests.john, first)).toHaveLength(1)
})

test('every step leaves its row in the audit trail, and is heard by who takes part', async () => {
  const sockets = { hana: await resumingSocket('hana'), ada: await resumingSocket('ada') }
  const { id } = await draft(rests.hana, { requires_acknowledgement: true })
  await act(rests.ada, id, 'edit', { title: 'Closed' })
  await act(rests.ada, id, 'edit', { title: 'Closed' })
  await act(rests.ada, id, 'publish')
  await server.app.jobs.tick()
  await act(rests.john, id, 'acknowledge')
  const other = await draft(rests.ada)
  done(await attempt(rests.hana, other.id, 'delete'), 200)
  expect((await rests.ada.get(`/api/announcements/${other.id}`)).status).toBe(404)

  const rows = await server.app.database.db
    .selectFrom('audit')
    .where('object_type', '=', 'announcement')
    .orderBy('id')
    .select(['action', 'actor_name'])
    .execute()
  expect(rows.map(({ action, actor_name }) => `${actor_name}: ${action}`)).toEqual([
    'Hana Sato: announcement.created',
    'Ada Admin: announcement.edited',
    'Ada Admin: announcement.published',
    'John Doe: announcement.acknowledged',
    'Ada Admin: announcement.created',
    'Hana Sato: announcement.deleted',
  ])
  for (const socket of Object.values(sockets)) {
    const ids = (await heard(socket)).filter(({ type }) => type === 'resource_changed').map(each => each.id)
    expect(new Set(ids)).toEqual(new Set([id, other.id]))
  }
})
