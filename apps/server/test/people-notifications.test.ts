/** What others hear of what is done to accounts: by socket and in the inbox, word for word; and the one who does it, nothing. */
import { beforeEach, describe, expect, test } from 'vitest'
import { type Person, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { heard } from './goal-calls.ts'
import { hire, inbox, news, ownInbox, read, setStatus } from './people-calls.ts'

let server: TestServer
let people: Awaited<ReturnType<TestServer['addOrganisation']>>
let asHana: Rest

beforeEach(async () => {
  server = await startServer()
  people = await server.addOrganisation()
  asHana = await server.as(people.hana)
  return () => server.close()
})

/** What these people are told by what is done: over the socket, and the same in the inbox; the rest of them nothing. */
async function told(act: () => Promise<unknown>, ...listeners: Person[]) {
  const everybody = [...listeners, people.hana]
  const sockets = await Promise.all(everybody.map(person => server.socket(person)))
  for (const socket of sockets) await socket.next('connection_established')
  await act()
  const result: Record<string, unknown[]> = {}
  for (const [index, person] of everybody.entries()) {
    const socket = sockets[index]
    if (!socket) continue
    const heard = await news(socket)
    const { notifications, unread_count } = await ownInbox(await server.as(person))
    expect(heard.map(read), person.name).toEqual(notifications.toReversed().map(read))
    expect(unread_count).toBe(notifications.length)
    expect(heard.every(item => item.triggered_by_name === 'Hana Sato' && !item.needs_action)).toBe(true)
    result[person.name] = heard.map(read)
  }
  return result
}

const nia = { name: 'Nia Obi', email: 'Nia.Obi@example.test', job_title: 'Engineer' }

describe('user_created', () => {
  test('welcomes the new user, whose socket opens later, and tells the supervisor at once', async () => {
    let id = ''
    const heard = await told(
      async () => {
        id = (await hire(asHana, { ...nia, supervisor_id: people.jane.id })).id
      },
      people.jane,
      people.mary,
    )
    expect(heard).toEqual({
      'Jane Smith': [
        {
          type: 'user_created',
          priority: 'medium',
          title: 'New Team Member',
          message: 'Nia Obi has joined your team.',
          action_url: '/team',
          data: { user_id: id },
        },
      ],
      'Mary Okafor': [],
      'Hana Sato': [],
    })

    const socket = await server.socket({ id, name: nia.name, email: nia.email }, { query: { since: '0' } })
    const page = await socket.next('sync')
    expect((page.notifications as Parameters<typeof read>[0][]).map(read)).toEqual([
      {
        type: 'user_created',
        priority: 'medium',
        title: 'Welcome to PMS',
        message: 'Welcome, Nia. Your account is ready: complete your profile and set your first goal.',
        action_url: '/profile',
        data: { user_id: id },
      },
    ])
  })

  test('a supervisor who adds a person of their own is told nothing', async () => {
    const heard = await told(() => hire(asHana, { ...nia, supervisor_id: people.hana.id }))
    expect(heard).toEqual({ 'Hana Sato': [] })
  })

  test('what is refused is told to nobody', async () => {
    const heard = await told(async () => {
      const reply = await asHana.post('/api/users', {
        ...nia,
        email: people.john.email,
        supervisor_id: people.jane.id,
      })
      expect(reply.status).toBe(409)
    }, people.jane)
    expect(heard).toEqual({ 'Jane Smith': [], 'Hana Sato': [] })
  })
})

describe('user_status_changed', () => {
  const change = (from: string, to: string) => ({
    own: {
      type: 'user_status_changed',
      priority: 'high',
      title: 'Account Status Changed',
      message: `Your account status has changed from ${from} to ${to}.`,
      action_url: '/profile',
      data: { user_id: people.john.id },
    },
    toSupervisor: {
      type: 'user_status_changed',
      priority: 'medium',
      title: 'Account Status Changed',
      message: `John Doe's account status has changed from ${from} to ${to}.`,
      action_url: '/team',
      data: { user_id: people.john.id },
    },
  })

  test('tells the user and the supervisor, each in their own words', async () => {
    const { own, toSupervisor } = change('active', 'on leave')
    const heard = await told(
      () => setStatus(asHana, people.john, 'on_leave'),
      people.john,
      people.jane,
      people.mary,
    )
    expect(heard).toEqual({
      'John Doe': [own],
      'Jane Smith': [toSupervisor],
      'Mary Okafor': [],
      'Hana Sato': [],
    })
  })

  test('the same status again is no change', async () => {
    const heard = await told(() => setStatus(asHana, people.john, 'active'), people.john, people.jane)
    expect(heard).toEqual({ 'John Doe': [], 'Jane Smith': [], 'Hana Sato': [] })
  })

  test('who is suspended is told by a closed socket, and finds it in the inbox when they are back', async () => {
    const socket = await server.socket(people.john)
    await socket.next('connection_established')
    await setStatus(asHana, people.john, 'suspended')
    expect((await socket.closed).code).toBe(4403)
    expect((await inbox(server, people.john)).map(read)).toEqual([change('active', 'suspended').own])
    await setStatus(asHana, people.john, 'active')
    const { notifications } = await ownInbox(await server.as(people.john))
    expect(notifications.map(read)).toEqual([
      change('suspended', 'active').own,
      change('active', 'suspended').own,
    ])
  })

  test('archiving is a change of status, too', async () => {
    const heard = await told(() => asHana.put(`/api/users/${people.john.id}/archive`, {}), people.jane)
    const { own, toSupervisor } = change('active', 'archived')
    expect(heard).toEqual({ 'Jane Smith': [toSupervisor], 'Hana Sato': [] })
    expect((await inbox(server, people.john)).map(read)).toEqual([own])
  })
})

describe('user_role_changed', () => {
  test('tells the user, whose open socket stays and who has the new rights from the next call on', async () => {
    const asJohn = await server.as(people.john)
    expect((await asJohn.get('/api/audit')).status).toBe(403)
    const heard = await told(
      () => asHana.put(`/api/users/${people.john.id}/role`, { role: 'hr' }),
      people.john,
      people.jane,
    )
    expect(heard).toEqual({
      'John Doe': [
        {
          type: 'user_role_changed',
          priority: 'high',
          title: 'Your Role Has Changed',
          message: 'Your role has changed from staff to HR.',
          action_url: '/profile',
          data: { user_id: people.john.id },
        },
      ],
      'Jane Smith': [],
      'Hana Sato': [],
    })
    expect((await asJohn.get('/api/audit')).status).toBe(200)
  })

  test('the same role again is no change', async () => {
    const heard = await told(
      () => asHana.put(`/api/users/${people.john.id}/role`, { role: 'staff' }),
      people.john,
    )
    expect(heard).toEqual({ 'John Doe': [], 'Hana Sato': [] })
  })
})

describe('open pages', () => {
  test('of everybody hear that the account changed; of those whose teams it is in or was in, that too', async () => {
    const listeners = [people.john, people.jane, people.mary, people.hana, people.ada]
    const sockets = await Promise.all(
      listeners.map(person => server.socket(person, { query: { since: '0' } })),
    )
    for (const socket of sockets) await socket.next('sync')
    const reply = await asHana.patch(`/api/users/${people.john.id}`, { supervisor_id: people.mary.id })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    const resources = sockets.map(async socket =>
      (await heard(socket)).slice(2).map(({ resource }) => resource),
    )
    expect(await Promise.all(resources)).toEqual([
      ['user'],
      ['user', 'team'],
      ['user', 'team'],
      ['user'],
      ['user'],
    ])
  })
})
