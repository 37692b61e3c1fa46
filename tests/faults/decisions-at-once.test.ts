/** Two people decide on the same goal at the same moment: one of them did, and everything agrees on who. */
import type { GoalAction, GoalDetail } from '@pms/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { organisation } from '../../apps/server/src/app.ts'
import type { Caller } from '../../apps/server/src/auth/caller.ts'
import { type GoalActions, goalActions } from '../../apps/server/src/features/goals/actions.ts'
import { ProblemError } from '../../apps/server/src/http/errors.ts'
import { type Person, type Rest, startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { about, assignGoal, attempt, createGoal, heard, readGoal } from '../../apps/server/test/goal-calls.ts'
import { engineTables } from '../../packages/notifier/src/database/database.ts'
import { wrongCounters } from '../../packages/notifier/src/testing/recount.ts'
import type { Problem } from '../../packages/protocol/src/index.ts'

/** John reports to Jane; nobody is above Olu, so all of HR decide for him. */
type Who = 'john' | 'jane' | 'hana' | 'ada' | 'olu'

let server: TestServer
let cast: Record<Who, Person>
let rests: Record<Who, Rest>
let callers: Record<Who, Caller>

beforeAll(async () => {
  server = await startServer()
  const { john, jane, hana, ada } = await server.addOrganisation()
  cast = { john, jane, hana, ada, olu: await server.addPerson('Olu Ade') }
  rests = await forEach(person => server.as(person))
  callers = await forEach(async person => server.app.auth.authenticate(await server.tokenOf(person)))
})
afterAll(() => server.close())

async function forEach<T>(make: (person: Person) => Promise<T>): Promise<Record<Who, T>> {
  const made = Object.entries(cast).map(async ([who, person]) => [who, await make(person)])
  return Object.fromEntries(await Promise.all(made))
}

type Decision = Extract<GoalAction, 'approve' | 'reject' | 'accept' | 'decline'>
type Answer = { status: number; body: GoalDetail | Problem | null }

/** Over HTTP, as people do it; the server takes one call after another where it can. */
const byHttp = (who: Who, action: Decision, id: string): Promise<Answer> => attempt(rests[who], id, action)

/** By the verbs themselves: begun in the same breath, so that each stands at every step while the other does. */
async function byVerb(who: Who, action: Decision, id: string): Promise<Answer> {
  const verbs: Record<Decision, (goals: GoalActions, caller: Caller) => Promise<string>> = {
    approve: (goals, caller) => goals.approveGoal(caller, id, {}),
    reject: (goals, caller) => goals.rejectGoal(caller, id, { reason: 'Too vague' }),
    accept: (goals, caller) => goals.acceptGoal(caller, id),
    decline: (goals, caller) => goals.declineGoal(caller, id, { reason: 'No time' }),
  }
  try {
    await verbs[action](goalActions(server.app.database, organisation, 'UTC'), callers[who])
    return { status: 200, body: null }
  } catch (refusal) {
    if (!(refusal instanceof ProblemError)) throw refusal
    return { status: refusal.status, body: refusal.toProblem() }
  }
}

const own = () => createGoal(rests.john)
const ofOlu = () => createGoal(rests.olu)
const given = () => assignGoal(rests.jane, cast.john)

describe.each<{ of: string; make: () => Promise<GoalDetail>; tries: [Who, Decision][] }>([
  {
    of: 'two approvals by one person',
    make: own,
    tries: [
      ['jane', 'approve'],
      ['jane', 'approve'],
    ],
  },
  {
    of: 'approvals by two people',
    make: ofOlu,
    tries: [
      ['ada', 'approve'],
      ['hana', 'approve'],
    ],
  },
  {
    of: 'an approval and a rejection',
    make: ofOlu,
    tries: [
      ['hana', 'approve'],
      ['ada', 'reject'],
    ],
  },
  {
    of: 'two answers to an assigned goal',
    make: given,
    tries: [
      ['john', 'accept'],
      ['john', 'decline'],
    ],
  },
])('$of', ({ make, tries }) => {
  test.each([
    ['over HTTP', byHttp],
    ['in the same breath', byVerb],
  ])(
    '%s: one is done; the other is told the state and who acted; one notification comes of it',
    async (_, decide) => {
      const recipient = make === given ? 'jane' : make === own ? 'john' : 'olu'
      const socket = await server.socket(cast[recipient])
      await socket.next('connection_established')
      for (let round = 0; round < 15; round++) {
        const { id } = await make()
        const before = (await about(rests[recipient], id)).length
        const replies = await Promise.all(tries.map(([who, action]) => decide(who, action, id)))
        expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])

        const winner = tries[replies.findIndex(({ status }) => status === 200)] as [Who, Decision]
        const lost = replies.find(({ status }) => status === 409)?.body as Problem
        const goal = await readGoal(rests.hana, id)
        expect(lost.current_status).toBe(goal.status)
        expect(lost.detail).toContain(cast[winner[0]].name)
        expect(goal.history.length).toBe(2)
        expect(goal.history[1]?.actor.name).toBe(cast[winner[0]].name)
        const after = await about(rests[recipient], id)
        expect(after.length).toBe(before + 1)
        expect(after[0]?.triggered_by_name).toBe(cast[winner[0]].name)
      }
      expect((await heard(socket)).filter(({ type }) => type === 'new_notification').length).toBe(15)
      expect(await wrongCounters(engineTables(server.app.database.db))).toEqual([])
    },
  )
})

test('many goals, many hands: every request is settled once, and every counter is right', async () => {
  const goals = await Promise.all(Array.from({ length: 30 }, ofOlu))
  const replies = await Promise.all(
    goals.flatMap(({ id }) => [
      attempt(rests.ada, id, 'approve'),
      attempt(rests.hana, id, 'reject'),
      attempt(rests.olu, id, 'edit'),
      attempt(rests.ada, id, 'approve', { revision: 2 }),
      rests.ada.put('/api/notifications/mark-all-read'),
    ]),
  )
  expect(replies.filter(({ status }) => status >= 500 || status === 422)).toEqual([])
  for (const { id } of goals) {
    const goal = await readGoal(rests.hana, id)
    const decisions = goal.history.filter(({ event }) => event === 'approved' || event === 'rejected')
    expect(decisions.length).toBe(1)
    const told = (await about(rests.olu, id)).map(({ type }) => type)
    expect(told).toEqual([`goal_${decisions[0]?.event}`])
    expect(await about(rests.ada, id)).toMatchObject([{ resolved_by_name: decisions[0]?.actor.name }])
  }
  expect(await wrongCounters(engineTables(server.app.database.db))).toEqual([])
})
