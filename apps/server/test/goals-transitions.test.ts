/**
 * Who may do what with a goal, in which state: the whole of it, written out by hand and tried cell by cell. `+` it is
 * theirs to do (in the right state, else 409), `%` theirs once all is done, `-` never theirs (403), `.` they do not
 * even see the goal (404). All of it is tried twice: also while the goal's quarter is frozen.
 */
import type { GoalAction, GoalDetail, GoalFreeze, GoalPage, GoalStatus } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GOAL_RULES } from '../src/features/goals/policy.ts'
import { createTestClock, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { act, assignGoal, attempt, createGoal, readGoal } from './goal-calls.ts'

const PERSONAL = `
             owner  approver  boss  report  peer  stranger  admin  hr  super
  approve      -       +       -      .      .       .        .     -    -
  reject       -       +       -      .      .       .        .     -    -
  accept       +       -       -      .      .       .        .     -    -
  decline      +       -       -      .      .       .        .     -    -
  edit         +       -       -      .      .       .        .     -    -
  resubmit     +       -       -      .      .       .        .     -    -
  progress     +       -       -      .      .       .        .     -    -
  achieve      %       +       -      .      .       .        .     -    -
  discard      -       +       -      .      .       .        .     -    -`

/** Assigned by the boss of the owner's supervisor: who assigns is not who decides. */
const ASSIGNED = `
             owner  approver  boss  top  report  peer  stranger  admin  hr  super
  approve      -       +       -     -     .      .       .        .     -    -
  reject       -       +       -     -     .      .       .        .     -    -
  accept       +       -       -     -     .      .       .        .     -    -
  decline      +       -       -     -     .      .       .        .     -    -
  edit         -       -       +     -     .      .       .        .     -    -
  resubmit     -       -       +     -     .      .       .        .     -    -
  progress     +       -       -     -     .      .       .        .     -    -
  achieve      %       +       -     -     .      .       .        .     -    -
  discard      -       +       -     -     .      .       .        .     -    -`

/** Everybody's to see. Set by one HR person, whose supervisor is no HR; kept by all of HR. */
const ORGANISATIONAL = `
             hr  otherHr  super  hrBoss  stranger  admin
  approve    -      +       +      -        -        -
  reject     -      +       +      -        -        -
  accept     +      -       -      -        -        -
  decline    +      -       -      -        -        -
  edit       +      -       -      -        -        -
  resubmit   +      -       -      -        -        -
  progress   +      -       -      -        -        -
  achieve    %      +       +      -        -        -
  discard    +      +       +      -        -        -`

const POSSIBLE_IN: Record<GoalAction, readonly GoalStatus[]> = {
  approve: ['PENDING_APPROVAL'],
  reject: ['PENDING_APPROVAL'],
  accept: ['PENDING_ACCEPTANCE'],
  decline: ['PENDING_ACCEPTANCE'],
  edit: ['PENDING_APPROVAL', 'PENDING_ACCEPTANCE', 'REJECTED', 'DECLINED'],
  resubmit: ['REJECTED', 'DECLINED'],
  progress: ['ACTIVE'],
  achieve: ['ACTIVE'],
  discard: ['ACTIVE'],
}

/** Not while the quarter of the goal is frozen. */
const LOCKED_BY_A_FREEZE: readonly GoalAction[] = ['edit', 'resubmit', 'progress']

/** Where an action leads; those that are not here leave the state as it was. */
const LEADS_TO: Partial<Record<GoalAction, Partial<Record<GoalStatus, GoalStatus>>>> = {
  approve: { PENDING_APPROVAL: 'ACTIVE' },
  reject: { PENDING_APPROVAL: 'REJECTED' },
  accept: { PENDING_ACCEPTANCE: 'ACTIVE' },
  decline: { PENDING_ACCEPTANCE: 'DECLINED' },
  resubmit: { REJECTED: 'PENDING_APPROVAL', DECLINED: 'PENDING_ACCEPTANCE' },
  achieve: { ACTIVE: 'ACHIEVED' },
  discard: { ACTIVE: 'DISCARDED' },
}

/** Whose turn it is. */
const WAITS_FOR: Partial<Record<GoalStatus, Who>> = {
  PENDING_APPROVAL: 'approver',
  PENDING_ACCEPTANCE: 'owner',
}

type Who = keyof Awaited<ReturnType<typeof addCast>>

interface Situation {
  status: GoalStatus
  /** How a goal gets there: who takes which step, after it was made. */
  steps: [Who, GoalAction, object?][]
  /** Whoever tries what is not possible now is told of this. */
  because: { who: Who; event: string }
}

interface Life {
  kind: string
  owner: Who
  table: string
  make(): Promise<GoalDetail>
  situations: Situation[]
}

const REPORTED: [Who, GoalAction, object] = ['owner', 'progress', { percent: 40 }]
const DONE: [Who, GoalAction, object] = ['owner', 'progress', { percent: 100 }]

const LIVES: Life[] = [
  {
    kind: 'a personal goal',
    owner: 'owner',
    table: PERSONAL,
    make: () => createGoal(rests.owner),
    situations: [
      { status: 'PENDING_APPROVAL', steps: [], because: { who: 'owner', event: 'created' } },
      {
        status: 'PENDING_APPROVAL',
        steps: [['owner', 'edit']],
        because: { who: 'owner', event: 'created' },
      },
      {
        status: 'PENDING_APPROVAL',
        steps: [
          ['approver', 'reject'],
          ['owner', 'resubmit', {}],
        ],
        because: { who: 'owner', event: 'resubmitted' },
      },
      {
        status: 'REJECTED',
        steps: [['approver', 'reject']],
        because: { who: 'approver', event: 'rejected' },
      },
      {
        status: 'ACTIVE',
        steps: [['approver', 'approve'], REPORTED],
        because: { who: 'approver', event: 'approved' },
      },
      {
        status: 'ACTIVE',
        steps: [['approver', 'approve'], DONE],
        because: { who: 'approver', event: 'approved' },
      },
      {
        status: 'ACHIEVED',
        steps: [['approver', 'approve'], DONE, ['owner', 'achieve']],
        because: { who: 'owner', event: 'achieved' },
      },
      {
        status: 'DISCARDED',
        steps: [
          ['approver', 'approve'],
          ['approver', 'discard'],
        ],
        because: { who: 'approver', event: 'discarded' },
      },
    ],
  },
  {
    kind: 'an assigned goal',
    owner: 'owner',
    table: ASSIGNED,
    make: () => assignGoal(rests.boss, cast.owner),
    situations: [
      { status: 'PENDING_ACCEPTANCE', steps: [], because: { who: 'boss', event: 'assigned' } },
      {
        status: 'DECLINED',
        steps: [['owner', 'decline']],
        because: { who: 'owner', event: 'declined' },
      },
      {
        status: 'ACTIVE',
        steps: [['owner', 'accept'], REPORTED],
        because: { who: 'owner', event: 'accepted' },
      },
      {
        status: 'ACTIVE',
        steps: [['owner', 'accept'], DONE],
        because: { who: 'owner', event: 'accepted' },
      },
      {
        status: 'ACHIEVED',
        steps: [['owner', 'accept'], DONE, ['approver', 'achieve']],
        because: { who: 'approver', event: 'achieved' },
      },
      {
        status: 'DISCARDED',
        steps: [['owner', 'accept'], REPORTED, ['approver', 'discard']],
        because: { who: 'approver', event: 'discarded' },
      },
    ],
  },
  {
    kind: 'a goal of the organisation',
    owner: 'hr',
    table: ORGANISATIONAL,
    make: () => createGoal(rests.hr, { type: 'QUARTERLY' }),
    situations: [
      { status: 'ACTIVE', steps: [], because: { who: 'hr', event: 'created' } },
      {
        status: 'ACTIVE',
        steps: [['hr', 'progress', { percent: 100 }]],
        because: { who: 'hr', event: 'created' },
      },
      {
        status: 'ACHIEVED',
        steps: [['otherHr', 'achieve']],
        because: { who: 'otherHr', event: 'achieved' },
      },
      { status: 'DISCARDED', steps: [['hr', 'discard']], because: { who: 'hr', event: 'discarded' } },
    ],
  },
]

const ACTIONS = Object.keys(GOAL_RULES) as GoalAction[]

const QUARTER = ['open', 'frozen'] as const
type QuarterState = (typeof QUARTER)[number]

let server: TestServer
let freeze: GoalFreeze | undefined
let cast: Awaited<ReturnType<typeof addCast>>
const rests = {} as Record<Who, Rest>

beforeAll(async () => {
  server = await startServer({
    clock: createTestClock('2027-03-01T09:00:00.000Z'),
    env: { TIME_ZONE: 'UTC' },
  })
  cast = await addCast(server)
  for (const [who, person] of Object.entries(cast)) rests[who as Who] = await server.as(person)
})
afterAll(() => server.close())

/** top > boss > approver > owner > report, and others who are not in this line. */
async function addCast({ addPerson }: TestServer) {
  const top = await addPerson('Tara Top')
  const boss = await addPerson('Mary Okafor', { supervisor: top })
  const approver = await addPerson('Jane Smith', { supervisor: boss })
  const owner = await addPerson('John Doe', { supervisor: approver })
  const report = await addPerson('Rita Report', { supervisor: owner })
  const peer = await addPerson('Pete Peer', { supervisor: approver })
  const hrBoss = await addPerson('Hal Boss')
  const stranger = await addPerson('Sam Stranger', { supervisor: hrBoss })
  const hr = await addPerson('Hana Sato', { role: 'hr', supervisor: hrBoss })
  const otherHr = await addPerson('Hugo Rey', { role: 'hr' })
  const admin = await addPerson('Adam Able', { role: 'admin' })
  const all = await addPerson('Ada Admin', { role: 'super_admin' })
  return { top, boss, approver, owner, report, peer, hrBoss, stranger, hr, otherHr, admin, super: all }
}

/** The table's marks, by action and by who tries it. */
function marksOf(table: string): Map<GoalAction, Map<Who, string>> {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  return new Map(
    rows.map(([action, ...marks]) => [
      action as GoalAction,
      new Map(head.map((who, column) => [who as Who, marks[column] ?? 'no mark'])),
    ]),
  )
}

/** A goal that got there while its quarter was open, as its owner reads it. */
async function reach({ make, owner }: Life, { steps }: Situation, state: QuarterState): Promise<GoalDetail> {
  if (freeze) await rests.hr.delete(`/api/goal-freezes/${freeze.id}`)
  freeze = undefined
  const { id } = await make()
  for (const [who, action, body] of steps) await act(rests[who], id, action, body)
  if (state === 'frozen') {
    const frozen = await rests.otherHr.post<GoalFreeze>('/api/goal-freezes', { year: 2027, quarter: 'Q1' })
    freeze = frozen.body
  }
  return readGoal(rests[owner], id)
}

function nameOf({ status, steps }: Situation): string {
  const taken = steps.map(([who, action, body]) => `${who} ${action} ${JSON.stringify(body) ?? ''}`.trim())
  return `${status} after ${taken.join(', ') || 'nothing'}`
}

/** What must come of it, in the words of `whatHappens`. */
function whatMust(
  mark: string,
  action: GoalAction,
  goal: GoalDetail,
  { status, because }: Situation,
  quarter: QuarterState,
): string {
  if (mark === '.') return '404'
  if (mark === '-' || (mark === '%' && goal.progress < 100)) return '403'
  if (POSSIBLE_IN[action].includes(status) && quarter === 'frozen' && LOCKED_BY_A_FREEZE.includes(action))
    return `409 ${status}: Q1 2027 was frozen by Hugo Rey on 1 March 2027`
  if (POSSIBLE_IN[action].includes(status)) return `200 ${LEADS_TO[action]?.[status] ?? status}`
  return `409 ${status}: This goal was ${because.event} by ${cast[because.who].name} and is ${status} now`
}

async function whatHappens(who: Who, action: GoalAction, goal: GoalDetail): Promise<string> {
  const { status, body } = await attempt(rests[who], goal.id, action)
  if (status === 200) return `200 ${(body as GoalDetail).status}`
  const { current_status, detail } = body as Problem
  return status === 409 ? `409 ${current_status}: ${detail}` : String(status)
}

/** The goal as it stands in a list of this person's; undefined when it does not. */
async function inList(who: Who, goalId: string, query: string) {
  const { body } = await rests[who].get<GoalPage>(`/api/goals?limit=100&${query}`)
  return body.items.find(({ id }) => id === goalId)
}

test.each(LIVES)('the table of $kind has a row for every action', ({ table }) => {
  expect([...marksOf(table).keys()].sort()).toEqual([...ACTIONS].sort())
})

describe.each(LIVES)('$kind', life => {
  const marks = marksOf(life.table)
  const callers = [...(marks.get('approve')?.keys() ?? [])]

  const cells = life.situations.flatMap(situation =>
    QUARTER.map(quarter => [nameOf(situation), quarter, situation] as const),
  )
  describe.each(cells)('%s, in a quarter that is %s', (_, quarter, situation) => {
    test('who sees it sees it in the list too, with what they can do; it waits for whom it must', async () => {
      const goal = await reach(life, situation, quarter)
      const waitsFor = WAITS_FOR[situation.status]
      expect(goal.status).toBe(situation.status)
      expect(goal.waiting_on.map(({ id }) => id)).toEqual(waitsFor ? [cast[waitsFor].id] : [])
      for (const who of callers) {
        const { status, body } = await rests[who].get<GoalDetail>(`/api/goals/${goal.id}`)
        const isSeen = marks.get('approve')?.get(who) !== '.'
        expect(status, who).toBe(isSeen ? 200 : 404)
        const listed = await inList(who, goal.id, '')
        expect(listed === undefined, who).toBe(!isSeen)
        expect((await inList(who, goal.id, 'scope=waiting')) !== undefined, who).toBe(who === waitsFor)
        if (!isSeen) continue
        const { parent_goal: _parent, history: _history, ...shown } = body
        expect(listed, who).toEqual(shown)
        const must = ACTIONS.filter(action =>
          whatMust(marks.get(action)?.get(who) ?? '', action, goal, situation, quarter).startsWith('200'),
        )
        expect([...body.allowed_actions].sort(), who).toEqual(must.sort())
      }
    })

    /** Only an action that was possible uses it up. */
    let goal: GoalDetail
    beforeAll(async () => {
      goal = await reach(life, situation, quarter)
    })

    test.each(callers)('tried by: %s', async who => {
      for (const action of ACTIONS) {
        const must = whatMust(marks.get(action)?.get(who) ?? '', action, goal, situation, quarter)
        expect(`${action}: ${await whatHappens(who, action, goal)}`).toBe(`${action}: ${must}`)
        if (must.startsWith('200')) goal = await reach(life, situation, quarter)
      }
      expect(await readGoal(rests[life.owner], goal.id), 'what was refused changed nothing').toEqual(goal)
    })
  })
})
