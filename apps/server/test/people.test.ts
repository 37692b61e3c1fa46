import { NewUser, type Unit, type UserPage, UserProfile } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createUser } from '../src/features/people/actions.ts'
import { permissionsOf, rolesWith } from '../src/features/people/permissions.ts'
import { approversOf, isAbove, supervisorChain, teamIds } from '../src/features/people/reporting-lines.ts'
import type { OrgUnitTable } from '../src/features/people/tables.ts'
import { changePerson, type Person, startServer, type TestServer } from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import type { Refusal } from './people-calls.ts'

describe('reporting lines', () => {
  let server: TestServer
  let people: Awaited<ReturnType<TestServer['addOrganisation']>>
  const db = () => server.app.database.db
  const supervise = (person: Person, supervisor: Person | null) =>
    changePerson(server.app, person, { supervisor_id: supervisor?.id ?? null })
  const chain = async (person: Person) => (await supervisorChain(db(), person.id)).map(({ name }) => name)
  const approvers = async (person: Person) =>
    (await approversOf(db(), '2027-03-01', person.id)).map(({ name }) => name)
  const team = async (person: Person) =>
    (await db().selectFrom('users').select('name').where('id', 'in', teamIds(db(), person.id)).execute())
      .map(({ name }) => name)
      .sort()

  beforeEach(async () => {
    server = await startServer()
    people = await server.addOrganisation()
    return () => server.close()
  })

  test('up, the nearest first', async () => {
    expect(await chain(people.john)).toEqual(['Jane Smith', 'Mary Okafor'])
    expect(await chain(people.mary)).toEqual([])
    expect(await chain({ ...people.john, id: crypto.randomUUID() })).toEqual([])
  })

  test('down, at any depth', async () => {
    expect(await team(people.mary)).toEqual(['Jane Smith', 'John Doe'])
    expect(await team(people.jane)).toEqual(['John Doe'])
    expect(await team(people.john)).toEqual([])
  })

  test('above is above, at any depth, and never beside or below', async () => {
    const { mary, jane, john, hana } = people
    expect(await isAbove(db(), mary.id, john.id)).toBe(true)
    expect(await isAbove(db(), jane.id, john.id)).toBe(true)
    expect(await isAbove(db(), john.id, mary.id)).toBe(false)
    expect(await isAbove(db(), john.id, john.id)).toBe(false)
    expect(await isAbove(db(), hana.id, john.id)).toBe(false)
  })

  test('a loop ends, and nobody is above or below themselves', async () => {
    const { mary, jane, john } = people
    await supervise(mary, john)
    expect(await chain(john)).toEqual(['Jane Smith', 'Mary Okafor'])
    expect(await chain(mary)).toEqual(['John Doe', 'Jane Smith'])
    expect(await team(mary)).toEqual(['Jane Smith', 'John Doe'])
    expect(await isAbove(db(), john.id, john.id)).toBe(false)
    expect(await approvers(mary)).toEqual(['John Doe'])
    expect(await approvers(jane)).toEqual(['Mary Okafor'])
  })

  test('a loop that does not come back to the start ends, too', async () => {
    const { mary, jane, john } = people
    await supervise(mary, jane)
    expect(await chain(john)).toEqual(['Jane Smith', 'Mary Okafor'])
    await changePerson(server.app, mary, { status: 'archived' })
    await changePerson(server.app, jane, { status: 'archived' })
    expect(await approvers(john)).toEqual(['Ada Admin', 'Hana Sato'])
  })

  test('whoever supervises themselves has no supervisor', async () => {
    await supervise(people.john, people.john)
    expect(await chain(people.john)).toEqual([])
    expect(await team(people.john)).toEqual([])
    expect(await approvers(people.john)).toEqual(['Ada Admin', 'Hana Sato'])
    expect((await (await server.as(people.john)).get('/api/auth/me')).body.has_team).toBe(false)
  })

  test('the supervisor decides, if active', async () => {
    expect(await approvers(people.john)).toEqual(['Jane Smith'])
  })

  test.each(['on_leave', 'suspended', 'archived'] as const)(
    'one step up while the supervisor is %s',
    async status => {
      await changePerson(server.app, people.jane, { status })
      expect(await approvers(people.john)).toEqual(['Mary Okafor'])
    },
  )

  test('else whoever may approve for all, if active, and never the person', async () => {
    const { mary, hana, ada } = people
    expect(await approvers(mary)).toEqual(['Ada Admin', 'Hana Sato'])
    expect(await approvers(hana)).toEqual(['Ada Admin'])
    await changePerson(server.app, ada, { status: 'on_leave' })
    expect(await approvers(mary)).toEqual(['Hana Sato'])
  })

  test('nobody at all is an answer', async () => {
    const { mary, hana, ada } = people
    await changePerson(server.app, ada, { status: 'suspended' })
    expect(await approvers(hana)).toEqual([])
    await changePerson(server.app, hana, { status: 'archived' })
    expect(await approvers(mary)).toEqual([])
  })
})

