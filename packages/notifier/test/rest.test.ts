/** The REST calls of an inbox that any server can mount: each by `answer`, and the ways to mount them. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BulkResult, InboxItem, Message, NotificationPage, NotificationStats, Problem } from '@pms/protocol'
import { Check } from 'typebox/value'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createInboxApi, type InboxApi } from '../src/rest.ts'
import { type Desk, openDesk } from './desk.ts'

const ROOT = '/api/notifications'
let desk: Desk
let api: InboxApi

beforeEach(async () => {
  desk = await openDesk()
  api = createInboxApi({ ...desk, onError: error => desk.errors.push(error) })
})
afterEach(() => desk.close())

async function call(method: string, path: string, body?: object, token = 'token-amy') {
  const answered = await api.answer({ method, url: ROOT + path, authorization: `Bearer ${token}`, body })
  if (answered.status >= 400) expect(Check(Problem, answered.body)).toBe(true)
  return answered
}
const seen = async (query = '', token = 'token-amy') => {
  const { body } = await call('GET', query, undefined, token)
  if (!Check(NotificationPage, body)) throw new Error(JSON.stringify(body))
  return body
}

test('the inbox is answered in pages, filtered and exact', async () => {
  await desk.assign('amy', 't1', 't2', 't3')
  const first = await seen('?limit=2')
  expect(first).toMatchObject({ total: 3, unread_count: 3, version: 3, per_page: 2 })
  const second = await seen(`?limit=2&cursor=${first.next_cursor}`)
  expect([...first.notifications, ...second.notifications].map(({ data }) => data?.ticket_id)).toEqual([
    't3',
    't2',
    't1',
  ])
  expect(second.next_cursor).toBe(null)
  expect(await seen('?skip=2')).toMatchObject({ notifications: second.notifications })
  await call('PUT', `/${first.notifications[0]?.id}/read`)
  expect(await seen('?unread_only=True')).toMatchObject({ total: 2 })
  expect(await seen('?unread_only=0&notification_type=other')).toMatchObject({ total: 0 })
  expect(await seen('?needs_action=1&priority=high')).toMatchObject({ total: 3 })
})

test('what its owner does to it is done, and answered as it is then', async () => {
  await desk.assign('amy', 't1', 't2')
  const [id = '', other = ''] = await desk.ids('amy')
  const one = async (method: string, verb: string) => {
    const { body } = await call(method, `/${id}${verb}`)
    if (!Check(InboxItem, body)) throw new Error(JSON.stringify(body))
    return body
  }
  expect(await one('PUT', '/read')).toMatchObject({ id, is_read: true })
  expect((await call('GET', `/${id.toUpperCase()}`)).body).toMatchObject({ id })
  expect(await one('PUT', '/unread')).toMatchObject({ id, is_read: false })
  expect(await one('GET', '')).toMatchObject({ id })
  const deleted = await call('DELETE', `/${id}`)
  expect(deleted).toEqual({ status: 200, body: { message: 'Notification deleted successfully' } })
  expect(await call('GET', `/${id}`)).toMatchObject({ status: 404 })
  expect(await one('POST', '/restore')).toMatchObject({ id })

  const all = await call('PUT', '/mark-all-read')
  expect(all).toEqual({ status: 200, body: { message: '2 notifications marked as read' } })
  const { version } = await seen()
  const undone = await call('POST', '/mark-all-read/undo', { version })
  expect(undone.body).toEqual({ message: '2 notifications marked as unread' })
  expect(Check(Message, undone.body)).toBe(true)
  const { body } = await call('POST', '/bulk', {
    ids: [other.toUpperCase(), crypto.randomUUID()],
    action: 'delete',
  })
  expect(Check(BulkResult, body) && [body.changed, body.not_found.length]).toEqual([1, 1])
  expect(Check(NotificationStats, (await call('GET', '/stats')).body)).toBe(true)
  desk.connect('amy')
  expect(await call('GET', '/connection-stats')).toMatchObject({
    body: { active_users: 1, total_connections: 1, user_online: true },
  })
})

test('nobody gets at the inbox of somebody else', async () => {
  await desk.assign('amy', 't1')
  const [id = ''] = await desk.ids('amy')
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', '/read'],
    ['PUT', '/unread'],
    ['POST', '/restore'],
    ['DELETE', ''],
  ] as const)
    expect(await call(method, `/${id}${path}`, undefined, 'token-ben')).toMatchObject({ status: 404 })
  const bulk = await call('POST', '/bulk', { ids: [id], action: 'delete' }, 'token-ben')
  expect(bulk).toEqual({ status: 200, body: { changed: 0, not_found: [id] } })
  expect(await seen()).toMatchObject({ total: 1, unread_count: 1, version: 1 })
})

test.for([
  [401, 'GET', '', undefined, 'guess'],
  [403, 'GET', '', undefined, 'token-eve'],
  [404, 'GET', '/unknown/path/here'],
  [404, 'PATCH', ''],
  [404, 'GET', '/not-an-id'],
  [404, 'GET', `/${crypto.randomUUID()}`],
  [422, 'GET', '?limit=0'],
  [422, 'GET', '?limit=101'],
  [422, 'GET', '?skip=-1'],
  [422, 'GET', '?skip=10001'],
  [422, 'GET', '?cursor=x'],
  [422, 'GET', '?priority=none'],
  [422, 'GET', '?unread_only=perhaps'],
  [422, 'PUT', '/mark-all-read', { through_seq: 'all' }],
  [422, 'POST', '/mark-all-read/undo'],
  [422, 'POST', '/bulk', { ids: [], action: 'read' }],
  [422, 'POST', '/bulk', { ids: ['x'], action: 'burn' }],
] as const)('%i: %s %s', async ([status, method, path, body, token]) => {
  expect(await call(method, path, body, token)).toMatchObject({ status, body: { status } })
})

test('without a token at all it says so, and what fails within is told to whoever runs it', async () => {
  expect(await api.answer({ method: 'GET', url: ROOT, authorization: null })).toMatchObject({ status: 401 })
  await desk.close()
  expect(await call('GET', '')).toMatchObject({ status: 500, body: { code: 'internal_error' } })
  expect(desk.errors).toHaveLength(1)
  desk = await openDesk()
})

test('it is mounted as a function of the Fetch API, or on a server of Node', async () => {
  await desk.assign('amy', 't1', 't2')
  const server = createServer((request, response) => api.node(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ways = [(request: Request) => api.fetch(request), (request: Request) => fetch(request)]
  for (const send of ways) {
    const ask = (method: string, path: string, body?: string) =>
      send(
        new Request(address + ROOT + path, {
          method,
          headers: { authorization: 'Bearer token-amy', 'content-type': 'application/json' },
          ...(body !== undefined && { body }),
        }),
      )
    expect(await (await ask('GET', '?limit=1')).json()).toMatchObject({ total: 2, per_page: 1 })
    const ids = await desk.ids('amy')
    const bulk = await ask('POST', '/bulk', JSON.stringify({ ids, action: 'read' }))
    expect(bulk.headers.get('cache-control')).toBe('no-store')
    expect(await bulk.json()).toEqual({ changed: 2, not_found: [] })
    // The guide's own page sends an empty body of JSON.
    expect((await ask('PUT', '/mark-all-read', '')).status).toBe(200)
    expect((await ask('POST', '/bulk', '{')).status).toBe(422)
    await desk.inboxes.bulk('amy', 'unread', ids)
  }
  server.close()
})

test('Express hands over what is left of the path, and a body that it has read', async () => {
  await desk.assign('amy', 't1')
  const [id = ''] = await desk.ids('amy')
  const server = createServer((request, response) => {
    const body = { ids: [id], action: 'read' }
    return api.node(Object.assign(request, { url: '/bulk', body }), response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const headers = { authorization: 'Bearer token-amy' }
  const answered = await fetch(`http://127.0.0.1:${port}/bulk`, { method: 'POST', headers })
  expect(await answered.json()).toEqual({ changed: 1, not_found: [] })
  server.close()
})
