/**
 * Who may do what with whose account, in which state: the whole of it, written out by hand and tried cell by cell. `+`
 * it is theirs to do (in the right state, else 409), `-` never theirs (403).
 */
import type { Role, UserAction, UserPage, UserProfile, UserStatus } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { USER_RULES } from '../src/features/people/policy.ts'
import { changePerson, type Person, type Rest, startServer, type TestServer } from '../src/testing/index.ts'

/** Of staff and of HR. */
const ORDINARY = `
                    self  stranger  supervisor  hr  admin  super
  edit               -       -          -       +     +      +
  edit_own           +       -          -       -     -      -
  set_status         -       -          -       +     +      +
  set_role           -       -          -       +     +      +
  archive            -       -          -       +     +      +
  renew_onboarding   -       -          -       +     +      +
  delegate           +       -          -       +     +      +
  read_history       +       -          -       +     +      +
  export_data        +       -          -       +     +      +
  erase              -       -          -       +     +      +`

/** Of admins and super admins. */
const POWERFUL = `
                    self  stranger  supervisor  hr  admin  super
  edit               -       -          -       -     -      +
  edit_own           +       -          -       -     -      -
  set_status         -       -          -       -     -      +
  set_role           -       -          -       -     -      +
  archive            -       -          -       -     -      +
  renew_onboarding   -       -          -       -     -      +
  delegate           +       -          -       -     -      +
  read_history       +       -          -       +     +      +
  export_data        +       -          -       -     -      +
  erase              -       -          -       -     -      +`

const POSSIBLE_IN: Record<UserAction, readonly UserStatus[]> = {
  edit: ['active', 'suspended', 'on_leave'],
  edit_own: ['active', 'on_leave'],
  set_status: ['active', 'suspended', 'on_leave', 'archived'],
  set_role: ['active', 'suspended', 'on_leave'],
  archive: ['active', 'suspended', 'on_leave'],
  renew_onboarding: ['active', 'on_leave'],
  delegate: ['active', 'on_leave'],
  read_history: ['active', 'suspended', 'on_leave', 'archived'],
  export_data: ['active', 'suspended', 'on_leave', 'archived'],
  erase: ['archived'],
}

const WORDS: Record<UserStatus, string> = {
  active: 'active',
  suspended: 'suspended',
  on_leave: 'on leave',
  archived: 'archived',
}

const ACTIONS = Object.keys(USER_RULES) as UserAction[]
const STATUSES = ['active', 'suspended', 'on_leave', 'archived'] as const
const MAY_SIGN_IN: readonly UserStatus[] = ['active', 'on_leave']
const CALLERS = ['self', 'stranger', 'supervisor', 'hr', 'admin', 'super'] as const
type Who = (typeof CALLERS)[number]

let server: TestServer
let cast: Record<Exclude<Who, 'self'>, Person>
let stranger: Person
const rests = {} as Record<Exclude<Who, 'self'>, Rest>

beforeAll(async () => {
  server = await startServer()
  const { addPerson } = server
  stranger = await addPerson('Sam Stranger')
  cast = {
    stranger,
    supervisor: await addPerson('Jane Smith'),
    hr: await addPerson('Hana Sato', { role: 'hr' }),
    admin: await addPerson('Adam Able', { role: 'admin' }),
    super: await addPerson('Ada Admin', { role: 'super_admin' }),
  }
  for (const [who, person] of Object.entries(cast)) rests[who as keyof typeof cast] = await server.as(person)
})
afterAll(() => server.close())

/** The table's marks, by action and by who tries it. */
function marksOf(table: string): Map<UserAction, Map<Who, string>> {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  return new Map(
    rows.map(([action, ...marks]) => [
      action as UserAction,
      new Map(head.map((who, column) => [who as Who, marks[column] ?? 'no mark'])),
    ]),
  )
}

let count = 0

/** Somebody of this role who came into this state by the hand of the super admin. */
async function somebody(role: Role, status: UserStatus): Promise<Person> {
  count += 1
  const person = await server.addPerson(`Nia Number ${count}`, { role, supervisor: cast.supervisor })
  if (status === 'archived') await rests.super.put(`/api/users/${person.id}/archive`, {})
  else if (status !== 'active') await rests.super.put(`/api/users/${person.id}/status`, { status })
  return person
}

/** Whoever cannot sign in has no call to make. */
async function restOf(who: Who, target: Person): Promise<Rest> {
  return who === 'self' ? server.as(target) : rests[who]
}

function attempt(rest: Rest, target: Person, role: Role, status: UserStatus, action: UserAction) {
  const path = `/api/users/${target.id}`
  switch (action) {
    case 'edit':
      return rest.patch<Problem>(path, { job_title: 'Pilot' })
    case 'edit_own':
      return rest.patch<Problem>('/api/users/me', { name: 'Nia Newname' })
    case 'set_status':
      return rest.put<Problem>(`${path}/status`, { status: status === 'on_leave' ? 'active' : 'on_leave' })
    case 'set_role':
      return rest.put<Problem>(`${path}/role`, { role: role === 'staff' ? 'hr' : 'staff' })
    case 'archive':
      return rest.put<Problem>(`${path}/archive`, {})
    case 'renew_onboarding':
      return rest.post<Problem>(`${path}/onboarding-link`)
    case 'delegate':
      return rest.post<Problem>('/api/delegations', {
        user_id: target.id,
        delegate_id: stranger.id,
        from: '2999-01-01',
        to: '2999-01-02',
      })
    case 'read_history':
      return rest.get<Problem>(`${path}/history`)
    case 'export_data':
      return rest.get<Problem>(`${path}/data`)
    case 'erase':
      return rest.put<Problem>(`${path}/erase`, { email: target.email })
  }
}

