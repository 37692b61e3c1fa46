/**
 * Who may do what with an announcement, in which state: the whole of it, written out by hand and tried cell by cell.
 * `+` it is done, `x` it is theirs to do but not now (409), `-` never theirs (403), `.` they do not even see it (404).
 */
import type { Announcement, AnnouncementAction } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ANNOUNCEMENT_RULES } from '../src/features/announcements/policy.ts'
import { changePerson, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { act, addUnits, announce, attempt, draft, list, moveTo, read } from './announcement-calls.ts'

/**
 * To the unit of sales and below. The leaver was in it when it was published and the newcomer is now; the colleague is
 * in it and publishes too.
 */
const SITUATIONS: Situation[] = [
  {
    name: 'a draft',
    make: async () => (await draft(rests.author, toSales())).id,
    table: `
                   author  hr  admin  super  colleague  reader  away  leaver  newcomer  above  outsider
      edit            +     +    +      +        +        .       .     .        .        .       .
      delete          +     +    +      +        +        .       .     .        .        .       .
      publish         +     +    +      +        +        .       .     .        .        .       .
      acknowledge     -     -    -      -        -        .       .     .        .        .       .`,
    notNow: '',
  },
  {
    name: 'published, and asking for nothing',
    make: () => publish({ requires_acknowledgement: false }),
    table: `
                   author  hr  admin  super  colleague  reader  away  leaver  newcomer  above  outsider
      edit            x     x    x      x        x        -       -     -        -        .       .
      delete          x     x    x      x        x        -       -     -        -        .       .
      publish         x     x    x      x        x        -       -     -        -        .       .
      acknowledge     -     -    -      -        -        -       -     -        -        .       .`,
    notNow: 'This announcement was published by Hana Sato and is PUBLISHED now',
  },
  {
    name: 'published, and asking to be acknowledged',
    make: () => publish({ requires_acknowledgement: true }),
    table: `
                   author  hr  admin  super  colleague  reader  away  leaver  newcomer  above  outsider
      edit            x     x    x      x        x        -       -     -        -        .       .
      delete          x     x    x      x        x        -       -     -        -        .       .
      publish         x     x    x      x        x        -       -     -        -        .       .
      acknowledge     -     -    -      -        +        +       +     +        -        .       .`,
    notNow: 'This announcement was published by Hana Sato and is PUBLISHED now',
  },
  {
    name: 'acknowledged by all',
    async make() {
      const id = await publish({ requires_acknowledgement: true })
      for (const who of ['colleague', 'reader', 'away', 'leaver'] as const)
        await act(rests[who], id, 'acknowledge')
      return id
    },
    table: `
                   author  hr  admin  super  colleague  reader  away  leaver  newcomer  above  outsider
      acknowledge     -     -    -      -        x        x       x     x        -        .       .`,
    notNow: 'You have acknowledged this announcement already',
  },
]

interface Situation {
  name: string
  /** @returns its id */
  make(): Promise<string>
  table: string
  /** Whoever tries what is not possible now is told of this. */
  notNow: string
}

const ACTIONS = Object.keys(ANNOUNCEMENT_RULES) as AnnouncementAction[]

/** What an action makes of it; nothing is left of what was deleted. */
const BECOMES: Record<AnnouncementAction, string | undefined> = {
  edit: 'DRAFT',
  delete: undefined,
  publish: 'PUBLISHED',
  acknowledge: 'PUBLISHED',
}

type Who = keyof Awaited<ReturnType<typeof addCast>>

let server: TestServer
let units: Awaited<ReturnType<typeof addUnits>>
let cast: Awaited<ReturnType<typeof addCast>>
const rests = {} as Record<Who, Rest>

beforeAll(async () => {
  server = await startServer()
  units = await addUnits(server)
  cast = await addCast(server)
  for (const [who, person] of Object.entries(cast)) rests[who as Who] = await server.as(person)
})
afterAll(() => server.close())

async function addCast({ app, addPerson }: TestServer) {
  const away = await addPerson('Ann Away')
  await changePerson(app, away, { status: 'on_leave' })
  return {
    author: await addPerson('Hana Sato', { role: 'hr' }),
    hr: await addPerson('Hugo Rey', { role: 'hr' }),
    admin: await addPerson('Adam Able', { role: 'admin' }),
    super: await addPerson('Ada Admin', { role: 'super_admin' }),
    colleague: await addPerson('Carl Coles', { role: 'hr' }),
    reader: await addPerson('Rita Reader'),
    away,
    leaver: await addPerson('Lee Leaver'),
    newcomer: await addPerson('Ned Newman'),
    above: await addPerson('Abel Above'),
    outsider: await addPerson('Otto Outer'),
  }
}

/** Where everybody is before it is published. */
beforeEach(async () => {
  await moveTo(server, cast.author, units.sales)
  await moveTo(server, cast.colleague, units.sales)
  await moveTo(server, cast.reader, units.lagos)
  await moveTo(server, cast.away, units.north)
  await moveTo(server, cast.leaver, units.north)
  await moveTo(server, cast.newcomer, units.finance)
  await moveTo(server, cast.above, units.all)
  await moveTo(server, cast.outsider, units.finance)
})

const toSales = () => ({ audience: 'unit', unit_id: units.sales.id }) as const

async function publish(changes: { requires_acknowledgement: boolean }): Promise<string> {
  await moveTo(server, cast.leaver, units.north)
  await moveTo(server, cast.newcomer, units.finance)
  const { id } = await announce(server, rests.author, { ...toSales(), ...changes })
  await moveTo(server, cast.leaver, units.finance)
  await moveTo(server, cast.newcomer, units.lagos)
  return id
}

/** The table's marks, by action and by who tries it. */
function marksOf(table: string): Map<AnnouncementAction, Map<Who, string>> {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  return new Map(
    rows.map(([action, ...marks]) => [
      action as AnnouncementAction,
      new Map(head.map((who, column) => [who as Who, marks[column] ?? 'no mark'])),
    ]),
  )
}

/** What must come of it, in the words of `whatHappens`. */
function whatMust(mark: string, action: AnnouncementAction, status: string, notNow: string): string {
  if (mark === '.') return '404'
  if (mark === '-') return '403'
  return mark === 'x' ? `409 ${status}: ${notNow}` : `200 ${BECOMES[action]}`
}

async function whatHappens(who: Who, action: AnnouncementAction, id: string): Promise<string> {
  const { status, body } = await attempt(rests[who], id, action)
  if (status === 200) return `200 ${(body as Announcement).status}`
  const { current_status, detail } = body as Problem
  return status === 409 ? `409 ${current_status}: ${detail}` : String(status)
}

test('the tables know every action, and every caller', () => {
  for (const { name, table } of SITUATIONS.slice(0, 3)) {
    expect([...marksOf(table).keys()].sort(), name).toEqual([...ACTIONS].sort())
    for (const marks of marksOf(table).values())
      expect([...marks.keys()].sort(), name).toEqual(Object.keys(cast).sort())
  }
})

describe.each(SITUATIONS)('$name', ({ make, table, notNow }) => {
  const marks = marksOf(table)
  const callers = [...(marks.get('acknowledge')?.keys() ?? [])]

  test('who sees it sees it in the list too, with what they can do', async () => {
    const id = await make()
    for (const who of callers) {
      const isSeen = marks.get('acknowledge')?.get(who) !== '.'
      const { status, body } = await rests[who].get<Announcement>(`/api/announcements/${id}`)
      expect(status, who).toBe(isSeen ? 200 : 404)
      const inList = async (query: string) =>
        (await list(rests[who], query)).items.find(item => item.id === id)
      expect(await inList(''), who).toEqual(isSeen ? body : undefined)
      const isWaiting = marks.get('acknowledge')?.get(who) === '+'
      expect((await inList('scope=waiting')) !== undefined, who).toBe(isWaiting)
      if (!isSeen) continue
      const must = ACTIONS.filter(action => marks.get(action)?.get(who) === '+')
      expect([...body.allowed_actions].sort(), who).toEqual(must.sort())
    }
  })

  test.each(callers)('tried by: %s', async who => {
    let id = await make()
    const { status } = await read(rests.author, id)
    for (const [action, columns] of marks) {
      const must = whatMust(columns.get(who) ?? '', action, status, notNow)
      const before = await read(rests.author, id)
      expect(`${action}: ${await whatHappens(who, action, id)}`).toBe(`${action}: ${must}`)
      if (must.startsWith('200')) id = await make()
      else expect(await read(rests.author, id), 'what was refused changed nothing').toEqual(before)
    }
  })
})

test('whoever may not publish writes none', async () => {
  for (const who of ['reader', 'outsider'] as const) {
    const { status } = await rests[who].post('/api/announcements', {
      title: 'A',
      body: 'B',
      audience: 'everyone',
    })
    expect(status).toBe(403)
  }
  for (const who of ['author', 'admin', 'super'] as const)
    expect((await draft(rests[who])).author.id).toBe(cast[who].id)
})

test('what nobody wrote nobody sees', async () => {
  const id = cast.author.id
  for (const action of ACTIONS) expect(await whatHappens('super', action, id)).toBe('404')
})
