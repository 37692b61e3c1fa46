/** Naming somebody who stands in while one is away: who may, what is refused, who sees it, who decides then. */
import {
  type CreateDelegationBody,
  Delegation,
  DelegationPage,
  type UserPage,
  type UserProfile,
} from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DELEGATION_RULES } from '../src/features/people/delegations/policy.ts'
import { approversOf, standInIds, teamIds } from '../src/features/people/reporting-lines.ts'
import {
  changePerson,
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { problemFields } from './goal-calls.ts'
import { delegate } from './people-calls.ts'

const DAY = 24 * 60 * 60 * 1000

describe('who decides', () => {
  const TODAY = '2027-03-01'
  let server: TestServer
  let people: Record<'top' | 'mary' | 'jane' | 'john' | 'ben' | 'hana', Person>
  const db = () => server.app.database.db
  const set = (who: keyof typeof people, changes: Parameters<typeof changePerson>[2]) =>
    changePerson(server.app, people[who], changes)

  /** John reports to Jane, Jane to Mary, Mary to the top; Ben is beside them, Hana is HR. */
  beforeEach(async () => {
    server = await startServer()
    const { addPerson } = server
    const top = await addPerson('Tara Top')
    const mary = await addPerson('Mary Okafor', { supervisor: top })
    const jane = await addPerson('Jane Smith', { supervisor: mary })
    const john = await addPerson('John Doe', { supervisor: jane })
    const ben = await addPerson('Ben Carter', { supervisor: mary })
    const hana = await addPerson('Hana Sato', { role: 'hr' })
    people = { top, mary, jane, john, ben, hana }
    return () => server.close()
  })

  /** Written as it is: also what no call would let in. */
  async function standsIn(
    user: keyof typeof people,
    stand: keyof typeof people,
    from_day = '2027-03-01',
    to_day = '2027-03-01',
  ): Promise<void> {
    await server.app.database.transaction(tx =>
      tx.db
        .insertInto('delegations')
        .values({
          id: crypto.randomUUID(),
          user_id: people[user].id,
          delegate_id: people[stand].id,
          from_day,
          to_day,
          reason: null,
          followed: 'running',
          created_at: tx.now,
        })
        .execute(),
    )
  }

  const deciders = async (who: keyof typeof people, ...except: (keyof typeof people)[]) =>
    (
      await approversOf(
        db(),
        TODAY,
        people[who].id,
        except.map(name => people[name].id),
      )
    ).map(({ name }) => name)

  test('a supervisor who is there decides, whoever could stand in', async () => {
    await standsIn('jane', 'ben')
    expect(await deciders('john')).toEqual(['Jane Smith'])
  })

  test.each(['on_leave', 'suspended', 'archived'] as const)(
    'their delegate, while the supervisor is %s',
    async status => {
      await standsIn('jane', 'ben')
      await set('jane', { status })
      expect(await deciders('john')).toEqual(['Ben Carter'])
    },
  )

  test.each([
    ['before the first day', '2027-03-02', '2027-03-05', 'Mary Okafor'],
    ['on the first day', '2027-03-01', '2027-03-05', 'Ben Carter'],
    ['on the last day', '2027-02-20', '2027-03-01', 'Ben Carter'],
    ['after the last day', '2027-02-20', '2027-02-28', 'Mary Okafor'],
  ])('%s', async (_when, from, to, who) => {
    await standsIn('jane', 'ben', from, to)
    await set('jane', { status: 'on_leave' })
    expect(await deciders('john')).toEqual([who])
  })

  test.each(['on_leave', 'suspended', 'archived'] as const)(
    'one step up, when the delegate is %s: nobody stands in for who stands in',
    async status => {
      await standsIn('jane', 'ben')
      await standsIn('ben', 'hana')
      await set('jane', { status: 'on_leave' })
      await set('ben', { status })
      expect(await deciders('john')).toEqual(['Mary Okafor'])
    },
  )

  test('one step up, when the delegate is the one who asks, or shares the work', async () => {
    await standsIn('jane', 'john')
    await set('jane', { status: 'on_leave' })
    expect(await deciders('john')).toEqual(['Mary Okafor'])
    await set('ben', { supervisor_id: people.jane.id })
    expect(await deciders('ben')).toEqual(['John Doe'])
    expect(await deciders('ben', 'john')).toEqual(['Mary Okafor'])
  })

  test('nobody stands in for somebody who shares the work', async () => {
    await standsIn('jane', 'ben')
    expect(await deciders('john', 'jane')).toEqual(['Mary Okafor'])
    await set('jane', { status: 'on_leave' })
    expect(await deciders('john', 'jane')).toEqual(['Mary Okafor'])
  })

  test('the delegate of the next one up, before the one above that', async () => {
    await standsIn('mary', 'hana')
    await set('jane', { status: 'on_leave' })
    await set('mary', { status: 'on_leave' })
    expect(await deciders('john')).toEqual(['Hana Sato'])
  })

  test('at the top: HR; and for HR alone nobody', async () => {
    expect(await deciders('top')).toEqual(['Hana Sato'])
    expect(await deciders('hana')).toEqual([])
    await set('top', { status: 'on_leave' })
    await standsIn('top', 'ben')
    expect(await deciders('mary')).toEqual(['Ben Carter'])
  })

  test('in a loop each walk ends, and a delegate in it decides for the others', async () => {
    await set('mary', { supervisor_id: people.john.id, status: 'on_leave' })
    await set('jane', { status: 'on_leave' })
    await standsIn('mary', 'john')
    expect(await deciders('jane')).toEqual(['John Doe'])
    expect(await deciders('john')).toEqual(['Hana Sato'])
    expect(await deciders('mary')).toEqual(['John Doe'])
  })

  test('the other way round it is the same, in whatever lines and absences', async () => {
    const names = Object.keys(people) as (keyof typeof people)[]
    const statuses = ['active', 'on_leave', 'suspended'] as const
    const random = randomOf(7)
    let found = 0
    for (let round = 0; round < 60; round += 1) {
      await server.app.database.transaction(tx => tx.db.deleteFrom('delegations').execute())
      for (const who of names) {
        const boss = names[random(names.length + 1)]
        const supervisor_id = boss === undefined ? null : people[boss].id
        await set(who, { status: statuses[random(3)] ?? 'active', supervisor_id })
        const stand = names[random(names.length)]
        if (stand && stand !== who) await standsIn(who, stand)
      }
      for (const who of names) {
        const { id } = people[who]
        const idsOf = async (ids: { execute(): Promise<{ id: string }[]> }) =>
          (await ids.execute()).map(row => row.id)
        const inPlace = await idsOf(standInIds(db(), TODAY, id))
        const team = await idsOf(teamIds(db(), id))
        found += inPlace.length
        for (const other of Object.values(people)) {
          const decides = (await approversOf(db(), TODAY, other.id)).some(person => person.id === id)
          if (inPlace.includes(other.id)) expect(decides, `${who} for ${other.name}`).toBe(true)
          if (decides && who !== 'hana')
            expect([...inPlace, ...team], `${who} for ${other.name}`).toContain(other.id)
        }
      }
    }
    expect(found).toBeGreaterThan(20)
  })
})

/** Numbers below a limit, the same with every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

describe('over the API', () => {
  let server: TestServer
  let clock: ReturnType<typeof createTestClock>
  let cast: Record<'mary' | 'jane' | 'john' | 'ben' | 'peer' | 'hr' | 'admin' | 'super', Person>
  const rests = {} as Record<keyof typeof cast, Rest>

  beforeAll(async () => {
    clock = createTestClock('2027-03-01T23:30:00.000Z')
    // It is the second of March there already.
    server = await startServer({ clock, env: { TIME_ZONE: 'Africa/Lagos' } })
    const { addPerson } = server
    const mary = await addPerson('Mary Okafor')
    const jane = await addPerson('Jane Smith', { supervisor: mary })
    const ben = await addPerson('Ben Carter', { supervisor: mary })
    cast = {
      mary,
      jane,
      ben,
      john: await addPerson('John Doe', { supervisor: jane }),
      peer: await addPerson('Pete Peer', { supervisor: mary }),
      hr: await addPerson('Hana Sato', { role: 'hr' }),
      admin: await addPerson('Adam Able', { role: 'admin' }),
      super: await addPerson('Ada Admin', { role: 'super_admin' }),
    }
    for (const who of Object.keys(cast) as (keyof typeof cast)[]) rests[who] = await server.as(cast[who])
  })
  afterAll(() => server.close())

  const ask = (who: keyof typeof cast, body: object) =>
    rests[who].post<Delegation & Problem>('/api/delegations', body)
  const days = { from: '2027-03-10', to: '2027-03-20' }
  const clear = () => server.app.database.transaction(tx => tx.db.deleteFrom('delegations').execute())

  beforeEach(async () => {
    await clear()
  })

  test('one’s own, as it is answered', async () => {
    const { status, body } = await ask('jane', { ...days, delegate_id: cast.ben.id, reason: 'Leave' })
    expect(status).toBe(201)
    expectConform(Delegation, body)
    expect(body).toMatchObject({
      user: { id: cast.jane.id, name: 'Jane Smith' },
      delegate: { id: cast.ben.id, name: 'Ben Carter' },
      ...days,
      reason: 'Leave',
      state: 'planned',
      allowed_actions: ['cancel'],
    })
  })

  test.each([
    ['oneself', { delegate_id: 'jane' }, 'delegate_id'],
    ['nobody', { delegate_id: '01a2068e-b7fc-72c7-afb3-e2809c5cc3e1' }, 'delegate_id'],
    ['backwards', { from: '2027-03-20', to: '2027-03-10' }, 'to'],
    ['all in the past', { from: '2027-02-01', to: '2027-03-01' }, 'to'],
    ['no day', { from: '2027-02-30' }, 'from'],
    ['no end', { to: undefined }, 'to'],
  ] as const)('is refused: %s', async (_what, wrong, field) => {
    const body = { ...days, delegate_id: cast.ben.id, ...wrong }
    if (body.delegate_id === 'jane') body.delegate_id = cast.jane.id
    const reply = await ask('jane', body)
    expect([reply.status, problemFields(reply.body)]).toEqual([422, [field]])
  })

  test.each(['on_leave', 'suspended', 'archived'] as const)(
    'is refused: a delegate who is %s',
    async status => {
      const away = await server.addPerson(`Away ${status}`, { status })
      const reply = await ask('jane', { ...days, delegate_id: away.id })
      expect([reply.status, problemFields(reply.body)]).toEqual([422, ['delegate_id']])
    },
  )

  test('today counts in the time zone of the organisation', async () => {
    const today = { from: '2027-03-02', to: '2027-03-02' }
    const { body } = await ask('jane', { ...today, delegate_id: cast.ben.id })
    expect(body.state).toBe('running')
    const profile = await rests.peer.get<UserProfile>(`/api/users/${cast.jane.id}`)
    const absence = { delegate: { id: cast.ben.id, name: 'Ben Carter' }, ...today }
    expect(profile.body.absence).toEqual(absence)
    const listed = await rests.peer.get<UserPage>('/api/users?limit=100')
    const away = listed.body.items.filter(person => person.absence)
    expect(away.map(person => [person.id, person.absence])).toEqual([[cast.jane.id, absence]])
  })

  test.each([
    ['the same days', '2027-03-10', '2027-03-20', 409],
    ['the first day', '2027-03-01', '2027-03-10', 409],
    ['the last day', '2027-03-20', '2027-03-30', 409],
    ['days around it', '2027-03-02', '2027-03-30', 409],
    ['the days before', '2027-03-02', '2027-03-09', 201],
    ['the days after', '2027-03-21', '2027-03-30', 201],
  ])('on any day one stands in: %s', async (_what, from, to, status) => {
    await delegate(rests.jane, { ...days, to_whom: cast.ben })
    const reply = await ask('jane', { from, to, delegate_id: cast.mary.id })
    expect(reply.status).toBe(status)
    if (status === 409)
      expect(reply.body).toMatchObject({
        code: 'overlap',
        detail: 'Somebody stands in for Jane Smith from 10 March 2027 to 20 March 2027 already',
      })
    // For another person it is another matter.
    await delegate(rests.mary, { from, to, to_whom: cast.ben })
  })

  /** Jane is away and Ben stands in: what each makes of it. `.` does not see it (404). */
  const CANCEL: Record<keyof typeof cast, '+' | '-' | '.'> = {
    jane: '+',
    ben: '-',
    mary: '.',
    john: '.',
    peer: '.',
    hr: '+',
    admin: '+',
    super: '+',
  }
  const STATES = {
    planned: { from: '2027-03-10', to: '2027-03-20' },
    running: { from: '2027-03-02', to: '2027-03-20' },
    over: { from: '2027-02-10', to: '2027-02-20' },
  } as const

  test('the table knows every action', () => {
    expect(Object.keys(DELEGATION_RULES)).toEqual(['cancel'])
  })

  describe.each(Object.keys(STATES) as (keyof typeof STATES)[])('%s', state => {
    async function reach(): Promise<string> {
      await clear()
      const { id } = await delegate(rests.jane, { ...STATES.planned, to_whom: cast.ben })
      const { from, to } = STATES[state]
      await server.app.database.transaction(tx =>
        tx.db.updateTable('delegations').set({ from_day: from, to_day: to, followed: state }).execute(),
      )
      return id
    }

    test.each(Object.entries(CANCEL) as [keyof typeof cast, string][])('%s: %s', async (who, mark) => {
      const id = await reach()
      const { body: page } = await rests[who].get<DelegationPage>('/api/delegations')
      expectConform(DelegationPage, page)
      const may = mark === '+' && state !== 'over'
      expect(page.items.map(item => [item.state, item.allowed_actions])).toEqual(
        mark === '.' ? [] : [[state, may ? ['cancel'] : []]],
      )
      const { status, body } = await rests[who].delete<Problem>(`/api/delegations/${id}`)
      const must = mark === '.' ? 404 : mark === '-' ? 403 : may ? 200 : 409
      expect(status).toBe(must)
      if (must === 409)
        expect(body).toMatchObject({
          current_status: 'over',
          detail: 'This delegation ended on 20 February 2027',
        })
      const left = await server.app.database.db.selectFrom('delegations').select('id').execute()
      expect(left).toHaveLength(must === 200 ? 0 : 1)
    })
  })

  test('for somebody else only who keeps their account, and not for who has left', async () => {
    const forJane: CreateDelegationBody = { ...days, user_id: cast.jane.id, delegate_id: cast.ben.id }
    for (const who of ['mary', 'john', 'ben'] as const) expect((await ask(who, forJane)).status).toBe(403)
    expect((await ask('hr', forJane)).status).toBe(201)
    const forAda = { ...days, user_id: cast.super.id, delegate_id: cast.ben.id }
    expect((await ask('hr', forAda)).status).toBe(403)
    const gone = await server.addPerson('Gone Away', { status: 'archived' })
    const reply = await ask('hr', { ...forJane, user_id: gone.id })
    expect([reply.status, reply.body.current_status]).toEqual([409, 'archived'])
  })

  test('lists by person and by state, those that begin last first', async () => {
    const first = await delegate(rests.jane, { from: '2027-03-02', to: '2027-03-03', to_whom: cast.ben })
    const second = await delegate(rests.jane, { ...days, to_whom: cast.peer })
    const other = await delegate(rests.mary, { ...days, to_whom: cast.jane })
    const ids = async (who: keyof typeof cast, query = '') =>
      (await rests[who].get<DelegationPage>(`/api/delegations${query}`)).body.items.map(({ id }) => id)
    expect(await ids('jane')).toEqual([other.id, second.id, first.id])
    expect(await ids('jane', '?state=running')).toEqual([first.id])
    expect(await ids('jane', '?state=planned')).toEqual([other.id, second.id])
    expect(await ids('jane', '?state=over')).toEqual([])
    expect(await ids('jane', '?skip=1&limit=1')).toEqual([second.id])
    expect(await ids('peer')).toEqual([second.id])
    expect(await ids('peer', `?user_id=${cast.mary.id}`)).toEqual([])
    expect(await ids('hr', `?user_id=${cast.mary.id}`)).toEqual([other.id])
    expect(await ids('john')).toEqual([])
  })

  test('is written down, and both sides’ open pages hear of it', async () => {
    const sockets = []
    for (const who of ['jane', 'ben', 'john'] as const) {
      const socket = await server.socket(cast[who], { query: { since: '0' } })
      await socket.next('sync')
      sockets.push(socket)
    }
    const [atJane, atBen, atJohn] = sockets
    const { id } = await delegate(rests.jane, { ...days, to_whom: cast.ben })
    for (const socket of [atJane, atBen])
      expect(await socket?.next('resource_changed')).toMatchObject({ resource: 'delegation', id })
    await rests.jane.delete(`/api/delegations/${id}`)
    for (const socket of [atJane, atBen])
      expect(await socket?.next('resource_changed')).toMatchObject({ resource: 'delegation', id })
    atJohn?.send('ping')
    await atJohn?.text('pong')
    expect(
      atJohn?.messages.filter(message => typeof message === 'object' && message.type === 'resource_changed'),
    ).toEqual([])
    const { body } = await rests.hr.get<{ items: { action: string }[] }>(`/api/audit?object_id=${id}`)
    expect(body.items.map(({ action }) => action)).toEqual(['delegation.cancelled', 'delegation.created'])
  })

  test('a day later it is another day', async () => {
    await delegate(rests.jane, { from: '2027-03-03', to: '2027-03-03', to_whom: cast.ben })
    const state = async () =>
      (await (await server.as(cast.jane)).get<DelegationPage>('/api/delegations')).body.items[0]?.state
    expect(await state()).toBe('planned')
    clock.advance(DAY)
    expect(await state()).toBe('running')
    clock.advance(DAY)
    expect(await state()).toBe('over')
  })
})
