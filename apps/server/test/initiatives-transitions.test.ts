/**
 * Who may do what with an initiative, in which state: the whole of it, written out by hand and tried cell by cell. `+`
 * it is theirs to do (in the right state, else 409), `-` never theirs (403), `.` they do not even see it (404).
 */
import type { InitiativeDetail, InitiativePage, InitiativeStatus } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { INITIATIVE_RULES } from '../src/features/initiatives/policy.ts'
import { createTestClock, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import {
  act,
  assign,
  attempt,
  type Deed,
  letTimeTell,
  propose,
  proposeGroup,
  read,
  TIME_ZONE,
} from './initiative-calls.ts'

const PROPOSED = `
                      head  approver  boss  report  peer  stranger  admin  hr  super
  approve               -       +      -      .      .       .        .     -    -
  reject                -       +      -      .      .       .        .     -    -
  edit                  +       -      -      .      .       .        .     -    -
  resubmit              +       -      -      .      .       .        .     -    -
  start                 +       -      -      .      .       .        .     -    -
  submit                +       -      -      .      .       .        .     -    -
  review                -       +      -      .      .       .        .     -    -
  return                -       +      -      .      .       .        .     -    -
  request_extension     +       -      -      .      .       .        .     -    -
  approve_extension     -       +      -      .      .       .        .     -    -
  deny_extension        -       +      -      .      .       .        .     -    -
  reassign              -       +      +      .      .       .        .     -    -`

/** Assigned by the boss of the assignee's supervisor: who assigns is not who reviews. */
const ASSIGNED = `
                      head  approver  boss  top  report  peer  stranger  admin  hr  super
  approve               -       -      -     +     .      .       .        .     -    -
  reject                -       -      -     +     .      .       .        .     -    -
  edit                  -       -      +     -     .      .       .        .     -    -
  resubmit              -       -      +     -     .      .       .        .     -    -
  start                 +       -      -     -     .      .       .        .     -    -
  submit                +       -      -     -     .      .       .        .     -    -
  review                -       +      -     -     .      .       .        .     -    -
  return                -       +      -     -     .      .       .        .     -    -
  request_extension     +       -      -     -     .      .       .        .     -    -
  approve_extension     -       +      -     -     .      .       .        .     -    -
  deny_extension        -       +      -     -     .      .       .        .     -    -
  reassign              -       +      +     +     .      .       .        .     -    -`

/** Proposed by a member from another department, under the head's lead. */
const GROUP = `
                      head  mate  approver  boss  mateBoss  report  peer  stranger  admin  hr  super
  approve               -     -       -      -       +        .      .       .        .     -    -
  reject                -     -       -      -       +        .      .       .        .     -    -
  edit                  -     +       -      -       -        .      .       .        .     -    -
  resubmit              -     +       -      -       -        .      .       .        .     -    -
  start                 +     -       -      -       -        .      .       .        .     -    -
  submit                +     -       -      -       -        .      .       .        .     -    -
  review                -     -       +      -       -        .      .       .        .     -    -
  return                -     -       +      -       -        .      .       .        .     -    -
  request_extension     +     -       -      -       -        .      .       .        .     -    -
  approve_extension     -     -       +      -       -        .      .       .        .     -    -
  deny_extension        -     -       +      -       -        .      .       .        .     -    -
  reassign              -     -       +      +       -        .      .       .        .     -    -`

/** Assigned by the top, who has nobody above, to a head and the head's own supervisor. */
const SHARED = `
                      head  approver  boss  top  report  peer  stranger  admin  hr  super
  approve               -       -      -     -     .      .       .        .     +    +
  reject                -       -      -     -     .      .       .        .     +    +
  edit                  -       -      -     +     .      .       .        .     -    -
  resubmit              -       -      -     +     .      .       .        .     -    -
  start                 +       -      -     -     .      .       .        .     -    -
  submit                +       -      -     -     .      .       .        .     -    -
  review                -       -      +     -     .      .       .        .     -    -
  return                -       -      +     -     .      .       .        .     -    -
  request_extension     +       -      -     -     .      .       .        .     -    -
  approve_extension     -       -      +     -     .      .       .        .     -    -
  deny_extension        -       -      +     -     .      .       .        .     -    -
  reassign              -       -      +     +     .      .       .        .     -    -`

/** Where a deed is possible, and where it leads. Deciding about more time has rules of its own. */
const LEADS: Record<
  Exclude<Deed, 'approve_extension' | 'deny_extension'>,
  Partial<Record<Status, Status>>
> = {
  approve: { PENDING_APPROVAL: 'ASSIGNED' },
  reject: { PENDING_APPROVAL: 'REJECTED' },
  edit: { REJECTED: 'REJECTED' },
  resubmit: { REJECTED: 'PENDING_APPROVAL' },
  start: { ASSIGNED: 'STARTED' },
  submit: { STARTED: 'COMPLETED', OVERDUE: 'COMPLETED' },
  review: { COMPLETED: 'APPROVED' },
  return: { COMPLETED: 'STARTED' },
  request_extension: { ASSIGNED: 'ASSIGNED', STARTED: 'STARTED', OVERDUE: 'OVERDUE' },
  reassign: { ASSIGNED: 'ASSIGNED', STARTED: 'STARTED', OVERDUE: 'OVERDUE' },
}

type Status = InitiativeStatus
type Who = keyof Awaited<ReturnType<typeof addCast>>
type Step = [Who, Deed, object?] | 'its day ends'

interface Situation {
  status: Status
  /** How an initiative gets there, after it was made. */
  steps: Step[]
  /** Whoever tries what is not possible now is told of this. */
  because: string
  /** What an overdue one goes back to when it is given more time. */
  before?: Status
  /** The last request for more time: its state, and who brought that about. */
  extension?: ['PENDING'] | ['APPROVED' | 'DENIED', Who] | ['WITHDRAWN']
}

interface Life {
  kind: string
  table: string
  make(): Promise<InitiativeDetail>
  /** Who decides whether it is to be done, and who reviews it. */
  approver: Who
  reviewer: Who
  situations: Situation[]
}

const START: Step = ['head', 'start']
const SUBMIT: Step = ['head', 'submit']
const ASK: Step = ['head', 'request_extension']

/** Everything from when it is somebody's: the same for whoever made it, and whoever reviews it. */
function inHand(
  first: Step[],
  given: string,
  reviewer: Who,
  name: string,
): Record<'few' | 'others', Situation[]> {
  const started = 'was started by John Doe'
  const overdue = 'became overdue'
  return {
    few: [
      { status: 'ASSIGNED', steps: first, because: given },
      { status: 'STARTED', steps: [...first, START, ASK], because: started, extension: ['PENDING'] },
      { status: 'COMPLETED', steps: [...first, START, SUBMIT], because: 'was submitted by John Doe' },
      {
        status: 'APPROVED',
        steps: [...first, START, SUBMIT, [reviewer, 'review']],
        because: `was reviewed by ${name}`,
      },
      {
        status: 'OVERDUE',
        steps: [...first, START, 'its day ends', ASK],
        because: overdue,
        before: 'STARTED',
        extension: ['PENDING'],
      },
    ],
    others: [
      { status: 'ASSIGNED', steps: [...first, ASK], because: given, extension: ['PENDING'] },
      {
        status: 'ASSIGNED',
        steps: [...first, ASK, [reviewer, 'approve_extension']],
        because: given,
        extension: ['APPROVED', reviewer],
      },
      { status: 'STARTED', steps: [...first, START], because: started },
      {
        status: 'STARTED',
        steps: [...first, START, ASK, [reviewer, 'deny_extension']],
        because: started,
        extension: ['DENIED', reviewer],
      },
      {
        status: 'STARTED',
        steps: [...first, START, SUBMIT, [reviewer, 'return']],
        because: `was returned by ${name}`,
      },
      {
        status: 'STARTED',
        steps: [...first, START, 'its day ends', ASK, [reviewer, 'approve_extension']],
        because: `was given more time by ${name}`,
        extension: ['APPROVED', reviewer],
      },
      {
        status: 'COMPLETED',
        steps: [...first, START, ASK, SUBMIT],
        because: 'was submitted by John Doe',
        extension: ['WITHDRAWN'],
      },
      { status: 'OVERDUE', steps: [...first, 'its day ends'], because: overdue, before: 'ASSIGNED' },
      {
        status: 'OVERDUE',
        steps: [...first, 'its day ends', ASK],
        because: overdue,
        before: 'ASSIGNED',
        extension: ['PENDING'],
      },
    ],
  }
}

const own = inHand([['approver', 'approve']], 'was approved by Jane Smith', 'approver', 'Jane Smith')
const given = inHand([], 'was assigned by Mary Okafor', 'approver', 'Jane Smith')
const grouped = inHand([['mateBoss', 'approve']], 'was approved by Max Boss', 'approver', 'Jane Smith')
const shared = inHand([], 'was assigned by Tara Top', 'boss', 'Mary Okafor')

const LIVES: Life[] = [
  {
    kind: 'one’s own proposal',
    table: PROPOSED,
    make: () => propose(rests.head),
    approver: 'approver',
    reviewer: 'approver',
    situations: [
      { status: 'PENDING_APPROVAL', steps: [], because: 'was proposed by John Doe' },
      { status: 'REJECTED', steps: [['approver', 'reject']], because: 'was rejected by Jane Smith' },
      {
        status: 'REJECTED',
        steps: [
          ['approver', 'reject'],
          ['head', 'edit'],
        ],
        because: 'was rejected by Jane Smith',
      },
      {
        status: 'PENDING_APPROVAL',
        steps: [
          ['approver', 'reject'],
          ['head', 'resubmit', {}],
        ],
        because: 'was resubmitted by John Doe',
      },
      ...own.few,
      ...own.others,
    ],
  },
  {
    kind: 'one that was assigned',
    table: ASSIGNED,
    make: () => assign(rests.boss, [cast.head]),
    approver: 'top',
    reviewer: 'approver',
    situations: given.few,
  },
  {
    kind: 'a proposal of a group',
    table: GROUP,
    make: () => proposeGroup(rests.mate, [cast.head, cast.mate]),
    approver: 'mateBoss',
    reviewer: 'approver',
    situations: [
      { status: 'PENDING_APPROVAL', steps: [], because: 'was proposed by Mia Mate' },
      { status: 'REJECTED', steps: [['mateBoss', 'reject']], because: 'was rejected by Max Boss' },
      ...grouped.few,
    ],
  },
  {
    kind: 'one that a head shares with the own supervisor',
    table: SHARED,
    make: () => assign(rests.top, [cast.head, cast.approver]),
    approver: 'hr',
    reviewer: 'boss',
    situations: shared.few,
  },
]

let server: TestServer
let cast: Awaited<ReturnType<typeof addCast>>
const rests = {} as Record<Who, Rest>

beforeAll(async () => {
  server = await startServer({ clock: createTestClock(), env: { TIME_ZONE } })
  cast = await addCast(server)
  for (const [who, person] of Object.entries(cast)) rests[who as Who] = await server.as(person)
})
afterAll(() => server.close())

/** top > boss > approver > head > report, mate in another line, and others who are in neither. */
async function addCast({ addPerson }: TestServer) {
  const top = await addPerson('Tara Top')
  const boss = await addPerson('Mary Okafor', { supervisor: top })
  const approver = await addPerson('Jane Smith', { supervisor: boss })
  const head = await addPerson('John Doe', { supervisor: approver })
  const report = await addPerson('Rita Report', { supervisor: head })
  const peer = await addPerson('Pete Peer', { supervisor: approver })
  const mateBoss = await addPerson('Max Boss')
  const mate = await addPerson('Mia Mate', { supervisor: mateBoss })
  const stranger = await addPerson('Sam Stranger', { supervisor: await addPerson('Sue Boss') })
  const hr = await addPerson('Hana Sato', { role: 'hr' })
  const admin = await addPerson('Adam Able', { role: 'admin' })
  const all = await addPerson('Ada Admin', { role: 'super_admin' })
  return { top, boss, approver, head, report, peer, mateBoss, mate, stranger, hr, admin, super: all }
}

/** The table's marks, by deed and by who tries it. */
function marksOf(table: string): Map<Deed, Map<Who, string>> {
  const [top = [], ...rows] = table
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  return new Map(
    rows.map(([deed, ...marks]) => [
      deed as Deed,
      new Map(top.map((who, column) => [who as Who, marks[column] ?? 'no mark'])),
    ]),
  )
}

/** Where what every deed does by itself does not do. */
function bodyOf(deed: Deed): object | undefined {
  if (deed === 'reassign') return { assignee_ids: [cast.report.id], head_id: cast.report.id }
  return deed === 'request_extension' ? { new_due_date: '2027-04-01', reason: 'Once more' } : undefined
}

/** An initiative that got there, as its head reads it. */
async function reach({ make }: Life, { steps }: Situation): Promise<InitiativeDetail> {
  let initiative = await make()
  for (const step of steps) {
    if (step === 'its day ends') await endItsDay(initiative)
    else initiative = await act(rests[step[0]], initiative, step[1], step[2])
  }
  return read(rests.head, initiative)
}

async function endItsDay({ id }: InitiativeDetail): Promise<void> {
  await server.app.database.transaction(tx =>
    tx.db.updateTable('initiatives').set({ due_date: '2027-02-20' }).where('id', '=', id).execute(),
  )
  await letTimeTell(server)
}

function nameOf({ status, steps }: Situation): string {
  const taken = steps.map(step => (typeof step === 'string' ? step : `${step[0]} ${step[1]}`))
  return `${status} after ${taken.join(', ') || 'nothing'}`
}

/** What must come of it, in the words of `whatHappens`. */
function whatMust(mark: string, deed: Deed, { status, because, before, extension }: Situation): string {
  if (mark === '.') return '404'
  if (deed === 'approve_extension' || deed === 'deny_extension') {
    if (!extension) return '404'
    if (mark === '-') return '403'
    const [state, who] = extension
    if (state === 'PENDING') return `200 ${deed === 'approve_extension' ? (before ?? status) : status}`
    const by = who ? ` by ${cast[who].name}` : ''
    return `409 ${state}: This extension was ${state.toLowerCase()}${by} and is ${state} now`
  }
  if (mark === '-') return '403'
  const next = LEADS[deed][status]
  if (deed === 'request_extension' && next && extension?.[0] === 'PENDING') {
    const until = '2027-03-20'
    return `409 ${status}: More time for this initiative was asked for already, until ${until}; that awaits a decision`
  }
  return next ? `200 ${next}` : `409 ${status}: This initiative ${because} and is ${status} now`
}

async function whatHappens(who: Who, deed: Deed, initiative: InitiativeDetail): Promise<string> {
  const { status, body } = await attempt(rests[who], initiative, deed, bodyOf(deed))
  if (status < 300) return `200 ${(body as InitiativeDetail).status}`
  const { current_status, detail } = body as Problem
  return status === 409 ? `409 ${current_status}: ${detail}` : String(status)
}

/** The initiative, which is new, as it stands in a list of this person's; undefined when it does not. */
async function inList(who: Who, id: string, query: string) {
  const { body } = await rests[who].get<InitiativePage>(`/api/initiatives?limit=5&${query}`)
  return body.items.find(item => item.id === id)
}

test.each(LIVES)('the table of $kind has a row for every deed', ({ table }) => {
  const deeds = [...Object.keys(INITIATIVE_RULES), 'approve_extension', 'deny_extension']
  expect([...marksOf(table).keys()].sort()).toEqual(deeds.sort())
  expect([...Object.keys(LEADS), 'approve_extension', 'deny_extension'].sort()).toEqual(deeds)
})

test('every state is tried', () => {
  const tried = new Set(LIVES.flatMap(({ situations }) => situations.map(({ status }) => status)))
  expect(tried.size).toBe(7)
})

describe.each(LIVES)('$kind', life => {
  const marks = marksOf(life.table)
  const deeds = [...marks.keys()]
  const callers = [...(marks.get('approve')?.keys() ?? [])]
  const mark = (who: Who, deed: Deed) => marks.get(deed)?.get(who) ?? ''

  function waitsFor({ status }: Situation): Who[] {
    if (status === 'PENDING_APPROVAL') return [life.approver]
    if (status === 'ASSIGNED') return ['head']
    return status === 'COMPLETED' ? [life.reviewer] : []
  }

  describe.each(life.situations.map(situation => [nameOf(situation), situation] as const))(
    '%s',
    (_, situation) => {
      test('who sees it sees it in the list too, with what they can do; it waits for whom it must', async () => {
        const initiative = await reach(life, situation)
        const waiting = waitsFor(situation)
        expect(initiative.status).toBe(situation.status)
        expect(initiative.waiting_on.map(({ id }) => id)).toEqual(waiting.map(who => cast[who].id))
        expect(initiative.waiting_since === null).toBe(waiting.length === 0)
        if (situation.extension?.[0] === 'PENDING') {
          expect(initiative.open_extension?.waiting_on).toEqual([
            { id: cast[life.reviewer].id, name: cast[life.reviewer].name },
          ])
          waiting.push(life.reviewer)
        }
        for (const who of callers) {
          const { status, body } = await rests[who].get<InitiativeDetail>(`/api/initiatives/${initiative.id}`)
          const isSeen = mark(who, 'approve') !== '.'
          expect(status, who).toBe(isSeen ? 200 : 404)
          const listed = await inList(who, initiative.id, '')
          expect(listed === undefined, who).toBe(!isSeen)
          expect((await inList(who, initiative.id, 'scope=waiting')) !== undefined, who).toBe(
            waiting.includes(who),
          )
          if (!isSeen) continue
          const { goal: _g, report: _r, attachments: _a, extensions, history: _h, ...shown } = body
          expect(listed, who).toEqual(shown)
          const must = deeds.filter(deed => whatMust(mark(who, deed), deed, situation).startsWith('200'))
          const onExtension = (extensions.at(-1)?.allowed_actions ?? []).map(each => `${each}_extension`)
          expect([...body.allowed_actions, ...onExtension].sort(), who).toEqual(must.sort())
        }
      })

      /** Only a deed that was possible uses it up. */
      let initiative: InitiativeDetail
      beforeAll(async () => {
        initiative = await reach(life, situation)
      })

      test.each(callers)('tried by: %s', async who => {
        for (const deed of deeds) {
          const must = whatMust(mark(who, deed), deed, situation)
          expect(`${deed}: ${await whatHappens(who, deed, initiative)}`).toBe(`${deed}: ${must}`)
          if (must.startsWith('200')) initiative = await reach(life, situation)
        }
        expect(await read(rests.head, initiative), 'what was refused changed nothing').toEqual(initiative)
      })
    },
  )
})