describe('the directory', () => {
  let server: TestServer
  let people: Awaited<ReturnType<TestServer['addOrganisation']>>
  const names = ({ body }: { body: UserPage }) => body.items.map(({ name }) => name)

  beforeAll(async () => {
    server = await startServer()
    people = await server.addOrganisation()
    await server.addPerson('Old Timer', { status: 'archived' })
    await server.addPerson('Percent 100% Sure')
    await server.app.database.transaction(async tx => {
      const units: OrgUnitTable[] = [
        { id: crypto.randomUUID(), name: 'Whole', kind: 'global', parent_id: null },
        { id: crypto.randomUUID(), name: 'Part', kind: 'directorate', parent_id: null },
      ]
      await tx.db.insertInto('org_units').values(units).execute()
      await tx.db
        .updateTable('users')
        .set({ unit_id: units[1]?.id ?? null, job_title: 'Satellite Engineer' })
        .where('id', '=', people.john.id)
        .execute()
    })
  })
  afterAll(() => server.close())

  test('lists people by name, without those who left', async () => {
    const reply = await (await server.as(people.john)).get<UserPage>('/api/users')
    expect(names(reply)).toEqual([
      'Ada Admin',
      'Hana Sato',
      'Jane Smith',
      'John Doe',
      'Mary Okafor',
      'Percent 100% Sure',
    ])
    expect(reply.body.total).toBe(6)
  })

  test('whoever manages users sees those who left, too', async () => {
    expect(names(await (await server.as(people.hana)).get<UserPage>('/api/users'))).toContain('Old Timer')
  })

  test('page by page', async () => {
    const reply = await (await server.as(people.john)).get<UserPage>('/api/users?skip=2&limit=2')
    expect(names(reply)).toEqual(['Jane Smith', 'John Doe'])
    expect(reply.body).toMatchObject({ total: 6, next_cursor: '4' })
    const last = await (await server.as(people.john)).get<UserPage>('/api/users?skip=4')
    expect(last.body.next_cursor).toBeNull()
  })

  test.each([
    ['JOHN', ['John Doe']],
    ['hana.sato@', ['Hana Sato']],
    ['satellite', ['John Doe']],
    ['100%', ['Percent 100% Sure']],
    ['%', ['Percent 100% Sure']],
    ['_', []],
    ["' or 1=1 --", []],
  ])('search for %s', async (search, expected) => {
    const query = new URLSearchParams({ search })
    expect(names(await (await server.as(people.john)).get<UserPage>(`/api/users?${query}`))).toEqual(expected)
  })

  test('by status, role and unit, that unit and all below it, together with a search', async () => {
    const units = await server.app.database.db.selectFrom('org_units').selectAll().execute()
    const idOf = (name: string) => units.find(unit => unit.name === name)?.id ?? ''
    await server.app.database.transaction(tx =>
      tx.db
        .updateTable('org_units')
        .set({ parent_id: idOf('Whole') })
        .where('name', '=', 'Part')
        .execute(),
    )
    const find = async (query: string, who: Person = people.john) =>
      names(await (await server.as(who)).get<UserPage>(`/api/users?${query}`))
    expect(await find('role=hr')).toEqual(['Hana Sato'])
    expect(await find(`unit_id=${idOf('Whole')}`)).toEqual(['John Doe'])
    expect(await find(`unit_id=${idOf('Part')}`)).toEqual(['John Doe'])
    expect(await find(`unit_id=${crypto.randomUUID()}`)).toEqual([])
    expect(await find('status=active&role=staff&search=jo')).toEqual(['John Doe'])
    expect(await find('status=on_leave')).toEqual([])
    expect(await find('status=archived')).toEqual([])
    expect(await find('status=archived', people.hana)).toEqual(['Old Timer'])
    const refused = await (await server.as(people.john)).get<Problem>('/api/users?status=gone&role=king')
    expect([refused.status, refused.body.errors?.map(({ field }) => field).sort()]).toEqual([
      422,
      ['role', 'status'],
    ])
  })

  test('my team is everybody below me', async () => {
    const teamOf = async (person: Person) =>
      names(await (await server.as(person)).get<UserPage>('/api/users?scope=team'))
    expect(await teamOf(people.mary)).toEqual(['Jane Smith', 'John Doe'])
    expect(await teamOf(people.john)).toEqual([])
  })

  test('one person, with unit and supervisor, and never the password hash', async () => {
    const { body } = await (await server.as(people.mary)).get<UserProfile>(`/api/users/${people.john.id}`)
    expect(body).toEqual({
      id: people.john.id,
      name: 'John Doe',
      email: 'john.doe@example.test',
      job_title: 'Satellite Engineer',
      role: 'staff',
      status: 'active',
      unit: { id: expect.any(String), name: 'Part' },
      supervisor: { id: people.jane.id, name: 'Jane Smith' },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      allowed_actions: [],
      approvers: [{ id: people.jane.id, name: 'Jane Smith' }],
      reports: 0,
      absence: null,
      onboarded: null,
    })
  })

  test('nobody: 404; no id: 422', async () => {
    const api = await server.as(people.john)
    expect((await api.get(`/api/users/${crypto.randomUUID()}`)).status).toBe(404)
    expect((await api.get<Problem>('/api/users/me')).body.errors).toEqual([
      { field: 'id', message: 'id must be an id (a UUID)' },
    ])
  })

  test('all units, by name', async () => {
    const { body } = await (await server.as(people.john)).get<{ items: Unit[] }>('/api/units')
    expect(body.items.map(({ name, kind }) => [name, kind])).toEqual([
      ['Part', 'directorate'],
      ['Whole', 'global'],
    ])
  })
})

