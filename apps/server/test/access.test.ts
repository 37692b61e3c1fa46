/** What a change of an account does to whoever is signed in with it, and who may make one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startServer, type TestServer } from '../src/testing/index.ts'

let server: TestServer
let people: Awaited<ReturnType<TestServer['addOrganisation']>>
beforeAll(async () => {
  server = await startServer()
  people = await server.addOrganisation()
})
afterAll(() => server.close())

const put = async (who: Person, path: string, body: unknown) => (await server.as(who)).put(path, body)

describe('a status', () => {
  it('that keeps somebody out ends their sessions and sockets at once', async () => {
    const kim = await server.addPerson('Kim Lee')
    const token = await server.tokenOf(kim)
    const socket = await server.socket(token)
    await socket.next('connection_established')
    const { status, body } = await put(people.hana, `/api/users/${kim.id}/status`, { status: 'suspended' })
    expect([status, body.status]).toEqual([200, 'suspended'])
    expect((await socket.closed).code).toBe(4403)
    expect((await server.rest(token).get('/api/auth/me')).status).toBe(401)
    // Let in again, the old token stays dead.
    await put(people.hana, `/api/users/${kim.id}/status`, { status: 'active' })
    expect((await server.rest(token).get('/api/auth/me')).status).toBe(401)
    expect((await (await server.as(kim)).get('/api/auth/me')).status).toBe(200)
  })

  it('of leave keeps nobody out', async () => {
    const lou = await server.addPerson('Lou May')
    const socket = await server.socket(lou)
    await socket.next('connection_established')
    await put(people.hana, `/api/users/${lou.id}/status`, { status: 'on_leave' })
    socket.send('ping')
    await socket.text('pong')
  })
})

describe('a role', () => {
  it('gives its rights to tokens that are out already, and takes them', async () => {
    const max = await server.addPerson('Max Roy')
    const rest = await server.as(max)
    const goal = { title: 'Yearly', type: 'YEARLY', year: 2027 }
    expect((await rest.post('/api/goals', goal)).status).toBe(403)
    await put(people.hana, `/api/users/${max.id}/role`, { role: 'hr' })
    expect((await rest.post('/api/goals', goal)).status).toBe(201)
    await put(people.hana, `/api/users/${max.id}/role`, { role: 'staff' })
    expect((await rest.post('/api/goals', goal)).status).toBe(403)
  })

  it('tells the open pages of the person', async () => {
    const nia = await server.addPerson('Nia Poe')
    const socket = await server.socket(nia, { query: { since: '0' } })
    await socket.next('sync')
    await put(people.hana, `/api/users/${nia.id}/role`, { role: 'hr' })
    // News of others, which everybody hears, may still be on its way.
    expect(await socket.until(({ type, id }) => type === 'resource_changed' && id === nia.id)).toMatchObject({
      resource: 'user',
    })
  })
})

describe('is refused', () => {
  it.each([
    ['somebody without the permission', 'jane', 'john', 'status', { status: 'suspended' }, 403],
    ['oneself', 'hana', 'hana', 'status', { status: 'on_leave' }, 403],
    ['oneself, with every right', 'ada', 'ada', 'role', { role: 'staff' }, 403],
    ['somebody above', 'hana', 'ada', 'status', { status: 'suspended' }, 403],
    ['a role that only a super admin gives', 'hana', 'john', 'role', { role: 'admin' }, 403],
    ['an unknown status', 'hana', 'john', 'status', { status: 'archived' }, 422],
    ['an unknown role', 'ada', 'john', 'role', { role: 'king' }, 422],
    ['nothing', 'ada', 'john', 'role', {}, 422],
  ] as const)('%s', async (_what, who, whom, field, body, status) => {
    const before = (await (await server.as(people.ada)).get(`/api/users/${people[whom].id}`)).body
    expect((await put(people[who], `/api/users/${people[whom].id}/${field}`, body)).status).toBe(status)
    expect((await (await server.as(people.ada)).get(`/api/users/${people[whom].id}`)).body).toEqual(before)
  })

  it('somebody who is not there', async () => {
    const nobody = '01890000-0000-7000-8000-000000000000'
    expect((await put(people.ada, `/api/users/${nobody}/status`, { status: 'active' })).status).toBe(404)
  })

  it('the last super admin, who could not be brought back', async () => {
    const second = await server.addPerson('Second Admin', { role: 'super_admin' })
    expect((await put(second, `/api/users/${people.ada.id}/role`, { role: 'staff' })).status).toBe(200)
    const third = await server.addPerson('Third Admin', { role: 'super_admin', status: 'on_leave' })
    const refusal = await put(third, `/api/users/${second.id}/status`, { status: 'suspended' })
    expect([refusal.status, refusal.body.code]).toEqual([409, 'last_super_admin'])
  })
})

describe('a sign-out', () => {
  it('ends the sockets of that session and no other', async () => {
    const ola = await server.addPerson('Ola Quist')
    const token = await server.tokenOf(ola)
    const here = await server.socket(token)
    const elsewhere = await server.socket(ola)
    for (const socket of [here, elsewhere]) await socket.next('connection_established')
    const headers = { 'x-requested-with': 'pms' }
    expect((await server.rest(token).post('/api/auth/logout', undefined, { headers })).status).toBe(200)
    expect((await here.closed).code).toBe(4401)
    elsewhere.send('ping')
    await elsewhere.text('pong')
  })
})

describe('a ticket', () => {
  const connect = async (ticket: string) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/notifications/ws?ticket=${ticket}`)
    return new Promise<string>(resolve => {
      socket.onmessage = ({ data }) => {
        resolve(JSON.parse(data).user_id)
        socket.close()
      }
      socket.onclose = ({ code }) => resolve(String(code))
    })
  }
  const ticketOf = async (who: Person) =>
    (
      await (
        await server.as(who)
      ).post<{ ticket: string; expires_in: number }>('/api/notifications/ws-ticket')
    ).body

  it('opens one socket, once', async () => {
    const { ticket, expires_in } = await ticketOf(people.john)
    expect(expires_in).toBe(30)
    expect(await connect(ticket)).toBe(people.john.id)
    expect(await connect(ticket)).toBe('4401')
    expect(server.log.join()).not.toContain(ticket)
  })

  it('used twice at once opens one', async () => {
    const { ticket } = await ticketOf(people.john)
    const answers = await Promise.all([connect(ticket), connect(ticket), connect(ticket)])
    expect(answers.sort()).toEqual([people.john.id, '4401', '4401'].sort())
  })

  it('is no use after its sign-in has ended, or made up', async () => {
    const token = await server.tokenOf(people.john)
    const { ticket } = (await server.rest(token).post<{ ticket: string }>('/api/notifications/ws-ticket'))
      .body
    const headers = { 'x-requested-with': 'pms' }
    await server.rest(token).post('/api/auth/logout', undefined, { headers })
    expect(await connect(ticket)).toBe('4401')
    expect(await connect('made-up')).toBe('4401')
  })
})