/** What must come of it. */
function whatMust(mark: string | undefined, action: UserAction, status: UserStatus): string {
  if (mark !== '+') return '403'
  if (POSSIBLE_IN[action].includes(status)) return 'done'
  if (status === 'active') return '409 active: This account is active'
  return `409 ${status}: The status of this account was set by Ada Admin and is ${WORDS[status]} now`
}

async function whatHappens(reply: Promise<{ status: number; body: Problem }>): Promise<string> {
  const { status, body } = await reply
  if (status === 200 || status === 201) return 'done'
  return status === 409 ? `409 ${body.current_status}: ${body.detail}` : String(status)
}

const rowOf = (person: Person) =>
  server.app.database.db.selectFrom('users').selectAll().where('id', '=', person.id).executeTakeFirst()

test.each([ORDINARY, POWERFUL])('a table has a row for every action', table => {
  expect([...marksOf(table).keys()].sort()).toEqual([...ACTIONS].sort())
})

describe.each([
  ['staff', ORDINARY],
  ['hr', ORDINARY],
  ['admin', POWERFUL],
  ['super_admin', POWERFUL],
] as const)('an account of %s', (role, table) => {
  const marks = marksOf(table)

  describe.each(STATUSES)('%s', status => {
    const callers = CALLERS.filter(who => who !== 'self' || MAY_SIGN_IN.includes(status))

    test.each(callers)('shown to: %s', async who => {
      const target = await somebody(role, status)
      const rest = await restOf(who, target)
      const must = ACTIONS.filter(
        action => whatMust(marks.get(action)?.get(who), action, status) === 'done',
      ).sort()
      const { body } = await rest.get<UserProfile>(`/api/users/${target.id}`)
      expect([...body.allowed_actions].sort()).toEqual(must)
      const page = await rest.get<UserPage>(`/api/users?search=${encodeURIComponent(target.name)}`)
      const listed = page.body.items.find(({ id }) => id === target.id)
      const keepsAccounts = who === 'self' ? role !== 'staff' : ['hr', 'admin', 'super'].includes(who)
      if (status === 'archived' && !keepsAccounts) expect(listed).toBeUndefined()
      else expect([...(listed?.allowed_actions ?? [])].sort()).toEqual(must)
    })

    test.each(callers)('tried by: %s', async who => {
      let target = await somebody(role, status)
      for (const action of ACTIONS) {
        // Others have no way to say whose name it is.
        if (action === 'edit_own' && who !== 'self') continue
        const must = whatMust(marks.get(action)?.get(who), action, status)
        const before = await rowOf(target)
        const happens = await whatHappens(attempt(await restOf(who, target), target, role, status, action))
        expect(`${action}: ${happens}`).toBe(`${action}: ${must}`)
        if (must === 'done') target = await somebody(role, status)
        else expect(await rowOf(target), 'what was refused changed nothing').toEqual(before)
      }
    })
  })

  test.each(['suspended', 'archived'] as const)('%s: they themselves do nothing at all', async status => {
    const target = await somebody(role, status)
    for (const action of ACTIONS)
      expect(
        (await attempt(await server.as(target), target, role, status, action)).body,
        action,
      ).toMatchObject({ status: 403, code: 'account_not_active' })
  })
})

describe('the last super admin', () => {
  test.each(['set_status', 'set_role', 'archive'] as const)('stays: %s', async action => {
    const away = await server.addPerson('Away Admin', {
      role: 'super_admin',
      email: `${action}@example.test`,
    })
    await changePerson(server.app, away, { status: 'on_leave' })
    const others = server.app.database.db
      .selectFrom('users')
      .select('id')
      .where('role', '=', 'super_admin')
      .where('status', '=', 'active')
      .where('id', '!=', cast.super.id)
    for (const { id } of await others.execute())
      await changePerson(server.app, { ...away, id }, { status: 'on_leave' })

    const rest = await server.as(away)
    const before = await rowOf(cast.super)
    const { status, body } = await attempt(rest, cast.super, 'super_admin', 'active', action)
    expect([status, body.code, body.current_status]).toEqual([409, 'last_super_admin', 'active'])
    expect(await rowOf(cast.super)).toEqual(before)
    const shown = (await rest.get<UserProfile>(`/api/users/${cast.super.id}`)).body.allowed_actions
    expect(shown).not.toContain(action)
    expect(shown).toContain('edit')
  })
})

describe('adding somebody', () => {
  let nth = 0
  const add = (rest: Rest, role?: Role) => {
    nth += 1
    return rest.post<Problem>('/api/users', { name: 'New Person', email: `new${nth}@example.test`, role })
  }

  /** Who gives which role to somebody new, and to somebody who is there. */
  test.each([
    ['stranger', []],
    ['supervisor', []],
    ['hr', ['staff', 'hr']],
    ['admin', ['staff', 'hr']],
    ['super', ['staff', 'hr', 'admin', 'super_admin']],
  ] as const)('%s', async (who, roles: readonly Role[]) => {
    for (const role of ['staff', 'hr', 'admin', 'super_admin'] as const) {
      const may = roles.includes(role)
      expect((await add(rests[who], role)).status, `as ${role}`).toBe(may ? 201 : 403)
      const target = await somebody(role === 'staff' ? 'hr' : 'staff', 'active')
      const { status } = await rests[who].put(`/api/users/${target.id}/role`, { role })
      expect(status, `to ${role}`).toBe(may ? 200 : 403)
    }
  })
})
