/** Words that people and other systems write: markup, formulas, and addresses that lead elsewhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isSitePath } from '../../apps/server/src/features/ingest/templates.ts'
import { type Person, type Rest, startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { createGoal } from '../../apps/server/test/goal-calls.ts'
import { asSystem, makeKey, march, payslip, raise, registerType } from '../../apps/server/test/key-calls.ts'
import { localPath } from '../../apps/web/src/ui/local-path.ts'
import type { NotificationPage } from '../../packages/protocol/src/index.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

let server: TestServer
let cast: Record<'john' | 'jane' | 'hana' | 'ada', Person>
let ada: Rest
let payroll: Rest
beforeAll(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  ada = await server.as(cast.ada)
  payroll = asSystem(server, (await makeKey(ada)).key)
  await registerType(ada)
})
afterAll(() => server.close())

test('markup is kept as it was written, and said as text: on the wire nothing is a page', async () => {
  const words = '<script>alert(1)</script><img src=x onerror=alert(1)>'
  const name = 'Eve <b onmouseover=alert(1)>'
  const eve = await server.addPerson(name, { email: 'eve@example.test', supervisor: cast.jane })
  const jane = await server.as(cast.jane)
  const socket = await server.socket(cast.jane)
  await socket.next('connection_established')
  const goal = await createGoal(await server.as(eve), { title: words, description: words })
  expect([goal.title, goal.description, goal.owner.name]).toEqual([words, words, name])
  const message = `${name} has created a new goal '${words}' that requires your approval.`
  expect(await socket.next('new_notification')).toMatchObject({
    notification: { message, triggered_by_name: name },
  })
  for (const path of [`/api/goals/${goal.id}`, '/api/notifications', `/api/users/${eve.id}`]) {
    const { headers, body } = await jane.get(path, { headers: { accept: 'text/html' } })
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(JSON.stringify(body)).toContain('<')
  }
  const said = await (await server.as(cast.hana)).post<{ title: string; body: string }>(
    '/api/announcements',
    {
      title: words,
      body: words,
      audience: 'everyone',
    },
  )
  expect([said.body.title, said.body.body]).toEqual([words, words])
})

test('no page of ours makes markup or code of text', () => {
  const forbidden =
    /dangerouslySetInnerHTML|\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function\b|srcDoc/
  const files = ['apps/web/src', 'apps/web/public', 'packages/react/src', 'packages/client/src'].flatMap(
    folder =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)),
  )
  const sources = files.filter(name => /\.(tsx?|js|html)$/.test(name))
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.filter(name => forbidden.test(readFileSync(join(root, name), 'utf8')))).toEqual([])
  // All scripts of the page are files: the policy lets no other run.
  const page = readFileSync(join(root, 'apps/web/index.html'), 'utf8')
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:/i)
})

const ELSEWHERE = [
  'https://evil.test/',
  '//evil.test',
  '///evil.test',
  '/\\evil.test',
  '/\\/evil.test',
  '\\\\evil.test',
  '/./\\evil.test',
  '/.//evil.test',
  '/goals/..//evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '/\r\n/evil.test',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'http:evil.test',
  'evil.test',
  '@evil.test',
  '?next=//evil.test',
  '',
]

test('an address that leads elsewhere is taken from nobody, and followed by no page', async () => {
  const inbox = async () =>
    (await (await server.as(cast.john)).get<NotificationPage>('/api/notifications')).body.total
  const before = await inbox()
  for (const action_url of ELSEWHERE) {
    const type = { ...payslip, type: 'astray', action_url }
    expect((await ada.post('/api/notification-types', type)).status, action_url).toBe(422)
    expect((await ada.put(`/api/notification-types/${payslip.type}`, type)).status, action_url).toBe(422)
    expect((await raise(payroll, cast.john, { action_url })).status, action_url).toBe(422)
  }
  // Nor by what is put into a path that is good without it.
  await registerType(ada, { ...payslip, type: 'by_data', action_url: '/{month}/{payslip_id}' })
  for (const [month, payslip_id] of [
    ['', '/evil.test'],
    ['', 'evil.test'],
    ['\\', 'evil.test'],
    ['..', '/evil.test'],
    ['.', '/evil.test'],
  ]) {
    const answer = await raise(payroll, cast.hana, { type: 'by_data', data: { ...march, month, payslip_id } })
    const { body } = await (await server.as(cast.hana)).get<NotificationPage>('/api/notifications?limit=1')
    if (answer.status !== 422) expect(isSitePath(body.notifications[0]?.action_url ?? '')).toBe(true)
  }
  expect(await inbox()).toBe(before)

  const here = 'https://pms.test'
  for (const address of ELSEWHERE) {
    const followed = localPath(address, here)
    // What a browser makes of the rest is a path of ours.
    if (followed !== null) expect(new URL(followed, here).origin, address).toBe(here)
    if (
      /^(\/*[/\\]|[a-z]+:)/i.test(address) &&
      /evil|:/.test(address) &&
      new URL(address, here).origin !== here
    )
      expect(followed, address).toBeNull()
  }
  for (const good of ['/goals/1', '/goals?next=//evil.test', '/goals#x', '/%2F%2Fevil.test'])
    expect([isSitePath(good), localPath(good, here)], good).toEqual([true, good])
})

test('nothing is answered as a table that a spreadsheet would open and reckon with', async () => {
  const { body } = await server.rest().get('/api/openapi.json')
  expect(JSON.stringify(body)).not.toMatch(/text\/(csv|tab-separated-values|html)|application\/vnd\.ms-excel/)
})
