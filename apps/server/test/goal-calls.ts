/** What goal tests have in common: calling goals as a person does, and hearing what a socket was told. */
import type { AssignGoalBody, CreateGoalBody, GoalAction, GoalDetail } from '@pms/contract'
import { EVERYTHING, type InboxItem, type NotificationPage, type Problem } from '@pms/protocol'
import { expect } from 'vitest'
import type { Person, Reply, Rest, TestServer, TestSocket } from '../src/testing/index.ts'

export const personal = { title: 'Learn Go', type: 'INDIVIDUAL', quarter: 'Q1', year: 2027 } as const

/** The id of nothing and nobody. */
export const NOBODY = '01a2068e-b7fc-72c7-afb3-e2809c5cc3e1'

/** A goal of one's own. */
export async function createGoal(rest: Rest, changes: Partial<CreateGoalBody> = {}): Promise<GoalDetail> {
  return done(await rest.post('/api/goals', { ...personal, ...changes }), 201)
}

/** A goal for somebody else. */
export async function assignGoal(
  rest: Rest,
  to: Person,
  changes: Partial<AssignGoalBody> = {},
): Promise<GoalDetail> {
  return done(
    await rest.post('/api/goals/assign', { ...personal, ...changes, assigned_to_user_id: to.id }),
    201,
  )
}

/** Whatever each action needs to be understood. */
const BODIES: Partial<Record<GoalAction, object>> = {
  reject: { reason: 'Too vague' },
  decline: { reason: 'No time' },
  discard: { reason: 'Plans changed' },
  edit: { title: 'Learn Rust' },
  progress: { percent: 40, note: 'On the way' },
}

/** Tries an action, whatever comes of it. */
export function attempt(
  rest: Rest,
  goalId: string,
  action: GoalAction,
  body: object | undefined = BODIES[action],
): Promise<Reply<GoalDetail | Problem>> {
  const path = `/api/goals/${goalId}`
  return action === 'edit' ? rest.patch(path, body) : rest.put(`${path}/${action}`, body)
}

/** Takes an action that must be possible. */
export async function act(
  rest: Rest,
  goalId: string,
  action: GoalAction,
  body?: object,
): Promise<GoalDetail> {
  return done((await attempt(rest, goalId, action, body)) as Reply<GoalDetail>, 200)
}

export async function readGoal(rest: Rest, goalId: string): Promise<GoalDetail> {
  return done(await rest.get(`/api/goals/${goalId}`), 200)
}

/** The newest hundred of a person's inbox. */
export async function inboxOf(rest: Rest): Promise<NotificationPage> {
  return done(await rest.get('/api/notifications?limit=100'), 200)
}

/** What an inbox holds about a goal, newest first. */
export async function about(rest: Rest, goalId: string): Promise<InboxItem[]> {
  const { notifications } = await inboxOf(rest)
  return notifications.filter(({ data }) => data.goal_id === goalId)
}

/** Which fields a refusal names. */
export const problemFields = (body: Problem) => body.errors?.map(({ field }) => field)

/** Tries what must be refused: neither a goal nor a notification may come of it. */
export async function withoutTrace<T>({ app }: TestServer, attempt: () => Promise<T>): Promise<T> {
  const count = (table: 'goals' | 'goal_events' | 'notifications') =>
    app.database.db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirst()
  const counts = async () => [await count('goals'), await count('goal_events'), await count('notifications')]
  const before = await counts()
  const outcome = await attempt()
  expect(await counts()).toEqual(before)
  return outcome
}

function done<T>({ status, body }: Reply<T>, expected: number): T {
  expect(status, JSON.stringify(body)).toBe(expected)
  return body
}

/**
 * All that a socket was told so far. What a finished call set off is on its way before the answer to a ping that is
 * sent after it, so nothing is missed and nothing is waited for.
 */
export async function heard(socket: TestSocket): Promise<Record<string, unknown>[]> {
  socket.send('ping')
  // Whom the server has dropped meanwhile has heard all there is.
  await socket.text('pong').catch(() => socket.closed)
  return socket.messages.filter(
    // That all may have changed is said when a server only now begins to hear others; it is about no step of a test.
    message => typeof message === 'object' && message.resource !== EVERYTHING,
  ) as Record<string, unknown>[]
}

/** The types of all that a socket was told after its greeting. */
export async function heardTypes(socket: TestSocket): Promise<unknown[]> {
  return (await heard(socket)).map(message => message.type).filter(type => type !== 'connection_established')
}