describe('adding people', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  const add = (person: Partial<Parameters<typeof createUser>[2]>) =>
    server.app.database.transaction(tx =>
      createUser(tx, null, { name: 'New Person', email: 'new@example.test', password_hash: null, ...person }),
    )

  test('an email is taken once, however it is written', async () => {
    await add({ email: 'Taken@Example.test' })
    await expect(add({ email: ' taken@example.TEST' })).rejects.toMatchObject({
      status: 409,
      code: 'email_taken',
    })
  })

  test.each(['', 'no-at', 'two@@example.test', 'with space@example.test'])(
    'the email "%s" is refused',
    email => expect(add({ email })).rejects.toMatchObject({ status: 422 }),
  )

  test('a supervisor must be there and active, a unit must be there', async () => {
    const gone = await server.addPerson('Gone Boss', { status: 'archived' })
    for (const wrong of [{ supervisor_id: gone.id }, { supervisor_id: 'x' }, { unit_id: 'x' }, { name: ' ' }])
      await expect(add({ email: 'other@example.test', ...wrong })).rejects.toMatchObject({ status: 422 })
  })

  test('leaves an audit row, or nothing at all', async () => {
    const audit = () =>
      server.app.database.db.selectFrom('audit').selectAll().where('action', '=', 'user.created').execute()
    const { id } = await add({ email: 'audited@example.test' })
    expect((await audit()).map(row => row.object_id)).toContain(id)
    const before = (await audit()).length
    await expect(add({ email: 'audited@example.test' })).rejects.toThrow()
    expect(await audit()).toHaveLength(before)
  })
})

describe('permissions', () => {
  test('who may approve for all', () => {
    expect(rolesWith('approvals.all')).toEqual(['hr', 'super_admin'])
    expect(permissionsOf('staff')).toEqual([])
    expect(permissionsOf('admin')).not.toContain('approvals.all')
  })
})

