/**
 * Who may do what with a review and with a review cycle, in which state: the whole of it, written out by hand and
 * tried cell by cell. `+` it is theirs to do (in the right state, else 409), `-` never theirs (403), `.` they do not
 * even see it (404).
 */
import type {
  Review,
  ReviewAction,
  ReviewCycleAction,
  ReviewCycleDetail,
  ReviewCyclePage,
  ReviewCycleStatus,
  ReviewDetail,
  ReviewKind,
  ReviewStatus,
} from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CYCLE_RULES, REVIEW_RULES } from '../src/features/reviews/policy.ts'
import {
  createTestClock,
  type Person,
  type Reply,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import {
  act,
  actCycle,
  allAnswers,
  attempt,
  attemptCycle,
  beginCycle,
  choosePeers,
  draftCycle,
  listed,
  reviewId,
} from './review-calls.ts'

/** About somebody who is reviewed, by the kind of review. `report` works below them and is one of their peers. */
const REVIEWS = {
  self: `
               reviewee  approver  boss  peer  report  stranger  admin  hr  otherHr  super
    save          +         -       -     .      .        .        .    -      -       -
    submit        +         -       -     .      .        .        .    -      -       -
    reopen        -         -       -     .      .        .        .    +      +       +
    reassign      -         -       -     .      .        .        .    -      -       -`,
  supervisor: `
               reviewee  approver  boss  peer  report  stranger  admin  hr  otherHr  super
    save          -         +       -     .      .        .        .    -      -       -
    submit        -         +       -     .      .        .        .    -      -       -
    reopen        -         -       -     .      .        .        .    +      +       +
    reassign      -         -       -     .      .        .        .    +      +       +`,
  peer: `
               reviewee  approver  boss  peer  report  stranger  admin  hr  otherHr  super
    save          .         -       -     +      .        .        .    -      -       -
    submit        .         -       -     +      .        .        .    -      -       -
    reopen        .         -       -     -      .        .        .    +      +       +
    reassign      .         -       -     -      .        .        .    +      +       +`,
  // Written by somebody who reports to the one reviewed, who learns of it all the same nothing.
  upward: `
               reviewee  approver  boss  peer  report  stranger  admin  hr  otherHr  super
    save          .         -       -     .      +        .        .    -      -       -
    submit        .         -       -     .      +        .        .    -      -       -
    reopen        .         -       -     .      -        .        .    +      +       +
    reassign      .         -       -     .      -        .        .    +      +       +`,
}

/** The same where the one reviewed manages reviews: of those about themselves they may do no more than anybody. */
const OF_HR = {
  self: `
               otherHr  approver  boss  peer  hr  super
    save          +        -       -     .    -     -
    submit        +        -       -     .    -     -
    reopen        -        -       -     .    +     +
    reassign      -        -       -     .    -     -`,
  supervisor: `
               otherHr  approver  boss  peer  hr  super
    save          -        +       -     .    -     -
    submit        -        +       -     .    -     -
    reopen        -        -       -     .    +     +
    reassign      -        -       -     .    +     +`,
  peer: `
               otherHr  approver  boss  peer  hr  super
    save          .        -       -     +    -     -
    submit        .        -       -     +    -     -
    reopen        .        -       -     -    +     +
    reassign      .        -       -     -    +     +`,
}

/** Cycles, before and after they began. `choose` and `chooseOwn`: the peers of one reviewed, and of otherHr. */
const DRAFT = `
             reviewee  approver  boss  peer  report  stranger  admin  hr  otherHr  super
  edit          .         -       -     .      .        .        .    +      +       +
  activate      .         -       -     .      .        .        .    +      +       +
  complete      .         -       -     .      .        .        .    +      +       +
  cancel        .         -       -     .      .        .        .    +      +       +
  choose        .         +       -     .      .        .        .    +      +       +
  chooseOwn     .         +       -     .      .        .        .    +      -       +`

const BEGUN = `
             reviewee  approver  boss  peer  report  stranger  admin  hr  otherHr  super
  edit          -         -       -     -      -        .        .    +      +       +
  activate      -         -       -     -      -        .        .    +      +       +
  complete      -         -       -     -      -        .        .    +      +       +
  cancel        -         -       -     -      -        .        .    +      +       +
  choose        -         +       -     .      .        .        .    +      +       +
  chooseOwn     .         +       -     .      .        .        .    +      -       +`

type Who = keyof Awaited<ReturnType<typeof addCast>>

let server: TestServer
let cast: Awaited<ReturnType<typeof addCast>>
const rests = {} as Record<Who, Rest>

beforeAll(async () => {
  server = await startServer({ clock: createTestClock() })
  cast = await addCast(server)
  for (const [who, person] of Object.entries(cast)) rests[who as Who] = await server.as(person)
})
afterAll(() => server.close())

/** boss > approver > reviewee > report, and others who are not in this line. */
async function addCast({ addPerson }: TestServer) {
  const boss = await addPerson('Mary Okafor')
  const approver = await addPerson('Jane Smith', { supervisor: boss })
  const reviewee = await addPerson('John Doe', { supervisor: approver })
  const report = await addPerson('Rita Report', { supervisor: reviewee })
  const peer = await addPerson('Pete Peer', { supervisor: approver })
  const stranger = await addPerson('Sam Stranger')
  const admin = await addPerson('Adam Able', { role: 'admin' })
  const hr = await addPerson('Hana Sato', { role: 'hr' })
  const otherHr = await addPerson('Hugo Rey', { role: 'hr', supervisor: approver })
  const all = await addPerson('Ada Admin', { role: 'super_admin' })
  const spare = await addPerson('Stella Spare')
  return { boss, approver, reviewee, report, peer, stranger, admin, hr, otherHr, super: all, spare }
}

/** The table's marks, by action and by who tries it. */
function marksOf(table: string): Map<string, Map<Who, string>> {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  return new Map(
    rows.map(([action = '', ...marks]) => [
      action,
      new Map(head.map((who, column) => [who as Who, marks[column] ?? 'no mark'])),
    ]),
  )
}

async function outcome<T extends { status: string }>(reply: Reply<T | Problem>): Promise<string> {
  const { status, body } = reply
  if (status === 200) return `200 ${(body as T).status}`
  const { current_status, detail } = body as Problem
  return status === 409 ? `409 ${current_status}: ${detail}` : String(status)
}

describe('a review', () => {
  interface Life {
    name: string
    kind: ReviewKind
    reviewee: Who
    writer: Who
    table: string
  }
  const LIVES: Life[] = [
    { name: 'self', kind: 'self', reviewee: 'reviewee', writer: 'reviewee', table: REVIEWS.self },
    {
      name: 'supervisor',
      kind: 'supervisor',
      reviewee: 'reviewee',
      writer: 'approver',
      table: REVIEWS.supervisor,
    },
    { name: 'peer', kind: 'peer', reviewee: 'reviewee', writer: 'peer', table: REVIEWS.peer },
    { name: 'peer from below', kind: 'peer', reviewee: 'reviewee', writer: 'report', table: REVIEWS.upward },
    { name: 'self, of HR', kind: 'self', reviewee: 'otherHr', writer: 'otherHr', table: OF_HR.self },
    {
      name: 'supervisor, of HR',
      kind: 'supervisor',
      reviewee: 'otherHr',
      writer: 'approver',
      table: OF_HR.supervisor,
    },
    { name: 'peer, of HR', kind: 'peer', reviewee: 'otherHr', writer: 'peer', table: OF_HR.peer },
  ]

  type Step = 'draft' | 'submit' | 'reopen' | 'late' | 'complete' | 'cancel'
  const SITUATIONS: { status: ReviewStatus; steps: Step[]; why(writer: string): string }[] = [
    { status: 'pending', steps: [], why: () => 'assigned by Hana Sato' },
    { status: 'in_progress', steps: ['draft'], why: writer => `started by ${writer}` },
    { status: 'overdue', steps: ['late'], why: () => 'assigned by Hana Sato' },
    { status: 'overdue', steps: ['draft', 'late'], why: writer => `started by ${writer}` },
    { status: 'completed', steps: ['draft', 'submit'], why: writer => `submitted by ${writer}` },
    { status: 'completed', steps: ['draft', 'late', 'submit'], why: writer => `submitted by ${writer}` },
    { status: 'in_progress', steps: ['draft', 'submit', 'reopen'], why: () => 'reopened by Hana Sato' },
    { status: 'closed', steps: ['complete'], why: () => '' },
    { status: 'closed', steps: ['draft', 'late', 'cancel'], why: () => '' },
    { status: 'completed', steps: ['draft', 'submit', 'complete'], why: () => '' },
    { status: 'completed', steps: ['draft', 'submit', 'cancel'], why: () => '' },
  ]

  const POSSIBLE_IN: Record<ReviewAction, readonly ReviewStatus[]> = {
    save: ['pending', 'in_progress', 'overdue'],
    submit: ['pending', 'in_progress', 'overdue'],
    reopen: ['completed'],
    reassign: ['pending', 'in_progress', 'overdue'],
  }
  const ACTIONS = Object.keys(REVIEW_RULES) as ReviewAction[]

  async function reach({ reviewee, writer }: Life, steps: readonly Step[]) {
    const cycle = await beginCycle(rests.hr, new Map([[cast[reviewee], [cast.peer, cast.report]]]))
    const id = await reviewId(server, cycle.id, cast[reviewee], cast[writer])
    for (const step of steps) {
      if (step === 'draft') await act(rests[writer], id, 'save', allAnswers(cycle, 3))
      if (step === 'submit') await act(rests[writer], id, 'submit')
      if (step === 'reopen') await act(rests.hr, id, 'reopen')
      if (step === 'late') await makeLate(id)
      if (step === 'complete' || step === 'cancel') await actCycle(rests.hr, cycle.id, step)
    }
    return { id, cycle }
  }

  /** Time, without waiting for it. */
  async function makeLate(id: string): Promise<void> {
    await server.app.database.transaction(tx =>
      tx.db.updateTable('reviews').set({ due_on: '2026-01-31' }).where('id', '=', id).execute(),
    )
  }

  function bodyOf(action: ReviewAction, cycle: ReviewCycleDetail): object {
    if (action === 'save') return allAnswers(cycle, 4)
    return action === 'reassign' ? { reviewer_id: cast.spare.id } : {}
  }

  /** What must come of it, in the words of `outcome`. */
  function whatMust(
    mark: string,
    action: ReviewAction,
    { writer }: Life,
    { status, steps, why }: (typeof SITUATIONS)[number],
  ): string {
    if (mark === '.') return '404'
    if (mark === '-') return '403'
    const ended = steps.at(-1)
    if (ended === 'complete' || ended === 'cancel') {
      return `409 ${status}: The cycle of this review was ${ended === 'complete' ? 'completed' : 'cancelled'} by Hana Sato`
    }
    if (!POSSIBLE_IN[action].includes(status)) {
      return `409 ${status}: This review was ${why(cast[writer].name)} and is ${status} now`
    }
    if (action === 'submit') return steps.includes('draft') ? '200 completed' : '422'
    const isLate = steps.includes('late')
    if (action === 'save') return isLate ? '200 overdue' : '200 in_progress'
    if (action === 'reassign') return isLate ? '200 overdue' : '200 pending'
    return isLate ? '200 overdue' : '200 in_progress'
  }

  test.each(LIVES)('the table of $name has a row for every action', ({ table }) => {
    expect([...marksOf(table).keys()].sort()).toEqual([...ACTIONS].sort())
  })

  describe.each(LIVES)('$name', life => {
    const marks = marksOf(life.table)
    const callers = [...(marks.get('save')?.keys() ?? [])]

    test.each(SITUATIONS)('$status after $steps', async situation => {
      let { id, cycle } = await reach(life, situation.steps)
      for (const who of callers) {
        const isSeen = marks.get('save')?.get(who) !== '.'
        const { status, body } = await rests[who].get<ReviewDetail>(`/api/reviews/${id}`)
        expect(status, who).toBe(isSeen ? 200 : 404)
        const inList = (await listed(rests[who], `scope=all&cycle_id=${cycle.id}`)).find(
          review => review.id === id,
        )
        expect(inList !== undefined, who).toBe(isSeen)
        if (isSeen) expectShown(who, body, inList, life, situation)

        for (const action of ACTIONS) {
          const must = whatMust(marks.get(action)?.get(who) ?? '', action, life, situation)
          const sent = bodyOf(action, cycle)
          const is = await outcome(await attempt(rests[who], id, action, sent))
          expect(`${who} ${action}: ${is}`).toBe(`${who} ${action}: ${must}`)
          if (must.startsWith('200')) ({ id, cycle } = await reach(life, situation.steps))
        }
      }
      // What was refused changed nothing.
      const shown = await rests.hr.get<ReviewDetail>(`/api/reviews/${id}`)
      expect(shown.body.status).toBe(situation.status)
    })

    function expectShown(
      who: Who,
      detail: ReviewDetail,
      inList: Review | undefined,
      { kind, reviewee, writer }: Life,
      situation: (typeof SITUATIONS)[number],
    ): void {
      const { period_start: _s, period_end: _e, traits: _t, answers, revision, history, ...shown } = detail
      expect(inList, who).toEqual(shown)
      const isAboutThem = who === reviewee && who !== writer
      const hidden = isAboutThem && situation.status === 'in_progress'
      expect(shown.status, who).toBe(hidden ? 'pending' : situation.status)
      const isUnnamed = kind === 'peer' && (who === 'approver' || who === 'boss')
      expect(shown.reviewer, who).toEqual(isUnnamed ? null : { id: cast[writer].id, name: cast[writer].name })
      const mayRead = who === writer || situation.status === 'completed'
      expect(answers !== null, `${who} reads`).toBe(mayRead)
      expect(revision !== null, who).toBe(who === writer)
      const isHr = who === 'hr' || who === 'otherHr' || who === 'super'
      expect(history !== null, who).toBe(isHr && who !== reviewee)
      // A review without answers can be submitted as little as one whose answers are missing: both are 422.
      const must = ACTIONS.filter(action =>
        /^(200|422)/.test(whatMust(marks.get(action)?.get(who) ?? '', action, life, situation)),
      )
      expect([...shown.allowed_actions].sort(), who).toEqual(must.sort())
    }
  })
})

describe('a review cycle', () => {
  type Action = ReviewCycleAction | 'choose' | 'chooseOwn'
  type Step = 'activate' | 'complete' | 'cancel'
  const SITUATIONS: { status: ReviewCycleStatus; steps: Step[]; table: string; why: string }[] = [
    { status: 'draft', steps: [], table: DRAFT, why: 'created' },
    { status: 'cancelled', steps: ['cancel'], table: DRAFT, why: 'cancelled' },
    { status: 'active', steps: ['activate'], table: BEGUN, why: 'activated' },
    { status: 'completed', steps: ['activate', 'complete'], table: BEGUN, why: 'completed' },
    { status: 'cancelled', steps: ['activate', 'cancel'], table: BEGUN, why: 'cancelled' },
  ]
  const POSSIBLE_IN: Record<Action, readonly ReviewCycleStatus[]> = {
    edit: ['draft', 'active'],
    activate: ['draft'],
    complete: ['active'],
    cancel: ['draft', 'active'],
    choose: ['draft'],
    chooseOwn: ['draft'],
  }
  const LEADS_TO: Partial<Record<Action, ReviewCycleStatus>> = {
    activate: 'active',
    complete: 'completed',
    cancel: 'cancelled',
  }
  const ACTIONS: Action[] = [...(Object.keys(CYCLE_RULES) as ReviewCycleAction[]), 'choose', 'chooseOwn']

  async function reach(steps: readonly Step[]): Promise<string> {
    const { id } = await draftCycle(rests.hr, [cast.reviewee, cast.otherHr])
    await choosePeers(rests.hr, id, cast.reviewee, [cast.peer, cast.report])
    for (const step of steps) await actCycle(rests.hr, id, step)
    return id
  }

  function tries(who: Who, id: string, action: Action): Promise<Reply<ReviewCycleDetail | Problem>> {
    if (action !== 'choose' && action !== 'chooseOwn') return attemptCycle(rests[who], id, action)
    const of: Person = action === 'choose' ? cast.reviewee : cast.otherHr
    return rests[who].put(`/api/review-cycles/${id}/participants/${of.id}/peers`, {
      peer_ids: [cast.peer.id],
    })
  }

  describe.each(SITUATIONS)('$status after $steps', ({ status, steps, table, why }) => {
    const marks = marksOf(table)
    const callers = [...(marks.get('edit')?.keys() ?? [])]

    function whatMust(who: Who, action: Action): string {
      const mark = marks.get(action)?.get(who)
      if (mark === '.') return '404'
      if (mark === '-') return '403'
      if (POSSIBLE_IN[action].includes(status)) return `200 ${LEADS_TO[action] ?? status}`
      return `409 ${status}: This review cycle was ${why} by Hana Sato and is ${status} now`
    }

    test('the table has a row for every action', () => {
      expect([...marks.keys()].sort()).toEqual([...ACTIONS].sort())
    })

    test.each(callers)('%s', async who => {
      let id = await reach(steps)
      const seen = await rests[who].get<ReviewCycleDetail>(`/api/review-cycles/${id}`)
      const isSeen = marks.get('edit')?.get(who) !== '.'
      expect(seen.status).toBe(isSeen ? 200 : 404)
      const list = await rests[who].get<ReviewCyclePage>('/api/review-cycles?limit=100')
      const inList = list.body.items.find(cycle => cycle.id === id)
      expect(inList !== undefined).toBe(isSeen)
      const isKeeper = marks.get('edit')?.get(who) === '+'
      const funnel = await rests[who].get(`/api/review-cycles/${id}/funnel`)
      expect(funnel.status).toBe(isKeeper ? 200 : isSeen ? 403 : 404)
      if (isSeen) {
        const { traits: _, ...shown } = seen.body
        expect(inList).toEqual(shown)
        expect(shown.audience === null).toBe(!isKeeper)
        expect(shown.is_participant).toBe(table === BEGUN && (who === 'reviewee' || who === 'otherHr'))
        const can = (Object.keys(CYCLE_RULES) as ReviewCycleAction[]).filter(action =>
          whatMust(who, action).startsWith('200'),
        )
        expect([...shown.allowed_actions].sort()).toEqual(can.sort())
      }

      for (const action of ACTIONS) {
        const must = whatMust(who, action)
        expect(`${action}: ${await outcome(await tries(who, id, action))}`).toBe(`${action}: ${must}`)
        if (must.startsWith('200')) id = await reach(steps)
      }
      const after = await rests.hr.get<ReviewCycleDetail>(`/api/review-cycles/${id}`)
      expect(after.body.status).toBe(status)
    })
  })

  test('who is reviewed and by whom is shown to those who prepare it, and to HR; never to the one reviewed', async () => {
    const peersShown = async (who: Who, id: string) => {
      const { status, body } = await rests[who].get<{
        items: { user: Person; peers: Person[] | null; allowed_actions: string[] }[]
      }>(`/api/review-cycles/${id}/participants`)
      if (status !== 200) return status
      return body.items.map(
        item =>
          `${item.user.name}: ${item.peers?.map(({ name }) => name) ?? 'hidden'} ${item.allowed_actions}`,
      )
    }
    const { id } = await draftCycle(rests.hr, [cast.reviewee, cast.otherHr])
    await choosePeers(rests.approver, id, cast.reviewee, [cast.peer, cast.report])
    await choosePeers(rests.approver, id, cast.otherHr, [cast.peer])
    const open = ['Hugo Rey: Pete Peer choose_peers', 'John Doe: Pete Peer,Rita Report choose_peers']
    expect(await peersShown('hr', id)).toEqual(open)
    expect(await peersShown('approver', id)).toEqual(open)
    expect(await peersShown('boss', id)).toEqual(open.map(line => line.replace('choose_peers', '')))
    expect(await peersShown('otherHr', id)).toEqual(['Hugo Rey: hidden ', open[1]])
    for (const who of ['reviewee', 'peer', 'stranger', 'admin'] as const)
      expect(await peersShown(who, id)).toBe(404)

    await actCycle(rests.hr, id, 'activate')
    const begun = open.map(line => line.replace('choose_peers', ''))
    expect(await peersShown('hr', id)).toEqual(begun)
    expect(await peersShown('otherHr', id)).toEqual(['Hugo Rey: hidden ', begun[1]])
    expect(await peersShown('approver', id)).toEqual(['Hugo Rey: hidden ', 'John Doe: hidden '])
    for (const who of ['reviewee', 'peer'] as const) expect(await peersShown(who, id)).toEqual([])
    expect(await peersShown('stranger', id)).toBe(404)
  })
})