describe('changing people', () => {
  let server: TestServer
  let people: Awaited<ReturnType<TestServer['addOrganisation']>>
  beforeEach(async () => {
    server = await startServer()
    people = await server.addOrganisation()
    return () => server.close()
  })
  const patch = async (who: Person, path: string, body: object) =>
    (await server.as(who)).patch<UserProfile & Refusal>(`/api/users/${path}`, body)

  test('name, email, title, unit and supervisor; what is left out stays', async () => {
    const unit: OrgUnitTable = { id: crypto.randomUUID(), name: 'Whole', kind: 'global', parent_id: null }
    await server.app.database.transaction(tx => tx.db.insertInto('org_units').values(unit).execute())
    const { status, body } = await patch(people.hana, people.john.id, {
      name: ' John Day ',
      email: 'John.Day@example.test',
      job_title: 'Pilot',
      unit_id: unit.id,
      supervisor_id: people.mary.id,
    })
    expect(status).toBe(200)
    expectConform(UserProfile, body)
    expect(body).toMatchObject({
      name: 'John Day',
      email: 'john.day@example.test',
      job_title: 'Pilot',
      unit: { name: 'Whole' },
      supervisor: { name: 'Mary Okafor' },
      approvers: [{ name: 'Mary Okafor' }],
    })
    const after = await patch(people.hana, people.john.id, { unit_id: null })
    expect(after.body).toMatchObject({ name: 'John Day', job_title: 'Pilot', unit: null })
  })

  test('nobody stands above themselves, however far up', async () => {
    for (const [who, boss] of [
      ['john', 'john'],
      ['jane', 'john'],
      ['mary', 'john'],
      ['mary', 'jane'],
    ] as const) {
      const { status, body } = await patch(people.hana, people[who].id, { supervisor_id: people[boss].id })
      expect([status, body.code, body.errors?.map(({ field }) => field)], `${who} under ${boss}`).toEqual([
        422,
        'supervisor_loop',
        ['supervisor_id'],
      ])
    }
    expect((await patch(people.hana, people.jane.id, { supervisor_id: null })).status).toBe(200)
    expect((await patch(people.hana, people.mary.id, { supervisor_id: people.john.id })).status).toBe(200)
  })

  test.each([
    ['an email that is taken', { email: 'JANE.SMITH@example.test' }, 409, undefined],
    ['no email', { email: 'nowhere' }, 422, 'email'],
    ['a blank name', { name: '\u200B ' }, 422, 'name'],
    ['a unit that is not there', { unit_id: crypto.randomUUID() }, 422, 'unit_id'],
    ['a supervisor who is not there', { supervisor_id: crypto.randomUUID() }, 422, 'supervisor_id'],
    ['nothing', {}, 422, 'body'],
    ['what has a call of its own', { role: 'hr', status: 'archived' }, 422, 'body'],
  ])('is refused: %s', async (_what, changes, status, field) => {
    const before = (await (await server.as(people.hana)).get(`/api/users/${people.john.id}`)).body
    const reply = await patch(people.hana, people.john.id, changes)
    expect([reply.status, reply.body.errors?.[0]?.field]).toEqual([status, field])
    expect((await (await server.as(people.hana)).get(`/api/users/${people.john.id}`)).body).toEqual(before)
  })

  test('a supervisor who is away, or has left, gets nobody new, and keeps whom they have', async () => {
    for (const status of ['on_leave', 'suspended', 'archived'] as const) {
      await changePerson(server.app, people.jane, { status })
      const anew = await patch(people.hana, people.ada.id, { supervisor_id: people.jane.id })
      expect(anew.status).toBe(403)
      const other = await server.addPerson(`New ${status}`)
      const refused = await patch(people.hana, other.id, { supervisor_id: people.jane.id })
      expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([422, 'supervisor_id'])
      const same = { supervisor_id: people.jane.id, job_title: `Pilot ${status}` }
      expect((await patch(people.hana, people.john.id, same)).body.job_title).toBe(`Pilot ${status}`)
    }
  })

  test('of oneself the name, and nothing else', async () => {
    const { status, body } = await patch(people.john, 'me', {
      name: 'Johnny Doe',
      job_title: 'King',
      role: 'hr',
    })
    expect([status, body.name, body.job_title, body.role]).toEqual([200, 'Johnny Doe', '', 'staff'])
    expect((await patch(people.john, 'me', { job_title: 'King' })).status).toBe(422)
    expect((await patch(people.hana, people.hana.id, { supervisor_id: people.mary.id })).status).toBe(403)
  })

  test('what somebody new needs', async () => {
    const asHana = await server.as(people.hana)
    for (const [wrong, field] of [
      [{ name: '' }, 'name'],
      [{ email: 'nowhere' }, 'email'],
      [{ role: 'king' }, 'role'],
      [{ unit_id: crypto.randomUUID() }, 'unit_id'],
      [{ supervisor_id: crypto.randomUUID() }, 'supervisor_id'],
    ] as const) {
      const body = { name: 'Nia Obi', email: 'nia@example.test', ...wrong }
      const reply = await asHana.post<Problem>('/api/users', body)
      expect([reply.status, reply.body.errors?.[0]?.field]).toEqual([422, field])
    }
    const reply = await asHana.post<NewUser>('/api/users', { name: 'Nia Obi', email: 'nia@example.test' })
    expect(reply.status).toBe(201)
    expectConform(NewUser, reply.body)
    expect(reply.body).toMatchObject({ role: 'staff', status: 'active', supervisor: null, job_title: '' })
  })
})
